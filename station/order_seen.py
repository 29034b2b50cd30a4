"""An order as a supervisor looks at it: its lines with who worked on them, what was taken, and whose it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from station.task import KitTag
from station.values import Item, Order, OrderLine, Place, StockKey


@dataclass(frozen=True, slots=True, kw_only=True)
class LineSeen:
    """A line. `workers` are the names of who booked for it, in their order ("" once erased)."""

    line: OrderLine
    item: Item | None
    workers: tuple[str, ...] = ()
    kit: KitTag | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """Goods that left a compartment for a line."""

    line: str
    place: Place
    key: StockKey
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderSeen:
    """`owner` is who began it or went on with it last, at `station` since `since`; "" where nobody has. `is_in_hand`: the bay has
    not left it; `is_elsewhere`: the site has given it to another station, and `is_island`: cannot be asked for it now."""

    order: Order
    lines: tuple[LineSeen, ...]
    owner: str = ""
    owner_name: str = ""
    station: str = ""
    since: datetime | None = None
    is_in_hand: bool = False
    is_elsewhere: bool = False
    is_island: bool = True
    taken: tuple[Taken, ...] = ()

    @property
    def is_begun(self) -> bool:
        """Whether somebody has worked on it."""
        return bool(self.owner or self.taken)
