"""Put a load in, or take it out: one scan, or one touch.

Working -> (confirm | a scan of the load or of its compartment) -> Booking -> Finished.
In: "Elsewhere" leaves the compartment to whoever lies in it, and the round looks for another one.
Out: "Not enough" -> AskMissing (why is it not there?) -> a booking that it is in the machine no more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

from db.envelope import moment_text
from db.errors import CEILING_REACHED
from db.records.loads import LoadMissed, LoadPut, LoadTaken
from station import commands as do
from station.flows import proof
from station.flows.turn import (
    Book,
    Booked,
    Booking,
    BookingFailed,
    Finished,
    Say,
    ScannedPlace,
    ScannedRight,
    ScannedWrong,
    Step,
    TaskEvent,
    TaskState,
    Turn,
    Working,
    book,
    settle,
    skip,
    stay,
)
from station.load_plan import LoadPlan
from station.task import Mode
from station.view.message import Level, Message

NO_ROOM = "no_space"
MISSING_REASONS = ("load_not_there", "load_taken_unbooked", "load_scrapped")


@dataclass(frozen=True, slots=True)
class AskMissing(Step):
    """The load is not in its compartment: why?"""


def advance(state: TaskState, event: TaskEvent) -> Turn:
    """The load's next state and what it asks for. An event that means nothing here changes nothing."""
    match state.step, event:
        case Booking(before=before), BookingFailed(code=code, about=consumer) if code == CEILING_REACHED:
            about: dict[str, str | int] = {"load": _plan(state).load, "consumer": consumer}
            return stay(state.at(before), Say(Message("ceiling_meanwhile", Level.ACT, about, error=CEILING_REACHED)))
        case _, Booked() | BookingFailed():
            return settle(state, event)
        case Working(), _:
            return _working(state, event)
        case AskMissing(), do.Back():
            return stay(state.at(Working()))
        case AskMissing(), do.Choose(key=reason) if reason in MISSING_REASONS:
            return book(state, Finished(), Book(records=(LoadMissed(**_about(state), reason=reason),)))
        case _:
            return stay(state)


def _working(state: TaskState, event: TaskEvent) -> Turn:
    is_out = state.task.mode is Mode.PICK
    match event:
        case do.Confirm() if proof.is_proven(state, 1):
            return _book(state)
        case ScannedRight():
            return _book(proof.scanned_right(state, 1)[0])
        case ScannedPlace():
            return _book(proof.scanned_place(state, 1)[0])
        case ScannedWrong():
            return proof.scanned_wrong(state, event)
        case do.NotEnough() if is_out and not state.is_locked:
            return stay(state.at(AskMissing()))
        case do.ElsewherePut() if not is_out and not state.is_locked:
            return stay(state.at(Finished(missing=1, reason=NO_ROOM)))
        case do.Skip():
            return skip(state)
        case _:
            return stay(state)


class _About(TypedDict):
    machine: str
    tray: int
    compartment: str
    visit: int
    load: str
    production_order: str
    operation: str
    consumer: str
    proof: str
    scanner: str


def _plan(state: TaskState) -> LoadPlan:
    return state.task.load or LoadPlan(load=state.task.item.code)


def _about(state: TaskState) -> _About:
    plan, place = _plan(state), state.task.place
    return _About(
        machine=place.machine,
        tray=place.tray,
        compartment=place.compartment,
        visit=state.visit,
        load=plan.load,
        production_order=plan.production_order,
        operation=plan.operation,
        consumer=plan.consumer,
        proof=proof.word(state),
        scanner=proof.scanner(state),
    )


def _book(state: TaskState) -> Turn:
    plan = _plan(state)
    if state.task.mode is Mode.PICK:
        return book(state, Finished(), Book(records=(LoadTaken(**_about(state)),), moved=1, closes=True))
    take_at = moment_text(plan.take_at) if plan.take_at is not None else ""
    put = LoadPut(**_about(state), take_at=take_at, ceiling=plan.ceiling, over_ceiling=plan.over_ceiling)
    return book(state, Finished(), Book(records=(put,), moved=1, closes=True))
