"""Which open orders get goods straight from their receipt: by need-by time, then priority. Pure.

The item's issue rule binds here as in the machine: what has to leave before these goods serves the most urgent lines first, and
only what it does not cover is offered. Nobody is offered what is held, expired, or not good for long enough; a line of a
sequence waits for its turn, and what two persons must confirm goes by the compartment.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from station.receipt_values import Wanted
from station.rules.issue import turn_of
from station.rules.rights import may
from station.usable_stock import Terms, usable
from station.values import BoundTote, Item, LineState, Order, OrderKind, OrderLine, OrderState, Place, Stock, StockKey

_NEVER = datetime.max.replace(tzinfo=UTC)
_OPEN = (LineState.OPEN, LineState.SKIPPED)


def wanted(
    new: Stock,
    item: Item,
    *,
    orders: Sequence[Order],
    stock: Sequence[Stock],
    terms: Terms,
    totes: Mapping[str, BoundTote] | None = None,
) -> tuple[Wanted, ...]:
    """What each open line is to have of `new`, the most urgent first. `stock` is all of the item in the machine, and what lies
    where `new` does. The sum is no more than there is of `new`."""
    if item.two_person or not may(item.access, tuple(terms.rights or ())):
        return ()
    taken: dict[tuple[Place, StockKey], int] = {}
    left, found = new.quantity, []
    for order, line in _by_need(orders, item):
        lacking = line.quantity - line.done_quantity
        lacking -= _older_serves(order, line, item, new, lacking, stock=stock, taken=taken, terms=terms)
        quantity = min(lacking, left)
        if quantity > 0 and _may_have(order, line, item, new, terms=terms):
            found.append(Wanted(order=order, line=line, quantity=quantity, tote=(totes or {}).get(order.order)))
            left -= quantity
    return tuple(found)


def _by_need(orders: Sequence[Order], item: Item) -> list[tuple[Order, OrderLine]]:
    """The open lines of the item. An order that somebody works on, or that is held, has its claim on the stock and no offer."""
    lines = [
        (order, line)
        for order in orders
        if order.kind is OrderKind.PICK
        for line in order.lines
        if line.item == item.code and line.state in _OPEN and line.quantity > line.done_quantity
    ]
    return sorted(lines, key=lambda each: (each[0].need_by or _NEVER, each[0].priority, each[0].order, each[1].line))


def _may_have(order: Order, line: OrderLine, item: Item, new: Stock, *, terms: Terms) -> bool:
    if order.state is not OrderState.RELEASED or line.rank:
        return False
    return bool(usable(order, line, item, (new,), taken={}, terms=terms))


def _older_serves(
    order: Order,
    line: OrderLine,
    item: Item,
    new: Stock,
    lacking: int,
    *,
    stock: Sequence[Stock],
    taken: dict[tuple[Place, StockKey], int],
    terms: Terms,
) -> int:
    """How much of the line stock covers that leaves before the new goods; it is promised to the line from here on."""
    served = 0
    for each, quantity in usable(order, line, item, stock, taken=taken, terms=terms):
        if served >= lacking or not _leaves_before(item, each, new):
            continue
        part = min(quantity, lacking - served)
        taken[each.place, each.key] = taken.get((each.place, each.key), 0) + part
        served += part
    return served


def _leaves_before(item: Item, each: Stock, new: Stock) -> bool:
    """Whether it is the turn of this stock first. Of two goods at the receiving place none waits for its equal."""
    turn, of_new = turn_of(item, each), turn_of(item, new)
    return turn < of_new if each.place == new.place else turn <= of_new
