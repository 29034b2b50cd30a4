"""Lifts side by side before one person: one machine of the store, its trays numbered through, with an opening for each lift.

Pure values (decision 0049). A station with one lift has none of them: `Lifts` is empty then.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftPlace:
    """A lift and where it stands: `number` counts from the left, from 1. Trays `first_tray` to `last_tray` are its own; the one
    that `is_home` has all that no other has."""

    number: int
    opening: str
    first_tray: int = 0
    last_tray: int = 0
    is_home: bool = False

    def has(self, tray: int) -> bool:
        """Whether the tray is named as its own."""
        return not self.is_home and self.first_tray <= tray <= self.last_tray


Lifts = tuple[LiftPlace, ...]  # from left to right


def lift_of(lifts: Lifts, tray: int) -> LiftPlace | None:
    """The lift that has this tray; None where there is one lift."""
    home = next((each for each in lifts if each.is_home), None)
    return next((each for each in lifts if each.has(tray)), home)


def lift_at(lifts: Lifts, opening: str) -> LiftPlace | None:
    """The lift of this opening; None where there is one lift."""
    return next((each for each in lifts if each.opening == opening), None)
