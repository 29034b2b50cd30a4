"""Count one stock key in one compartment, blind.

Working asks for the figure and never shows the book; the record says when the person had seen it before (a count on the spot).
The same as the book: booked. Different: asked again; the same different figure twice, or the book's figure the second time, is
booked; another figure starts the double entry over. A serial is there or not, and a count adds no stock of a tracked item whose
lot or serial it does not know.
"""

from __future__ import annotations

from dataclasses import dataclass

from db.records.count_due import CountPutOff
from db.records.stock import Counted
from station import commands as do
from station.flows.turn import (
    Book,
    Booked,
    BookingFailed,
    Finished,
    Note,
    Say,
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
from station.tracking import lacks, piece
from station.view.message import Level, Message


@dataclass(frozen=True, slots=True)
class AskAgain(Step):
    """The first figure was not the book's: count once more."""

    first: int


@dataclass(frozen=True, slots=True)
class AskPutOff(Step):
    """The tray may go without a count that is due: why? Only who may let it go comes here (`station.core.given`)."""


PUT_OFF_REASONS = ("put_off_urgent", "put_off_access", "put_off_later")


def advance(state: TaskState, event: TaskEvent) -> Turn:
    """The count's next state and what it asks for. An event that means nothing here changes nothing."""
    match state.step, event:
        case _, Booked() | BookingFailed():
            return settle(state, event)
        case Working() | AskAgain(), do.EnterNumber(number=counted) if is_possible(state, counted):
            return _figure(state, counted)
        case AskAgain(), do.Back():
            return stay(state.at(Working()))
        case Working() | AskAgain(), do.Skip() if state.task.is_count_due:
            return stay(state.at(AskPutOff()))
        case Working() | AskAgain(), do.Skip():
            return skip(state)
        case AskPutOff(), do.Choose(key=reason) if reason in PUT_OFF_REASONS:
            return stay(state.at(Finished()), Note((CountPutOff(**where(state), reason=reason),)))
        case AskPutOff(), do.Back():
            return stay(state.at(Working()))
        case _:
            return stay(state)


def is_possible(state: TaskState, counted: int) -> bool:
    """Whether so many can be there: of one serial, one piece or none."""
    most = most_of_serial(state)
    return counted >= 0 if most is None else counted in (0, most)


def most_of_serial(state: TaskState) -> int | None:
    """The most that a count of one serial can find; None where the key is no serial."""
    return piece(state.task.item) if state.task.key.serial else None


def _figure(state: TaskState, counted: int) -> Turn:
    if lacks(state.task.item, state.task.key) and counted > state.book:
        return stay(state, Say(Message("count_unidentified", Level.ACT, {"item": state.task.item.code}, error="O311")))
    first = state.step.first if isinstance(state.step, AskAgain) else state.book
    return _book(state, counted) if counted in (first, state.book) else _ask_again(state, counted)


def _ask_again(state: TaskState, counted: int) -> Turn:
    again = Message("count_again", Level.ACT, {"compartment": state.task.place.compartment})
    return stay(state.at(AskAgain(counted)), Say(again))


def _book(state: TaskState, counted: int) -> Turn:
    task = state.task
    record = Counted(**where(state), counted=counted, was_blind=not task.was_seen, reason=task.reason)
    return book(state, Finished(), Book(records=(record,), moved=counted, closes=True))
