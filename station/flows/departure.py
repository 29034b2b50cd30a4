"""Take another lot than the item's issue rule says: by right (`station.rules.rights.DEPART`) and with a reason. A part of the
pick.

Working -> Seeking -> AskOtherLot (which) -> AskDeparture (why) -> the other lot is the task in hand, and what it does not cover
stays with the first. Back returns to Working. The reason stands in the booking."""

from __future__ import annotations

from dataclasses import dataclass, replace

from station import commands as do
from station.flows.turn import FindLots, Finished, LotsFound, Say, Step, TaskEvent, TaskState, Turn, Working, stay
from station.task import Task
from station.view.message import Level, Message

DEPART_REASONS = ("asked_by_person", "lot_damaged", "lot_not_reachable", "uses_up_rest")


@dataclass(frozen=True, slots=True)
class Seeking(Step):
    """The store is asked which other lots there are."""


@dataclass(frozen=True, slots=True)
class AskOtherLot(Step):
    """Which other lot?"""

    choices: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class AskDeparture(Step):
    """Why this one?"""

    chosen: Task


def begin(state: TaskState) -> Turn:
    """Look for other lots."""
    return stay(state.at(Seeking()), FindLots(state.task))


def advance(state: TaskState, event: TaskEvent) -> Turn:
    """The next state; an event that means nothing here changes nothing."""
    match state.step, event:
        case Seeking() | AskOtherLot() | AskDeparture(), do.Back():
            return stay(state.at(Working()))
        case Seeking(), LotsFound(task, choices) if task == state.task:
            if not choices:
                return stay(state.at(Working()), Say(Message("no_other_lot", Level.ACT, {"item": task.item.code}, error="O360")))
            return stay(state.at(AskOtherLot(choices)))
        case AskOtherLot(choices=choices), do.Choose(key=number) if number.isdecimal() and int(number) < len(choices):
            return stay(state.at(AskDeparture(choices[int(number)])))
        case AskDeparture(chosen=chosen), do.Choose(key=reason) if reason in DEPART_REASONS:
            return stay(state.at(Finished(instead=replace(chosen, departure=reason))))
        case _:
            return stay(state)
