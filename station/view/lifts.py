"""Lifts side by side, as the strip shows them: where the work is, and what the others do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class LiftState(StrEnum):
    """What a lift does, or why it does nothing."""

    EMPTY = "empty"
    HERE = "here"
    COMING = "coming"
    LEAVING = "leaving"
    CHECKING = "checking"
    TOUCH = "touch"  # it waits for the touch of who works there
    UNKNOWN = "unknown"  # a person is to say which tray is there
    OUT = "out"
    LOST = "lost"
    STOPPED = "stopped"


TROUBLES = (LiftState.STOPPED, LiftState.LOST, LiftState.UNKNOWN, LiftState.OUT)


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftTag:
    """A lift by its number from the left, of `count`. `is_faced`: the work is there. `tray` is 0 where none is named."""

    number: int
    count: int
    is_faced: bool
    state: LiftState
    tray: int = 0
