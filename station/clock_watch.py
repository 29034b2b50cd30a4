"""The clock that events are dated by is watched: a step of it (a time service, a person, an empty battery) is an event.

Events are ordered by their numbers, never by this clock; but who reads the record must know where its times do not follow.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from db.envelope import moment_text
from db.records.program import ClockStepped

STEP_S = 2.0  # a time service that only slews moves both clocks; reference: clock-step event when they drift more than this
READ_S = 0.5  # a pause of the program between the two clocks is no step
WATCHED, BETWEEN_RUNS = "watched", "between_runs"


class ClockWatch:
    """Compares the wall clock with one that nobody sets, from its making on. `look` now and then."""

    def __init__(self, utc: Callable[[], datetime], elapsed_s: Callable[[], float]) -> None:
        self._utc = utc
        self._elapsed_s = elapsed_s
        self._last_utc, self._last_s = utc(), elapsed_s()

    def look(self) -> ClockStepped | None:
        """The step since the last one that was told, if there is one."""
        before_s, utc, after_s = self._elapsed_s(), self._utc(), self._elapsed_s()
        if after_s - before_s > READ_S:
            return None
        expected = self._last_utc + timedelta(seconds=after_s - self._last_s)
        if abs((utc - expected).total_seconds()) <= STEP_S:
            return None
        self._last_utc, self._last_s = utc, after_s
        return _step(expected, utc, WATCHED)


def behind_the_record(newest: datetime | None, now: datetime) -> ClockStepped | None:
    """A clock that stands before the record's newest event was set back while no station ran, by at least this."""
    if newest is None or (newest - now).total_seconds() <= STEP_S:
        return None
    return _step(newest, now, BETWEEN_RUNS)


def _step(before: datetime, after: datetime, seen: str) -> ClockStepped:
    step_ms = round((after - before).total_seconds() * 1000)
    return ClockStepped(before=moment_text(before), after=moment_text(after), step_ms=step_ms, seen=seen)
