"""The shift that a moment belongs to. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta, tzinfo
from typing import Final

SHIFTS: Final = (time(6), time(14), time(22))  # where nobody says others


def shift_of(begins: Sequence[time], zone: tzinfo | None = None) -> Callable[[datetime], str]:
    """Names the shift that had begun at a moment, like "06:00". `begins` are local times; zone None: this computer's."""
    ordered = sorted(begins)

    def shift(at: datetime) -> str:
        local = at.astimezone(zone).time()
        return max((each for each in ordered if each <= local), default=ordered[-1]).strftime("%H:%M")

    return shift


def shift_around(at: datetime, begins: Sequence[time], zone: tzinfo | None = None) -> tuple[datetime, datetime]:
    """When the shift of this moment began and when the next one did."""
    local = at.astimezone(zone)
    days = (local.date() + timedelta(days=each) for each in (-1, 0, 1, 2))
    moments = sorted(datetime.combine(day, each, local.tzinfo) for day in days for each in begins)
    began = max(each for each in moments if each <= local)
    return began, min(each for each in moments if each > local)
