"""Where goods came from, where they lie, and who got them."""

from __future__ import annotations

from dataclasses import dataclass

from db.rows.stock import Stock
from db.rows.taken import Taken
from db.rows.tray_past import PastEvent

KINDS = ("lot", "serial", "receipt", "order")


@dataclass(frozen=True, slots=True)
class Followed:
    """Goods that can be told apart: an item's lot or serial."""

    item: str
    lot: str
    serial: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderSeen:
    """What is known of an order that goods came by or went to."""

    order: str
    kind: str
    destination: str = ""
    supplier: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """`what` is lot, serial, receipt or order, `key` what was asked for. `came` says from where, `went` to whom, `other` is what
    else was done with the goods, each by event, oldest first. `unfollowed` are items that an order names without a lot or a
    serial: nobody can tell which goods those were. `is_cut`: there is more than was read."""

    what: str
    key: str
    orders: tuple[OrderSeen, ...] = ()
    followed: tuple[Followed, ...] = ()
    came: tuple[PastEvent, ...] = ()
    went: tuple[PastEvent, ...] = ()
    other: tuple[PastEvent, ...] = ()
    lies: tuple[Stock, ...] = ()
    taken: tuple[Taken, ...] = ()
    unfollowed: tuple[str, ...] = ()
    is_cut: bool = False

    @property
    def is_known(self) -> bool:
        """Whether the record has anything of it."""
        return bool(self.orders or self.came or self.went or self.other or self.lies)
