"""The strip of several lifts: for each its number, an arrow to it where the work is, and what it does."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from station.view.lifts import TROUBLES, LiftTag
from station.view.view import View
from ui.texts import Texts


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
    arrow: Arrow | None = None
    is_trouble: bool = False


def present_lifts(view: View, texts: Texts) -> tuple[LiftModel, ...]:
    """The lifts from left to right."""
    return tuple(_lift(each, texts) for each in view.lifts)


def _lift(tag: LiftTag, texts: Texts) -> LiftModel:
    does = texts.label(f"lift_{tag.state}", tray=tag.tray)
    words = [texts.label("lift_name", number=tag.number), *([texts.label("lift_work_here")] if tag.is_faced else []), does]
    arrow = _arrow(tag) if tag.is_faced else None
    return LiftModel(tag.number, " · ".join(words), arrow, tag.state in TROUBLES)


def _arrow(tag: LiftTag) -> Arrow:
    """An outer lift is pointed at sideways; of three the one in the middle is straight ahead."""
    if tag.number == 1:
        return Arrow.LEFT
    return Arrow.RIGHT if tag.number == tag.count else Arrow.AHEAD
