"""Marking trays that were moved without the station: which, why, and once more whether that is right. Pure.

    WHICH ---------> WHY --------> SURE --> Marked
    (all, or the      |  other     ^
    tray page's) ---->  `-> SAY ---'
Back leads out of the questions and marks nothing: it is the only no.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from station import commands as do
from station.count_due import LATE_REASONS, OTHER
from station.flows.turn import Say
from station.outages import clean_reason
from station.view.message import Level, Message

MARK = "mark"


class MarkStep(StrEnum):
    """What is asked."""

    WHICH = "which"
    WHY = "why"
    SAY = "say"
    SURE = "sure"


@dataclass(frozen=True, slots=True)
class Marking:
    """Trays that are about to be marked. `tray` None: all of them, but for WHICH, which asks for it."""

    step: MarkStep
    tray: int | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Marked:
    """These trays are to be counted at their next visit; `tray` None: all."""

    tray: int | None
    why: str


MarkTurn = tuple[Marking | None, tuple[Say | Marked, ...]]


def advance(asked: Marking, event: do.Command, trays: frozenset[int]) -> MarkTurn:
    """What is asked next, None when nothing is any more. An event that means nothing here changes nothing."""
    match asked.step, event:
        case _, do.Back() | do.ClosePage():
            return None, ()
        case MarkStep.WHICH, do.EnterNumber(number=tray) if tray not in trays:
            return asked, (Say(Message("no_such_tray", Level.ACT, {"tray": tray}, error="O304")),)
        case MarkStep.WHICH, do.EnterNumber(number=tray):
            return Marking(MarkStep.WHY, tray), ()
        case MarkStep.WHY, do.Choose(key=key) if key == OTHER:
            return replace(asked, step=MarkStep.SAY), ()
        case MarkStep.WHY, do.Choose(key=key) if key in LATE_REASONS:
            return replace(asked, step=MarkStep.SURE, why=key), ()
        case MarkStep.SAY, do.EnterText(text=text) if clean_reason(text):
            return replace(asked, step=MarkStep.SURE, why=clean_reason(text)), ()
        case MarkStep.SURE, do.Choose(key=key) if key == MARK:
            return None, (Marked(asked.tray, asked.why),)
        case _:
            return asked, ()
