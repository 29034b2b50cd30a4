"""A booking that was undone: the goods lie as before, and the record says so with events of its own. Nothing is ever edited.

What moved back is the same kind of movement as any other, so that every fold takes it; it belongs to no line. How far its lines
are again is said by `LineReopened`, which is a `line_closed` like the one before it. `undoes` names events of the booking.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from db.records.loads import LoadPut, LoadTaken
from db.records.orders import LineClosed
from db.records.record import Record
from db.records.stock import Corrected, Picked, Put
from db.records.taken import GivenBack, TakenOut

REOPENED: Final = "open"  # the outcome of a line that is as far as before
UNDONE: Final = "undone"  # the reason of what moved back


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingUndone(Record):
    """The booking whose first event is `booking` does not hold. `undoes` are all its events, which were one or two transactions.
    The movements of this transaction take it back."""

    kind: ClassVar[str] = "booking_undone"
    booking: str
    undoes: tuple[str, ...]
    machine: str
    tray: int
    compartment: str
    visit: int
    item: str
    order: str = ""
    line: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PutBack(Put):
    """What was picked lies in the compartment again."""

    undoes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack(Picked):
    """What was put in is out of the compartment again."""

    undoes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PutBackOffAccount(GivenBack):
    """What was taken onto an account lies in the compartment again, and is off the account."""

    undoes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBackOntoAccount(TakenOut):
    """What was given back is out of the compartment again, and on the account under the key that it had there."""

    was_lot: str
    was_serial: str
    was_status: str
    undoes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BookRestored(Corrected):
    """The book is as it was before the correction that is undone."""

    undoes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadBackIn(LoadPut):
    """A load that was taken out, or said to be gone, lies in its compartment again, since when it lay there before (`put_at`, ISO
    8601, UTC). It stood there, whatever its consumer's ceiling."""

    put_at: str = ""
    undoes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadOutAgain(LoadTaken):
    """A load that was put in is out of its compartment again."""

    undoes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineReopened(LineClosed):
    """The line is as far as it was before the booking; its outcome is REOPENED."""

    undoes: tuple[str, ...]
