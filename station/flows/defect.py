"""A defect is found at a pick: what was good is booked, and the rest of that lot is held, wherever it lies in this machine. Pure.

"Not enough" -> how many could be taken -> "defective" -> Holding (where does the lot lie?) -> one booking of both -> Finished,
and the round looks for other stock: for this line, and for every other task of that lot.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from db.records.stock import Picked
from station import commands as do
from station.flows import tote_pick
from station.flows.turn import (
    Book,
    FindLotStock,
    Finished,
    LotStockFound,
    Step,
    TaskEvent,
    TaskState,
    Turn,
    Working,
    book,
    stay,
)
from station.held_lots import LotPlace, hold

DEFECTIVE = "defective"
Taken = Callable[[TaskState, int, str], Picked]  # the record of what was good


@dataclass(frozen=True, slots=True)
class Holding(Step):
    """So many were good; where the rest of the lot lies is being looked up."""

    taken: int


def begin(state: TaskState, taken: int) -> Turn:
    """Look where the lot lies."""
    return stay(state.at(Holding(taken)), FindLotStock(state.task))


def advance(state: TaskState, event: TaskEvent, picked: Taken) -> Turn:
    """The next state; an event that means nothing here changes nothing."""
    match state.step, event:
        case Holding(), do.Back():
            return stay(state.at(Working()))
        case Holding(taken=taken), LotStockFound(task=task, places=places) if task == state.task:
            return _book(state, taken, places, picked)
        case _:
            return stay(state)


def _book(state: TaskState, taken: int, places: tuple[LotPlace, ...], picked: Taken) -> Turn:
    task = state.task
    held = hold([_left(state, each, taken) for each in places], task.key, machine=task.place.machine, reason=DEFECTIVE)
    if task.shares:
        return tote_pick.defective(state, taken, DEFECTIVE, held)
    good = (picked(state, taken, DEFECTIVE),) if taken else ()
    missing = Finished(missing=task.quantity - taken, reason=DEFECTIVE)
    return book(state, missing, Book(records=(*good, *held), moved=taken, reason=DEFECTIVE))


def _left(state: TaskState, each: LotPlace, taken: int) -> LotPlace:
    """Of the stock in hand what is left when the good pieces are out; it is booked in the visit of its tray."""
    if (each.place, each.key) != (state.task.place, state.task.key):
        return replace(each, visit=state.visit) if each.place.tray == state.task.place.tray else each
    return replace(each, quantity=each.quantity - taken, visit=state.visit)
