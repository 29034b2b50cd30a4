"""Count one stock key in one compartment, blind.

Working asks for the figure and never shows the book; the record says when the person had seen it before (a count on the spot).
What becomes of a figure is `station.flows.verdict`: booked, asked again on the very same screen, or held for a different
person. Who passes over a count that was begun leaves it to that person too: else a figure could be tried until the book is
found. A serial is there or not, and a count adds no stock of a tracked item whose lot or serial it does not know.

A count that is only offered, because its tray is at the bay anyway, begins with AskOffer: take it or pass it.
"""

from __future__ import annotations

from dataclasses import dataclass

from db.records.count_due import CountPutOff
from db.records.stock import Counted, CountHeld, CountOfferPassed
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
from station.flows.verdict import Verdict, judged
from station.task import Mode
from station.tracking import piece
from station.view.message import Level, Message


@dataclass(frozen=True, slots=True)
class AskAgain(Step):
    """The first figure was not the book's: the same question once more. `said` is what was said so far."""

    said: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AskOffer(Step):
    """There is time for this count, if the person wants."""


@dataclass(frozen=True, slots=True)
class AskPutOff(Step):
    """The tray may go without a count that is due: why? Only who may let it go comes here (`station.core.given`)."""


PUT_OFF_REASONS = ("put_off_urgent", "put_off_access", "put_off_later")
TAKE, PASS = "take", "pass"  # the answers to an offer


def advance(state: TaskState, event: TaskEvent) -> Turn:
    """The count's next state and what it asks for. An event that means nothing here changes nothing."""
    match state.step, event:
        case _, Booked() | BookingFailed():
            return settle(state, event)
        case Working() | AskAgain(), do.EnterNumber(number=counted) if is_possible(state, counted):
            return _figure(state, counted)
        case AskAgain(said), do.Skip() if state.tolerance is not None:
            return hold(state, said)
        case Working() | AskAgain(), do.Skip():
            return passed_over(state)
        case AskPutOff(), do.Choose(key=reason) if reason in PUT_OFF_REASONS:
            return stay(state.at(Finished()), Note((CountPutOff(**where(state), reason=reason),)))
        case AskPutOff(), do.Back():
            return stay(state.at(Working()))
        case AskOffer(), _:
            return _offered(state, event)
        case _:
            return stay(state)


def _offered(state: TaskState, event: TaskEvent) -> Turn:
    match event:
        case do.Choose(key=key) if key == TAKE:
            return stay(state.at(Working()))
        case do.Choose(key=key) if key == PASS:
            return stay(state.at(Finished()), Note((CountOfferPassed(**where(state), reason=state.task.reason),)))
        case do.Skip():  # its tray is gone: nothing is offered any more
            return stay(state.at(Finished()))
        case _:
            return stay(state)


def is_possible(state: TaskState, counted: int) -> bool:
    """Whether so many can be there: of one serial, one piece or none."""
    most = most_of_serial(state)
    return counted >= 0 if most is None else counted in (0, most)


def most_of_serial(state: TaskState) -> int | None:
    """The most that a count of one serial can find; None where the key is no serial."""
    return piece(state.task.item) if state.task.key.serial else None


def passed_over(state: TaskState) -> Turn:
    """No figure was said, and none is now: the line is set aside; a count that is due asks why."""
    return stay(state.at(AskPutOff())) if state.task.is_count_due else skip(state)


def _figure(state: TaskState, counted: int) -> Turn:
    said = (*(state.step.said if isinstance(state.step, AskAgain) else ()), counted)
    match judged(state, said, book=state.book):
        case Verdict.BOOK:
            return taken(state, said)
        case Verdict.HOLD:
            return hold(state, said)
        case Verdict.UNNAMED:
            return stay(state, unnamed(state))
        case Verdict.AGAIN:
            return stay(state.at(AskAgain(said)))


def unnamed(state: TaskState) -> Say:
    """What is said where a count would add what nothing tells apart."""
    return Say(Message("count_unidentified", Level.ACT, {"item": state.task.item.code}, error="O311"))


def taken(state: TaskState, said: tuple[int, ...], *, is_blind: bool = True) -> Turn:
    """The last figure is the count."""
    task, counted = state.task, said[-1]
    was_blind = is_blind and not task.was_seen
    record = Counted(**where(state), counted=counted, was_blind=was_blind, reason=task.reason, figures=said)
    return book(state, Finished(), Book(records=(record,), moved=counted, closes=True))


def hold(state: TaskState, said: tuple[int, ...], *, after: Step | None = None) -> Turn:
    """The count waits for a different person: the stock stays as it is, and the work goes on."""
    return book(state, Finished(is_parked=True) if after is None else after, Book(records=(held_record(state, said),)))


def held_record(state: TaskState, said: tuple[int, ...]) -> CountHeld:
    """What the record keeps of it."""
    reason = state.task.reason if state.task.mode is Mode.COUNT else "zero_check"
    return CountHeld(**where(state), counted=said[-1], figures=said, person=state.by, reason=reason)
