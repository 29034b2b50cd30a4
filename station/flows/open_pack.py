"""An exact quantity out of a pack: what of the opened pack goes back into the compartment.

After the pick is booked: PutRestBack -> "it is back" -> Finished. The rest never left the book, so that nothing is booked by it,
and whoever leaves, or a crash, loses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from station import commands as do
from station.flows.turn import Finished, Step, TaskEvent, TaskState, Turn, stay
from station.values import Item, RoundRule

BACK = "rest_back"


@dataclass(frozen=True, slots=True)
class PutRestBack(Step):
    """`rest` of an opened `pack` go back; the compartment then has `left`."""

    rest: int
    pack: str
    left: int


def step_after(item: Item, book: int, taken: int) -> PutRestBack | None:
    """What follows a pick of `taken` where the book had `book`; None where no new pack had to be opened.

    What the book has beyond whole packs lies there loose: it is taken before a pack is opened. Of several kinds of packs the
    smallest is opened. Quantities are scaled.
    """
    packs = sorted((each for each in item.packs if each.quantity > 1), key=lambda each: each.quantity)
    if item.rounding is not RoundRule.EXACT or not packs:
        return None
    pack = packs[0]
    opened = taken % pack.quantity - book % pack.quantity
    if opened <= 0 or book - taken < pack.quantity - opened:
        return None
    return PutRestBack(pack.quantity - opened, pack.name, book - taken)


def advance(state: TaskState, event: TaskEvent) -> Turn:
    """The step ends when the person says that the rest is back."""
    match event:
        case do.Choose(key=key) if key == BACK:
            return stay(state.at(Finished()))
        case _:
            return stay(state)
