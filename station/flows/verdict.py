"""What becomes of a figure that a person counted. Pure: the one rule of all counts, also of the check for emptiness.

The book's figure at once is the count. Any other is asked again in the same words: neither the book is shown nor how far off it
was. Twice the same, within the tolerance, is the count, and so is what another person has counted before. Everything else waits
for a different person. Without a tolerance no count waits for anybody: it is asked until two figures agree.
"""

from __future__ import annotations

from enum import Enum, auto

from station.flows.turn import TaskState
from station.tracking import lacks


class Verdict(Enum):
    """BOOK it; ask AGAIN; HOLD it for a different person; it is UNNAMED: no count adds stock that no lot or serial tells
    apart."""

    BOOK = auto()
    AGAIN = auto()
    HOLD = auto()
    UNNAMED = auto()


def judged(state: TaskState, said: tuple[int, ...], *, book: int) -> Verdict:
    """What becomes of the last of the figures that this person said for this count, of which the store holds `book`."""
    figure = said[-1]
    is_waiting = state.tolerance is not None
    is_unnamed = bool(lacks(state.task.item, state.task.key)) and figure > book
    if len(said) == 1 and figure == book:
        return Verdict.BOOK
    if not is_unnamed and figure in said_by_others(state):
        return Verdict.BOOK
    if is_unnamed and not is_waiting:
        return Verdict.UNNAMED
    if len(said) == 1:
        return Verdict.AGAIN
    if state.tolerance is None:
        return Verdict.BOOK if figure in (said[-2], book) else Verdict.AGAIN
    is_far = state.tolerance.is_beyond(state.task.item, counted=figure, book=book)
    return Verdict.HOLD if is_unnamed or is_far or figure != said[0] else Verdict.BOOK


def said_by_others(state: TaskState) -> frozenset[int]:
    """What other people have counted here before, while the count waited."""
    held = () if state.held is None else state.held.said
    return frozenset(each.figures[-1] for each in held if each.person != state.by)
