"""Which ranks of a sequence are still to leave, whichever order they are of and whoever works it. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from station.flows.lines import LineId
from station.values import LineState, Order, OrderKind, OrderState

ORDER_OPEN = "order_open"  # why a position is empty: its order is still to be worked
_OPEN = (LineState.OPEN, LineState.SKIPPED)
_ENDED = (OrderState.CLOSED, OrderState.CANCELLED)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRank:
    """A rank that has not left. `missing` is what its line still needs."""

    order: str
    line: str
    sequence: str
    rank: int
    item: str
    missing: int


def open_ranks(orders: Iterable[Order]) -> tuple[OpenRank, ...]:
    """The ranks of these orders that are still to leave; those of a held order are among them."""
    return tuple(
        OpenRank(
            order=order.order,
            line=line.line,
            sequence=order.sequence,
            rank=line.rank,
            item=line.item,
            missing=line.quantity - line.done_quantity,
        )
        for order in orders
        if order.sequence and order.kind is OrderKind.PICK and order.state not in _ENDED
        for line in order.lines
        if line.rank and line.state in _OPEN and line.quantity > line.done_quantity
    )


def waits_for_another(order: str, ranks: Iterable[OpenRank], released: Collection[LineId]) -> bool:
    """Whether an earlier rank of another order has to leave before one of this order."""
    known = tuple(ranks)
    mine = [each for each in known if each.order == order]
    others = [each for each in known if each.order != order and (each.order, each.line) not in released]
    return any(other.sequence == each.sequence and other.rank < each.rank for each in mine for other in others)
