"""An order as a supervisor looks at it, read from the store in one blocking call."""

from __future__ import annotations

from dataclasses import replace

from station.allocation import kit_tag
from station.holding import is_in_hand
from station.order_acts import WORKED
from station.order_log import owner_of, taken_for, workers_of
from station.order_seen import LineSeen, OrderSeen
from station.ports import Library
from station.values import Order, OrderKind


def order_seen(library: Library, name: str, *, is_island: bool = True) -> OrderSeen | None:
    """None where there is no such order."""
    order = library.order(name)
    return None if order is None else replace(_seen(library, order), is_island=is_island)


def _seen(library: Library, order: Order) -> OrderSeen:
    workers, owner = workers_of(library, order.order), owner_of(library, order.order)
    items = {each.code: each for each in library.items_named({line.item for line in order.lines})}
    people = {person for found in workers.values() for person in found} | ({owner.operator} if owner else set())
    names = {each: found.name for each in people if (found := library.person(each)) is not None}
    lines = tuple(
        LineSeen(
            line=line,
            item=items.get(line.item),
            workers=tuple(names.get(each, "") for each in workers.get(line.line, ())),
            kit=kit_tag(order, line),
        )
        for line in order.lines
    )
    seen = OrderSeen(
        order=order,
        lines=lines,
        is_in_hand=order.state in WORKED and is_in_hand(library, order.order),
        is_elsewhere=library.is_elsewhere(order.order),
        taken=taken_for(library, order) if order.kind is OrderKind.PICK else (),
    )
    if owner is None:
        return seen
    name = names.get(owner.operator, "")
    return replace(seen, owner=owner.operator, owner_name=name, station=owner.station, since=owner.at)
