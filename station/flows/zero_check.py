"""After a pick that leaves nothing in the book: is the compartment really empty?

AskEmpty -> yes: the book's zero is proven | no: AskLeft, how many are there. Either answer is a count. The question is a fact of
the record (`zero_check_asked`, in the transaction of the pick), so that it is asked again when the program ended before the
answer, or when the tray was gone (Skip leaves it open).
"""

from __future__ import annotations

from dataclasses import dataclass

from db.records.stock import Counted, ZeroCheckAsked, ZeroCheckEnded
from station import commands as do
from station.flows.turn import Book, Finished, Note, Say, Step, TaskEvent, TaskState, Turn, book, stay, where
from station.tracking import lacks
from station.view.message import Level, Message


@dataclass(frozen=True, slots=True)
class AskEmpty(Step):
    """The book says nothing is left: is the compartment empty? `left` is what it says, below zero when more was taken."""

    left: int = 0


@dataclass(frozen=True, slots=True)
class AskLeft(Step):
    """It is not empty: how many are there?"""

    left: int = 0


def step_after(state: TaskState, left: int) -> Step:
    """What follows a booking that leaves `left` in the book: the question where nothing is left and nothing else lies beside."""
    return AskEmpty(left) if left <= 0 and not state.has_beside else Finished()


def asked(state: TaskState, left: int) -> tuple[ZeroCheckAsked, ...]:
    """What the record says when the question follows."""
    return (ZeroCheckAsked(**where(state)),) if isinstance(step_after(state, left), AskEmpty) else ()


def advance(state: TaskState, event: TaskEvent) -> Turn:
    """The question's next state and what it asks for. An event that means nothing here changes nothing."""
    match state.step, event:
        case AskEmpty(), do.Choose(key="yes"):
            return _book_left(state, 0)
        case AskEmpty(), do.Choose(key="no") if state.task.key.serial:
            return _end_without(state, "other_serials")
        case AskEmpty(), do.Choose(key="no") if lacks(state.task.item, state.task.key):
            return _end_without(state, "unidentified")
        case AskEmpty(left), do.Choose(key="no"):
            return stay(state.at(AskLeft(left)))
        case AskLeft(left), do.Back():
            return stay(state.at(AskEmpty(left)))
        case AskLeft(), do.EnterNumber(number=left) if left >= 0:
            return _book_left(state, left)
        case AskEmpty(), do.Skip():
            return stay(state.at(Finished()))
        case _:
            return stay(state)


def _book_left(state: TaskState, left: int) -> Turn:
    counted = Counted(**where(state), counted=left, was_blind=False, reason="zero_check")
    return book(state, Finished(), Book(records=(counted,)))


def _end_without(state: TaskState, reason: str) -> Turn:
    """What else lies there has a lot or a serial of its own, which no number can name."""
    ended = ZeroCheckEnded(**where(state), reason=reason)
    said = Say(Message("count_serials", Level.ACT, {"compartment": state.task.place.compartment}))
    return stay(state.at(Finished()), Note((ended,)), said)
