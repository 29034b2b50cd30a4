"""Orders and their lines. Quantities are scaled integers (`db.rows.items`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from db.rows.items import Inspect
from db.rows.trays import Place


class OrderKind(StrEnum):
    PICK = "pick"
    PUT = "put"
    COUNT = "count"
    RECEIPT = "receipt"  # goods that are to come in; never worked as a round


class OrderState(StrEnum):
    RELEASED = "released"
    STARTED = "started"
    HELD = "held"  # by a supervisor: nobody works on it
    CLOSED = "closed"
    CANCELLED = "cancelled"


class LineState(StrEnum):
    OPEN = "open"
    SKIPPED = "skipped"  # set aside by the operator; may be taken up again
    CONFIRMED = "confirmed"
    SHORT = "short"
    CANCELLED = "cancelled"
    MOVED = "moved"  # into another order: it was split


@dataclass(frozen=True, slots=True)
class KitPart:
    """That a line is a part of a kit: `kit` is its item, `line` the host's line that asked for `asked` of them. `each` is what
    one kit holds of the line's item; 0: the line is whole kits, taken as they lie in stock."""

    kit: str
    line: str
    asked: int
    each: int

    @property
    def name(self) -> tuple[str, str]:
        """Equal for all parts of one kit line of an order."""
        return self.line, self.kit


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLine:
    """One line. For a put or count line `place` may name the compartment; empty means "to be proposed". `min_remaining_days`: for
    so many days beyond the need-by day what is picked must be good."""

    order: str
    line: str
    item: str
    quantity: int
    host_key: str = ""
    lot: str = ""
    owner: str = "own"
    place: Place | None = None
    note: str = ""
    min_remaining_days: int = 0
    kit: KitPart | None = None
    rank: int = 0  # in the order's sequence, from 1; never renumbered; 0: no rank
    inspect: Inspect = Inspect.NONE  # of a receipt: how this lot is looked at
    state: LineState = LineState.OPEN
    done_quantity: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    order: str
    kind: OrderKind
    host_key: str = ""
    destination: str = ""
    need_by: datetime | None = None
    priority: int = 5  # 1 is the most urgent
    is_express: bool = False  # breaks in at the next change of trays
    split_of: str = ""  # the order as the host knows it; "" where it is this one
    sequence: str = ""  # in whose build order its lines leave; "" for none
    supplier: str = ""  # of a receipt, with the delivery or the pull signal that it is against
    reference: str = ""
    inspect: Inspect = Inspect.NONE  # of a receipt: how its supplier's goods are looked at
    state: OrderState = OrderState.RELEASED
    lines: tuple[OrderLine, ...] = ()

    @property
    def host_order(self) -> str:
        """By which name the host knows it."""
        return self.split_of or self.order

    @property
    def work(self) -> tuple[object, ...]:
        """What a person is told to do: equal for two readings of an order between which no file has changed that."""
        return (
            self.kind,
            self.destination,
            self.sequence,
            *(_work(each) for each in self.lines),
        )


def _work(line: OrderLine) -> tuple[object, ...]:
    what = (line.line, line.item, line.quantity, line.lot, line.owner)
    return (*what, line.place, line.note, line.min_remaining_days, line.rank)
