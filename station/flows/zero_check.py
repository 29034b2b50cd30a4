"""Where the book says nothing is left: is the compartment really empty? After a pick, and as the question of any other count
there.

AskEmpty -> yes: the book's zero is proven | no: how many are there, AskLeft after a pick, else the count goes on (`station.flows.
count`). Either answer is a count; what becomes of its figure is `station.flows.verdict`. After a pick the question is a fact of
the record (`zero_check_asked`, in the transaction of the pick), so that it is asked again when the program ended before the
answer, or when the tray was gone (Skip leaves it open).
"""

from __future__ import annotations

from dataclasses import dataclass

from db.records.stock import Counted, ZeroCheckAsked, ZeroCheckEnded
from station import commands as do
from station.flows import count
from station.flows.turn import Book, Finished, Note, Say, Step, TaskEvent, TaskState, Turn, Working, book, stay, where
from station.flows.verdict import Verdict, judged
from station.tracking import lacks
from station.view.message import Level, Message


@dataclass(frozen=True, slots=True)
class AskEmpty(Step):
    """The book says nothing is left: is the compartment empty? `left` is what it says, below zero when more was taken."""

    left: int = 0


@dataclass(frozen=True, slots=True)
class AskLeft(Step):
    """It is not empty: how many are there? `said` is what was said before, of the question asked again."""

    left: int = 0
    said: tuple[int, ...] = ()


def step_after(state: TaskState, left: int) -> Step:
    """What follows a booking that leaves `left` in the book: the question where nothing is left and nothing else lies beside."""
    return AskEmpty(left) if left <= 0 and not state.has_beside else Finished()


def asked(state: TaskState, left: int) -> tuple[ZeroCheckAsked, ...]:
    """What the record says when the question follows."""
    return (ZeroCheckAsked(**where(state)),) if isinstance(step_after(state, left), AskEmpty) else ()


def advance(state: TaskState, event: TaskEvent) -> Turn:
    """The question's next state and what it asks for. An event that means nothing here changes nothing."""
    if state.task.is_plain_count:
        return _of_count(state, event)
    match state.step, event:
        case AskEmpty(left), do.Choose(key="yes"):
            return _empty(state, left)
        case AskEmpty(), do.Choose(key="no") if state.task.key.serial:
            return _end_without(state, "other_serials")
        case AskEmpty(), do.Choose(key="no") if lacks(state.task.item, state.task.key):
            return _end_without(state, "unidentified")
        case AskEmpty(left), do.Choose(key="no"):
            return stay(state.at(AskLeft(left)))
        case AskLeft(said=(_, *_) as said), do.Back() if state.tolerance is not None:
            return count.hold(state, said, after=Finished())
        case AskLeft(left), do.Back():
            return stay(state.at(AskEmpty(left)))
        case AskLeft(left, said=so_far), do.EnterNumber(number=found) if found >= 0:
            return _figure(state, (*so_far, found), left=left)
        case AskEmpty(), do.Skip():
            return stay(state.at(Finished()))
        case _:
            return stay(state)


def _of_count(state: TaskState, event: TaskEvent) -> Turn:
    """A count of what the book has none of."""
    match event:
        case do.Choose(key="yes"):
            return count.taken(state, (0,), is_blind=False)
        case do.Choose(key="no"):
            return stay(state.at(Working()))
        case do.Skip():
            return count.passed_over(state)
        case _:
            return stay(state)


def _empty(state: TaskState, left: int) -> Turn:
    """It is empty, and the book says so, or more was taken than it knew: so far below zero as to wait for somebody else?"""
    is_far = state.tolerance is not None and state.tolerance.is_beyond(state.task.item, counted=0, book=left)
    return count.hold(state, (0,), after=Finished()) if is_far else _book_left(state, (0,))


def _figure(state: TaskState, said: tuple[int, ...], *, left: int) -> Turn:
    match judged(state, said, book=left):
        case Verdict.BOOK:
            return _book_left(state, said)
        case Verdict.HOLD:
            return count.hold(state, said, after=Finished())
        case Verdict.UNNAMED:
            return stay(state, count.unnamed(state))
        case Verdict.AGAIN:
            return stay(state.at(AskLeft(left, said)))


def _book_left(state: TaskState, said: tuple[int, ...]) -> Turn:
    counted = Counted(**where(state), counted=said[-1], was_blind=False, reason="zero_check", figures=said)
    return book(state, Finished(), Book(records=(counted,)))


def _end_without(state: TaskState, reason: str) -> Turn:
    """What else lies there has a lot or a serial of its own, which no number can name."""
    ended = ZeroCheckEnded(**where(state), reason=reason)
    said = Say(Message("count_serials", Level.ACT, {"compartment": state.task.place.compartment}))
    return stay(state.at(Finished()), Note((ended,)), said)
