"""The shift that a moment belongs to."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta, timezone

from station.figures.shifts import shift_of

DAY = datetime(2026, 11, 26, tzinfo=UTC)


def test_a_shift_is_the_one_that_had_begun_in_local_time() -> None:
    shift = shift_of([time(14), time(6), time(22)], timezone(timedelta(hours=1)))
    told = [shift(DAY.replace(hour=hour)) for hour in (4, 5, 12, 13, 20, 21, 23)]
    assert told == ["22:00", "06:00", "06:00", "14:00", "14:00", "22:00", "22:00"]
