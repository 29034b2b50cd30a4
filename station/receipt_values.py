"""What a receipt is made of, as values: what was announced, the goods in hand, who waits for them, and what has become of
them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from station.values import BoundTote, Inspect, Item, Order, OrderLine, Stock, StockKey, StockStatus

RELEASE, HOLD, REJECT = "release", "hold", "reject"
OWN = "own"  # the owner of what nobody has announced
VERDICTS = (RELEASE, HOLD, REJECT)
_STRICTNESS = (Inspect.NONE, Inspect.QUANTITY, Inspect.CONDITION)
_STATUS = {RELEASE: StockStatus.FREE, HOLD: StockStatus.QUALITY_HOLD, REJECT: StockStatus.BLOCKED}


@dataclass(frozen=True, slots=True)
class Announced:
    """A line of a receipt that is still open."""

    order: Order
    line: OrderLine

    def is_blind(self, item: Item | None) -> bool:
        """Whether it is counted without knowing what is expected: item, supplier or lot ask for it."""
        of_item = item.inspect if item is not None else Inspect.NONE
        return any(each is not Inspect.NONE for each in (of_item, self.order.inspect, self.line.inspect))

    @property
    def lacking(self) -> int:
        """What is still to come."""
        return max(0, self.line.quantity - self.line.done_quantity)


@dataclass(frozen=True, slots=True, kw_only=True)
class Goods:
    """What is known of the goods in hand. `announced` are the lines that they may be of, `of` the one that they are; `told` is
    the quantity of their label; `is_judged`: their condition is asked because a person wants it; `second`
    is the other person of two."""

    item: Item
    lot: str = field(default="", repr=False)
    serial: str = field(default="", repr=False)
    owner: str = OWN
    expiry: date | None = None
    told: int | None = None
    announced: tuple[Announced, ...] = ()
    of: Announced | None = None
    is_judged: bool = False
    quantity: int = 0
    difference: str = ""
    verdict: str = RELEASE
    reason: str = ""
    note: str = field(default="", repr=False)
    photo: str = ""
    photo_sha256: str = ""
    proof: str = "scan"
    scanner: str = ""
    second: str = ""

    @property
    def inspect(self) -> Inspect:
        """The strictest of what item, supplier and lot ask, and the person."""
        asked = [self.item.inspect, Inspect.CONDITION if self.is_judged else Inspect.NONE]
        if self.of is not None:
            asked += [self.of.order.inspect, self.of.line.inspect]
        return max(asked, key=_STRICTNESS.index)

    @property
    def key(self) -> StockKey:
        """The stock that they become."""
        return StockKey(item=self.item.code, lot=self.lot, serial=self.serial, owner=self.owner, status=_STATUS[self.verdict])

    @property
    def expected(self) -> int:
        return self.of.lacking if self.of is not None else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Goods at the receiving place that are neither an order's yet nor put away. `received_at` is when they came (UTC)."""

    stock: Stock
    item: Item
    received_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """So much of the goods in hand an open order line is to have at once."""

    order: Order
    line: OrderLine
    quantity: int
    tote: BoundTote | None = None


@dataclass(frozen=True, slots=True)
class Passed:
    """What was handed over, and how long after its receipt."""

    order: str
    line: str
    quantity: int
    dwell_s: int
