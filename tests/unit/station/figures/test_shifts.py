"""The shift that a moment belongs to."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta, timezone

import pytest

from station.figures.shifts import shift_around, shift_of

DAY = datetime(2026, 11, 26, tzinfo=UTC)


def test_a_shift_is_the_one_that_had_begun_in_local_time() -> None:
    shift = shift_of([time(14), time(6), time(22)], timezone(timedelta(hours=1)))
    told = [shift(DAY.replace(hour=hour)) for hour in (4, 5, 12, 13, 20, 21, 23)]
    assert told == ["22:00", "06:00", "06:00", "14:00", "14:00", "22:00", "22:00"]


@pytest.mark.parametrize(
    ("hour", "began", "ended"), [(5, (0, 6), (0, 14)), (13, (0, 14), (0, 22)), (23, (0, 22), (1, 6)), (2, (-1, 22), (0, 6))]
)
def test_the_shift_around_a_moment_ends_where_the_next_begins(hour: int, began: tuple[int, int], ended: tuple[int, int]) -> None:
    zone = timezone(timedelta(hours=1))
    found = shift_around(DAY.replace(hour=hour), [time(6), time(14), time(22)], zone)
    day = datetime(2026, 11, 26, tzinfo=zone)
    assert found == tuple(day + timedelta(days=days, hours=hours) for days, hours in (began, ended))
