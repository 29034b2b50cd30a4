"""Orders and their lines, from start to end, and wrong scans at them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from db.records.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderStarted(Record):
    kind: ClassVar[str] = "order_started"
    order: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLeft(Record):
    """The operator left a started order; its open lines stay open and it is offered again."""

    kind: ClassVar[str] = "order_left"
    order: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderClosed(Record):
    kind: ClassVar[str] = "order_closed"
    order: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderCancelled(Record):
    kind: ClassVar[str] = "order_cancelled"
    order: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderHeld(Record):
    """A supervisor holds the order: nothing more of it is picked until it is resumed. What is in hand is still booked."""

    kind: ClassVar[str] = "order_held"
    order: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderResumed(Record):
    """The order may be worked again."""

    kind: ClassVar[str] = "order_resumed"
    order: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HostChangeAsked(Record):
    """The host changes or cancels an order that is in hand at the bay: it waits until the bay has left the order. `line` is the
    host's, "" for the whole order; `quantity` is None for a cancellation."""

    kind: ClassVar[str] = "host_change_asked"
    order: str
    line: str
    quantity: int | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HostChangeEnded(Record):
    """What became of a change that waited: done, or why not."""

    kind: ClassVar[str] = "host_change_ended"
    order: str
    line: str
    asked_by: str  # the id of the event that asked
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChanged(Record):
    """The host asks for another quantity of a line that was begun; never for less than what was done for it."""

    kind: ClassVar[str] = "line_changed"
    order: str
    line: str
    before: int
    quantity: int
    done_quantity: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineSkipped(Record):
    kind: ClassVar[str] = "line_skipped"
    order: str
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineClosed(Record):
    """A line is finished. `done_quantity` is what really moved for it, over all its compartments."""

    kind: ClassVar[str] = "line_closed"
    order: str
    line: str
    outcome: str  # confirmed | short | cancelled | moved
    asked: int
    done_quantity: int
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanRefused(Record):
    """A scan that did not belong to the open task; Confirm is locked until the right one.

    Any text may be somebody's badge, so `scanned` is a code that the site knows, or empty. Then `length` and, of a long code,
    `ending` (its last four characters) are all that is kept; of a badge nothing is.
    """

    kind: ClassVar[str] = "scan_refused"
    order: str
    line: str
    scanned: str
    expected: str
    what: str = ""  # item | shared (of several items) | compartment | tray | badge | unknown
    length: int = 0
    ending: str = ""
    scanner: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderTakenOver(Record):
    """The person who works here goes on with an order that `from_person` had begun ("": nobody knows who). What was booked stays
    his; an `order_left` beside it says that he has left it."""

    kind: ClassVar[str] = "order_taken_over"
    order: str
    from_person: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderSplit(Record):
    """These lines go on in the order `into`; each is closed here as `moved`, which no host is told."""

    kind: ClassVar[str] = "order_split"
    order: str
    into: str
    lines: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenSettled(Record):
    """What becomes of goods that were taken for an order before it was cancelled: they go on (`goes_on`), or are put back where
    they came from by the order `put_back`."""

    kind: ClassVar[str] = "taken_settled"
    order: str
    line: str
    machine: str
    tray: int
    compartment: str
    item: str
    lot: str
    serial: str
    owner: str
    quantity: int
    goes_on: bool
    put_back: str = ""
