"""Take a quantity from a compartment.

Working -> (confirm | a scan of quantity 1 | the last scan of scan_each) -> Booking -> Finished, or AskEmpty when the book then
says zero.
"Not enough": AskTaken -> AskReason -> AskRemaining -> one booking of two movements, the pick and the correction of the book.
"More than asked": AskOut -> ReturnExcess -> Working when it went back, or AskExcessReason -> a booking of what stays out.
"Label unreadable": AskLabel -> Working, flagged. Wherever a question is open, Back returns to Working and nothing is booked.
The diagram with its lettered edges is in docs/operator.md.
"""

from __future__ import annotations

from dataclasses import dataclass

from db.records import Corrected, Counted, Picked, Record
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
from station.quantity import round_up
from station.view import Level, Message

SHORT_REASONS = ("not_there", "damaged", "book_wrong", "not_reachable")
EXCESS_REASONS = ("full_pack", "cannot_be_divided", "asked_by_person")


@dataclass(frozen=True, slots=True)
class AskTaken(Step):
    """How many could be taken?"""


@dataclass(frozen=True, slots=True)
class AskReason(Step):
    """Why not all?"""

    taken: int


@dataclass(frozen=True, slots=True)
class AskRemaining(Step):
    """How many are still in the compartment?"""

    taken: int
    reason: str


@dataclass(frozen=True, slots=True)
class AskLabel(Step):
    """The last four characters of the item's code."""


@dataclass(frozen=True, slots=True)
class AskOut(Step):
    """More than asked left the compartment: how many are out?"""


@dataclass(frozen=True, slots=True)
class ReturnExcess(Step):
    """Put the excess back, or say that it stays out."""

    out: int


@dataclass(frozen=True, slots=True)
class AskExcessReason(Step):
    """Why the excess stays out."""

    out: int


@dataclass(frozen=True, slots=True)
class AskEmpty(Step):
    """The book says nothing is left: is the compartment empty? `book` is what it says, below zero when more was there."""

    book: int = 0


@dataclass(frozen=True, slots=True)
class AskLeft(Step):
    """It is not empty: how many are there?"""

    book: int = 0


def advance(state: TaskState, event: TaskEvent) -> Turn:
    """The pick's next state and what it asks for. An event that means nothing here changes nothing."""
    match state.step, event:
        case _, Booked() | BookingFailed():
            return settle(state, event)
        case Working(), _:
            return _working(state, event)
        case AskTaken() | AskReason() | AskRemaining(), _:
            return _not_enough(state, event)
        case AskOut() | ReturnExcess() | AskExcessReason(), _:
            return _too_many(state, event)
        case AskLabel(), do.EnterText(text=text):
            return proof.typed_label(state.at(Working()), text)
        case AskLabel(), do.Back():
            return stay(state.at(Working()))
        case AskEmpty() | AskLeft(), _:
            return _zero_check(state, event)
        case _:
            return stay(state)


def quantity_to_take(state: TaskState) -> int:
    """What Confirm would book: what is asked, or the next full pack where the item's rule says so and the book has it.

    Of a line's tasks only the last is rounded: full packs at each would be a surplus at each.
    """
    asked = state.task.quantity
    rounded = round_up(state.task.item, asked) if state.is_last_of_line else asked
    return rounded if rounded <= state.book else asked


def _working(state: TaskState, event: TaskEvent) -> Turn:
    take = quantity_to_take(state)
    match event:
        case do.Confirm() if proof.is_proven(state, take):
            return _book_pick(state, take)
        case ScannedRight():
            proven, is_enough = proof.scanned_right(state, take)
            return _book_pick(proven, take) if is_enough else stay(proven, Say(proof.accepted(proven)))
        case ScannedPlace():
            proven, is_enough = proof.scanned_place(state, take)
            return _book_pick(proven, take) if is_enough else stay(proven, Say(proof.place_accepted(proven, take)))
        case ScannedWrong(text):
            return proof.scanned_wrong(state, text)
        case do.NotEnough() if not state.is_locked:
            return stay(state.at(AskTaken()))
        case do.LabelUnreadable():
            return stay(state.at(AskLabel()))
        case do.TookMore() if proof.is_proven(state, state.task.quantity):
            return stay(state.at(AskOut()))
        case do.CountHere() if not state.is_locked:
            return stay(state.at(Finished(count_first=True)))
        case do.Skip():
            return skip(state)
        case _:
            return stay(state)


def _book_pick(state: TaskState, quantity: int) -> Turn:
    reason = state.task.reason or ("full_pack" if quantity > state.task.quantity else "")
    after = _after_taking(state, quantity)
    effect = Book(records=(_picked(state, quantity, reason),), moved=quantity, closes=True, reason=reason)
    return book(state, after, effect)


def _after_taking(state: TaskState, quantity: int) -> Step:
    left = state.book - quantity
    return AskEmpty(left) if left <= 0 and not state.has_beside else Finished()


def _picked(state: TaskState, quantity: int, reason: str = "") -> Picked:
    return Picked(**where(state), quantity=quantity, reason=reason, proof=proof.word(state))


def _not_enough(state: TaskState, event: TaskEvent) -> Turn:
    match state.step, event:
        case _, do.Back():
            return stay(state.at(Working()))
        case AskTaken(), do.EnterNumber(number=taken) if 0 <= taken < state.task.quantity:
            if taken and not proof.is_proven(state, taken):
                return stay(state.at(Working()), Say(proof.missing_proof(state, taken)))
            return stay(state.at(AskReason(taken)))
        case AskReason(taken=taken), do.Choose(key=reason) if reason in SHORT_REASONS:
            return stay(state.at(AskRemaining(taken, reason)))
        case AskRemaining(taken=taken, reason=reason), do.EnterNumber(number=remaining) if remaining >= 0:
            return _book_short(state, taken, reason, remaining)
        case _:
            return stay(state)


def _book_short(state: TaskState, taken: int, reason: str, remaining: int) -> Turn:
    """Two movements: what was taken, and what the book was wrong by."""
    records: list[Record] = [_picked(state, taken, reason)] if taken else []
    delta = remaining - (state.book - taken)
    if delta:
        records.append(Corrected(**where(state), delta=delta, reason=reason))
    missing = Finished(missing=state.task.quantity - taken, reason=reason)
    if not records:
        return stay(state.at(missing))
    return book(state, missing, Book(records=tuple(records), moved=taken, reason=reason))


def _too_many(state: TaskState, event: TaskEvent) -> Turn:
    match state.step, event:
        case _, do.Back():
            return stay(state.at(Working()))
        case AskOut(), do.EnterNumber(number=out) if out > state.task.quantity:
            return stay(state.at(ReturnExcess(out)))
        case ReturnExcess(), do.Choose(key="put_back"):
            return stay(state.at(Working()), Say(Message("excess_returned", Level.NOTE)))
        case ReturnExcess(out=out), do.Choose(key="stays_out"):
            return stay(state.at(AskExcessReason(out)))
        case AskExcessReason(out=out), do.Choose(key=reason) if reason in EXCESS_REASONS:
            return _book_excess(state, out, reason)
        case _:
            return stay(state)


def _book_excess(state: TaskState, out: int, reason: str) -> Turn:
    """What was asked and what stays out beyond it are two movements, so that the excess keeps its reason."""
    asked = state.task.quantity
    records = (_picked(state, asked, state.task.reason), _picked(state, out - asked, reason))
    return book(state, _after_taking(state, out), Book(records=records, moved=out, closes=True, reason=reason))


def _zero_check(state: TaskState, event: TaskEvent) -> Turn:
    match state.step, event:
        case AskEmpty(book=said), do.Choose(key="yes"):
            return _book_left(state, 0, said)
        case AskEmpty(), do.Choose(key="no") if state.task.key.serial:
            # One serial is one piece: what else lies there has a serial of its own, which no number can name.
            return stay(
                state.at(Finished()), Say(Message("count_serials", Level.ACT, {"compartment": state.task.place.compartment}))
            )
        case AskEmpty(book=said), do.Choose(key="no"):
            return stay(state.at(AskLeft(said)))
        case AskLeft(book=said), do.Back():
            return stay(state.at(AskEmpty(said)))
        case AskLeft(book=said), do.EnterNumber(number=left) if left >= 0:
            return _book_left(state, left, said)
        case _:
            return stay(state)


def _book_left(state: TaskState, left: int, said: int) -> Turn:
    counted = Counted(**where(state), counted=left, book=said, was_blind=False, reason="zero_check")
    return book(state, Finished(), Book(records=(counted,)))
