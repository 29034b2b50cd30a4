"""What a record says, and what only the store knows when it is written.

A person says what remains or what was counted. What the book held is not his to say: whoever read it earlier read what an import,
or another booking, may have changed since. So the log completes the record in the transaction that writes it, after the events
before it in that transaction.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from db.records.printing import LabelQueued
from db.records.record import Record
from db.records.review import CounterBooked
from db.records.stock import Corrected, Counted, CountHeld, Moved, StockLoaded, ZeroCheckAsked


def _nobody_saw(moved: Moved) -> int:
    return 0


def _first_copy(job: str) -> int:
    return 1


def completed(
    said: Record,
    book_of: Callable[[Moved], int],
    visit_of: Callable[[Moved], int] = _nobody_saw,
    copy_of: Callable[[str], int] = _first_copy,
) -> Record | None:
    """The record with the book's figures. None: the book already says so, and there is nothing to tell. Why a person took less is
    told also where the book was right."""
    match said:
        case CounterBooked(takes_back=delta):
            book = book_of(said)
            left = max(0, book - delta)
            return replace(said, remaining=left, delta=left - book)
        case Corrected(remaining=remaining):
            delta = remaining - book_of(said)
            return replace(said, delta=delta) if delta or said.reason else None
        case Counted():
            return replace(said, book=book_of(said))
        case CountHeld():
            return replace(said, shown=book_of(said))
        case ZeroCheckAsked():
            book = book_of(said)
            return replace(said, book=book) if book <= 0 else None
        case StockLoaded(visit=0):
            return replace(said, visit=visit_of(said))
        case LabelQueued(copy_of=job, copy=0) if job:
            return replace(said, copy=copy_of(job))
        case _:
            return said
