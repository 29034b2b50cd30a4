"""The shift that a moment belongs to. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, time, tzinfo
from typing import Final

SHIFTS: Final = (time(6), time(14), time(22))  # where nobody says others


def shift_of(begins: Sequence[time], zone: tzinfo | None = None) -> Callable[[datetime], str]:
    """Names the shift that had begun at a moment, like "06:00". `begins` are local times; zone None: this computer's."""
    ordered = sorted(begins)

    def shift(at: datetime) -> str:
        local = at.astimezone(zone).time()
        return max((each for each in ordered if each <= local), default=ordered[-1]).strftime("%H:%M")

    return shift
