"""The page on which goods are received."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from station.receipt_values import Announced, Passed, Waiting, Wanted
from station.values import Item
from station.view.action import Offer
from station.view.ask import Ask


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodsTag:
    """The goods in hand as far as they are known, and what has become of them. `lot`, `serial` and `note` are shown once they are
    known to be nobody's badge."""

    item: Item
    lot: str = ""
    serial: str = ""
    expiry: str = ""
    quantity: int = 0
    order: str = ""
    supplier: str = ""
    reference: str = ""
    verdict: str = ""
    reason: str = ""
    passed: tuple[Passed, ...] = ()
    rest: int = 0
    is_over: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptsFace:
    """What lies at the bay still and what is to come, or a question about the goods in hand. `wait` is what is awaited, "" for
    nothing; `offer` the order that is to have them."""

    waiting: tuple[Waiting, ...] = ()
    announced: tuple[Announced, ...] = ()
    items: Mapping[str, Item] = field(default_factory=dict)
    offers: tuple[Offer, ...] = ()
    ask: Ask | None = None
    wait: str = ""
    goods: GoodsTag | None = None
    offer: Wanted | None = None
    accepts: int | None = None  # what Confirm accepts as counted
