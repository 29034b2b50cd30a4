"""A receipt as a value: where it stands, what can happen to it, and what it asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from db.records.record import Record
from station.commands import Command
from station.flows.turn import Say
from station.receipt_values import REJECT, Goods, Passed, Wanted
from station.values import EventRow, Order, StockKey


class ReceiptStep(StrEnum):
    """The open question, or what is awaited."""

    LINE = "line"  # of which of several receipts are they?
    LOT = "lot"
    MEANING = "meaning"  # what was said is an item's code, too: which is meant?
    EXPIRY = "expiry"
    SERIAL = "serial"
    QUANTITY = "quantity"
    DIFFERENCE = "difference"
    VERDICT = "verdict"
    REASON = "reason"
    NOTE = "note"
    PHOTO = "photo"
    SECOND = "second"  # goods of this kind come in by two persons
    BOOKING = "booking"
    LOOKING = "looking"  # who waits for them?
    PASSING = "passing"  # they go to this order
    AMOUNT = "amount"  # but fewer than proposed
    PASS_BOOKING = "pass_booking"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Bay:
    """What a receipt depends on beside itself. `quarantine` is the named place for what is rejected, "" for none;
    `has_receiving`: goods may wait in a receiving area without a lift."""

    station: str
    now: datetime
    quarantine: str = ""
    has_photos: bool = False
    has_receiving: bool = False


@dataclass(frozen=True, slots=True)
class Doubt:
    """A text that may be the lot or serial that was asked, and is the code of another item, too."""

    before: ReceiptStep
    text: str
    item: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A receipt in hand. `offers` are the orders that wait, the most urgent first; `photo_file` is the newest photo, `is_waiting`
    that it is being looked for or kept; `is_locked`: a wrong label locks Confirm; `asked` is what is being looked up, `is_typed`
    that it was typed; `doubt` is what MEANING asks about."""

    step: ReceiptStep
    goods: Goods
    dated_lots: frozenset[str] = frozenset()
    last_days: Mapping[str, date] = field(default_factory=dict)  # of lots that are in stock
    held: frozenset[tuple[str, str]] = frozenset()  # lots ("": all), with their owners ("": all), that are held
    received_at: datetime | None = None
    offers: tuple[Wanted, ...] = ()
    passed: tuple[Passed, ...] = ()
    photo_file: str = ""
    is_waiting: bool = False
    is_locked: bool = False
    asked: str = field(default="", repr=False)
    is_typed: bool = False
    doubt: Doubt | None = None

    @property
    def last_day(self) -> date | None:
        """Until when they are good: as their label or the person says, else as it is known of the lot."""
        return self.goods.expiry or self.last_days.get(self.goods.lot)

    @property
    def is_held(self) -> bool:
        """Whether a defect was found in this lot before: more of it is not released either."""
        return any(lot in ("", self.goods.lot) and owner in ("", self.goods.owner) for lot, owner in self.held)

    @property
    def handed_over(self) -> int:
        return sum(each.quantity for each in self.passed)

    @property
    def rest(self) -> int:
        """What of it lies at the receiving place."""
        return 0 if self.goods.verdict == REJECT else self.goods.quantity - self.handed_over


# --- what happens to it


@dataclass(frozen=True, slots=True)
class Said:
    """What was typed or scanned, once it is known to be nobody's badge. `means` is another item that the text stands for, "" for
    none. What is typed is never a label."""

    text: str = field(repr=False)
    means: str = ""
    is_typed: bool = False


@dataclass(frozen=True, slots=True)
class OrderNamed:
    """The label of an order or a tote was scanned."""

    text: str


@dataclass(frozen=True, slots=True)
class OffersFound:
    """The orders that wait for these goods. `first`: goods at the receiving place whose turn it is before, and that orders get
    instead; None when there are none."""

    of: StockKey
    offers: tuple[Wanted, ...]
    first: StockKey | None = None


@dataclass(frozen=True, slots=True)
class PhotoFound:
    """The newest photo; "" when there is none."""

    file: str


@dataclass(frozen=True, slots=True)
class PhotoKept:
    """The photo is in the station's data under `name`; "" when it could not be kept."""

    file: str
    name: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptBooked:
    """What was asked is on the disk, in these `rows`, or `code` says why not; `about` which serial was refused."""

    code: str = ""
    about: str = ""
    rows: tuple[EventRow, ...] = ()


ReceiptEvent = Command | Said | OrderNamed | OffersFound | PhotoFound | PhotoKept | ReceiptBooked

# --- what it asks for


@dataclass(frozen=True, slots=True, kw_only=True)
class BookReceipt:
    """Write these in one transaction. `planned` are the orders as they were read."""

    records: tuple[Record, ...]
    planned: tuple[Order, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FindWanted:
    """Look which open orders wait for so much of these goods."""

    goods: Goods
    quantity: int
    received_at: datetime


@dataclass(frozen=True, slots=True)
class FindPhoto:
    """Look for the newest photo."""


@dataclass(frozen=True, slots=True)
class KeepPhoto:
    """Copy this photo into the station's data."""

    file: str


@dataclass(frozen=True, slots=True)
class PutAway:
    """Look for a compartment for what is left, and bring its tray; `waits`: a place of a receiving zone instead, until later."""

    key: StockKey
    quantity: int
    waits: bool = False


ReceiptEffect = BookReceipt | FindWanted | FindPhoto | KeepPhoto | PutAway | Say
ReceiptTurn = tuple[Receipt | None, tuple[ReceiptEffect, ...]]
