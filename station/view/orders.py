"""The page of an order, for whoever decides what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass

from station.order_seen import LineSeen, OrderSeen
from station.view.action import Action, Offer
from station.view.ask import Ask
from station.view.work import OrderTag


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRow:
    """A line as it can be chosen for a split: `may_move`, and whether it is chosen."""

    seen: LineSeen
    may_move: bool = False
    is_chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OrdersFace:
    """The orders (`seen` None and no `order`), or one of them with its lines. `primary` is what the page puts first; `chooses`:
    the lines of a split are chosen; `is_acting`: what was decided is on its way to the disk."""

    offers: tuple[Offer, ...]
    orders: tuple[OrderTag, ...] = ()
    order: str = ""
    seen: OrderSeen | None = None
    lines: tuple[LineRow, ...] = ()
    ask: Ask | None = None
    primary: Action | None = None
    chooses: bool = False
    is_acting: bool = False
