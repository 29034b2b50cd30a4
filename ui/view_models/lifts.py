"""The strip of several lifts: for each its number, an arrow to it where the work is, and what it does."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from station.view.lifts import TROUBLES, LiftTag
from station.view.view import View
from ui.texts import Texts

ROOM_FOR_NAMES: Final = 2  # so few cells are wide enough for more than what the lift does


class Arrow(StrEnum):
    """Where the lift stands, seen from the screen."""

    LEFT = "left"
    AHEAD = "ahead"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class LiftModel:
    """The colour is the lift's own, by its number. `arrow` None: the work is elsewhere."""

    number: int
    text: str
    description: str
    arrow: Arrow | None = None
    is_trouble: bool = False


def present_lifts(view: View, texts: Texts) -> tuple[LiftModel, ...]:
    """The lifts from left to right."""
    return tuple(_lift(each, texts) for each in view.lifts)


def _lift(tag: LiftTag, texts: Texts) -> LiftModel:
    does = texts.label(f"lift_{tag.state}", tray=tag.tray)
    words = [*([texts.label("lift_work_here")] if tag.is_faced else []), does]
    named = [texts.label("lift_name", number=tag.number), *words]
    text = does if tag.count > ROOM_FOR_NAMES else " · ".join(named)  # number and arrow stand beside it anyway
    arrow = _arrow(tag) if tag.is_faced else None
    return LiftModel(tag.number, text, " · ".join(named), arrow, tag.state in TROUBLES)


def _arrow(tag: LiftTag) -> Arrow:
    """An outer lift is pointed at sideways; of three the one in the middle is straight ahead."""
    if tag.number == 1:
        return Arrow.LEFT
    return Arrow.RIGHT if tag.number == tag.count else Arrow.AHEAD
