"""Put a quantity into a compartment.

Working -> (confirm | a scan that proves it) -> Booking -> Finished.
"Not enough": AskFits (how many went in) -> AskWhy: no_space looks for another compartment for the rest, fewer_here closes the
line short. "Elsewhere": the whole task goes to another compartment. Wherever a question is open, Back returns to Working.
"""

from __future__ import annotations

from dataclasses import dataclass

from db.records import Put
from station import commands as do
from station.flows import proof
from station.flows.turn import (
    Book,
    Booked,
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
    where,
)

NO_SPACE = "no_space"
FEWER_HERE = "fewer_here"
PUT_REASONS = (NO_SPACE, FEWER_HERE)


@dataclass(frozen=True, slots=True)
class AskFits(Step):
    """How many went into this compartment?"""


@dataclass(frozen=True, slots=True)
class AskWhy(Step):
    """Why not all?"""

    fitted: int


@dataclass(frozen=True, slots=True)
class AskPutLabel(Step):
    """The last four characters of the item's code."""


def advance(state: TaskState, event: TaskEvent) -> Turn:
    """The put's next state and what it asks for. An event that means nothing here changes nothing."""
    match state.step, event:
        case _, Booked() | BookingFailed():
            return settle(state, event)
        case Working(), _:
            return _working(state, event)
        case AskFits() | AskWhy() | AskPutLabel(), do.Back():
            return stay(state.at(Working()))
        case AskFits(), do.EnterNumber(number=fitted) if 0 <= fitted < state.task.quantity:
            return _ask_why(state, fitted)
        case AskWhy(fitted=fitted), do.Choose(key=reason) if reason in PUT_REASONS:
            return _book_part(state, fitted, reason)
        case AskPutLabel(), do.EnterText(text=text):
            return proof.typed_label(state.at(Working()), text)
        case _:
            return stay(state)


def _working(state: TaskState, event: TaskEvent) -> Turn:
    quantity = state.task.quantity
    match event:
        case do.Confirm() if proof.is_proven(state, quantity):
            return _book_all(state)
        case ScannedRight():
            proven, is_enough = proof.scanned_right(state, quantity)
            return _book_all(proven) if is_enough else stay(proven, Say(proof.accepted(proven)))
        case ScannedPlace():
            proven, is_enough = proof.scanned_place(state, quantity)
            return _book_all(proven) if is_enough else stay(proven, Say(proof.place_accepted(proven, quantity)))
        case ScannedWrong(text):
            return proof.scanned_wrong(state, text)
        case do.NotEnough() if not state.is_locked:
            return stay(state.at(AskFits()))
        case do.LabelUnreadable():
            return stay(state.at(AskPutLabel()))
        case do.ElsewherePut() if not state.is_locked:
            return stay(state.at(Finished(missing=quantity, reason=NO_SPACE)))
        case do.CountHere() if not state.is_locked:
            return stay(state.at(Finished(count_first=True)))
        case do.Skip():
            return skip(state)
        case _:
            return stay(state)


def _ask_why(state: TaskState, fitted: int) -> Turn:
    if fitted and not proof.is_proven(state, fitted):
        return stay(state.at(Working()), Say(proof.missing_proof(state, fitted)))
    return stay(state.at(AskWhy(fitted)))


def _put(state: TaskState, quantity: int, reason: str) -> Put:
    return Put(**where(state), quantity=quantity, reason=reason, proof=proof.word(state))


def _book_all(state: TaskState) -> Turn:
    put = _put(state, state.task.quantity, state.task.reason)
    return book(state, Finished(), Book(records=(put,), moved=state.task.quantity, closes=True))


def _book_part(state: TaskState, fitted: int, reason: str) -> Turn:
    """What went in is booked here; the rest is looked for elsewhere, or the line ends short because it is not here."""
    is_given_up = reason == FEWER_HERE
    rest = Finished(missing=state.task.quantity - fitted, is_given_up=is_given_up, reason=reason)
    if not fitted:
        return stay(state.at(rest))
    return book(state, rest, Book(records=(_put(state, fitted, reason),), moved=fitted, reason=reason))
