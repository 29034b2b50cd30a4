"""A step of the wall clock is seen, whichever way it goes; a slow program and a right clock are none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from station.clock_watch import ClockWatch, behind_the_record

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)


class Clocks:
    def __init__(self) -> None:
        self.wall, self.elapsed, self.pause_s = NOON, 100.0, 0.0

    def utc(self) -> datetime:
        self.elapsed += self.pause_s
        return self.wall

    def pass_s(self, seconds: float, *, step_s: float = 0.0) -> None:
        self.elapsed += seconds
        self.wall += timedelta(seconds=seconds + step_s)


@pytest.mark.parametrize("step_s", [7200.0, 2.5, -2.5, -86_400.0])
def test_a_step_is_told_once_with_what_was_and_what_is(step_s: float) -> None:
    clocks = Clocks()
    watch = ClockWatch(clocks.utc, lambda: clocks.elapsed)
    clocks.pass_s(3600)
    assert watch.look() is None
    clocks.pass_s(1, step_s=step_s)
    step = watch.look()
    assert step is not None
    assert step.step_ms == step_s * 1000
    assert step.before == (NOON + timedelta(seconds=3601)).isoformat(timespec="microseconds")
    assert step.after == clocks.wall.isoformat(timespec="microseconds")
    clocks.pass_s(1)
    assert watch.look() is None


def test_a_pause_of_the_program_between_both_clocks_is_no_step() -> None:
    clocks = Clocks()
    watch = ClockWatch(clocks.utc, lambda: clocks.elapsed)
    clocks.pause_s = 5.0
    assert watch.look() is None


def test_a_clock_before_the_newest_event_was_set_back_while_nobody_looked() -> None:
    assert behind_the_record(None, NOON) is None
    assert behind_the_record(NOON + timedelta(seconds=1), NOON) is None
    step = behind_the_record(NOON + timedelta(days=3), NOON)
    assert step is not None
    assert (step.step_ms, step.seen) == (-3 * 86_400_000, "between_runs")
