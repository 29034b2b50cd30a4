"""Stock: every `Moved` names its place, its key and the tray's visit. And what a piece of it weighs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from db.records.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceWeightLearnt(Record):
    """Somebody put `sample` pieces of a lot on a scale and said how many: what one weighs, with its standard uncertainty. The
    newest of an item's lot counts. `scale` is the device that weighed them."""

    kind: ClassVar[str] = "piece_weight_learnt"
    item: str
    lot: str
    piece_ug: int
    uncertainty_ug: int
    sample: int
    sample_mg: int
    scale: str = "scale"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved(Record):
    """The fields that every stock event has. `visit` 0 means "not during a visit": an import into a tray that nobody has seen."""

    machine: str
    tray: int
    compartment: str
    visit: int
    item: str
    lot: str = ""
    serial: str = ""
    owner: str = "own"
    status: str = "free"
    order: str = ""
    line: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picked(Moved):
    """`quantity` (> 0) left the compartment: delta -quantity."""

    kind: ClassVar[str] = "picked"
    quantity: int
    proof: str = "touch"  # touch | scan | scan_each | unreadable
    scanner: str = ""  # which read the code that proved it
    departure: str = ""  # why another lot than the item's issue rule says
    second: str = ""  # the other person who confirmed it, where the item asks for two
    tote: str = ""  # that it went into; "" where the order is bound to none
    into: str = ""  # how the tote was proven: key | scan | touch


@dataclass(frozen=True, slots=True, kw_only=True)
class Put(Moved):
    """`quantity` (> 0) went into the compartment: delta +quantity."""

    kind: ClassVar[str] = "put"
    quantity: int
    proof: str = "touch"
    scanner: str = ""
    expiry: str = ""  # the lot's last good day, ISO; "": nobody said it now
    second: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected(Moved):
    """Found while working: the person says that so many `remaining` are there; `reason` is never empty. The log adds `delta`
    (signed), by which the book of that moment was wrong; 0 where it was right and only the reason is news."""

    kind: ClassVar[str] = "corrected"
    remaining: int
    delta: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted(Moved):
    """A count: a reset point. The log adds `book`, what it held at that moment; `was_blind`: it was hidden from the person.
    `figures` is all that was said before it was taken, in order; empty where an approval took over an earlier count."""

    kind: ClassVar[str] = "counted"
    counted: int
    book: int = 0
    was_blind: bool = True
    figures: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CountHeld(Moved):
    """A count that waits for a different person: the figures differ, or they differ too much from the book. The stock is as it
    was, a count line stays open. `person` counted and said `figures`, of which `counted` is the last; the log adds `shown`, what
    the book held at that moment."""

    kind: ClassVar[str] = "count_held"
    counted: int
    shown: int = 0
    figures: tuple[int, ...] = ()
    person: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountRecount(Moved):
    """Somebody who may approve held counts has this one counted afresh: what was said of it so far settles it no more, and
    whoever said it may count again."""

    kind: ClassVar[str] = "count_recount"


@dataclass(frozen=True, slots=True, kw_only=True)
class CountOfferPassed(Moved):
    """A count of this compartment was offered because its tray was at the bay anyway, and the person had no time for it."""

    kind: ClassVar[str] = "count_offer_passed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ZeroCheckAsked(Moved):
    """The book says that a pick left nothing: somebody must look whether the compartment is empty. A count, a put or a correction
    in that compartment answers; until then the question is open, whatever becomes of the program. The log adds `book`; where
    something is left by now, nothing is written."""

    kind: ClassVar[str] = "zero_check_asked"
    book: int = 0  # 0, or below when more was there than the book knew


@dataclass(frozen=True, slots=True, kw_only=True)
class ZeroCheckEnded(Moved):
    """The question was answered by something that is no figure; `reason` says what was found."""

    kind: ClassVar[str] = "zero_check_ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class StockLoaded(Moved):
    """Opening stock from an import: a reset point like a count. The log adds the tray's highest known `visit`, so that the
    order of custody is the order of the log; events of older versions have 0."""

    kind: ClassVar[str] = "stock_loaded"
    counted: int
    expiry: str = ""  # the lot's last good day, ISO
    received_at: str = ""  # when the lot came; "": now
