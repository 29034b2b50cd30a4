"""The settings of what two persons move, where only one is there."""

from __future__ import annotations

from dataclasses import dataclass

from station.setting_fields import choice, number


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoPersonSettings:
    """[two_person]: up to so much money (the item's `unit_value`, minor units) one person may take or put alone, and a supervisor
    approves it later; 0: blocked. `emergency`: whether the person may release it himself, with a reason that alerts."""

    pending_value: int = number(0, 0, 1_000_000_000)
    emergency: str = choice("off", "off", "on")
