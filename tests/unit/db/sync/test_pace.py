from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

from db.sync.backoff import MOST_S, Backoff
from db.sync.batch import FIRST, MOST, BatchSize
from db.sync.supply import pace_per_hour

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


def test_waits_grow_are_spread_and_begin_again() -> None:
    backoff = Backoff(Random(1))
    waits = [backoff.next_s() for _ in range(200)]
    assert waits[0] <= 1.0
    assert max(waits) > MOST_S / 2
    assert all(0 < each <= MOST_S for each in waits)
    assert len(set(waits)) == len(waits)
    backoff.reset()
    assert backoff.next_s() <= 1.0


def test_batches_double_while_answers_come_soon_and_halve_when_none_comes() -> None:
    size = BatchSize()
    sizes = [FIRST]
    for _ in range(5):
        size.answered(size.size, 0.1)
        sizes.append(size.size)
    assert sizes == [FIRST, 200, 400, 800, MOST, MOST]
    size.answered(MOST, 0.3)
    size.answered(3, 0.01)
    assert size.size == MOST
    size.failed(MOST)
    assert size.size == MOST // 2
    size.failed(1)
    assert size.size == 1


def test_the_pace_is_that_of_the_hours_with_work() -> None:
    closed = [NOON - timedelta(minutes=each) for each in (1, 2, 3, 130, 131, 600)]
    assert pace_per_hour(closed, NOON) == 2.5
    assert pace_per_hour([], NOON) == 0.0
