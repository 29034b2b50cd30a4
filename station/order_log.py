"""What the log says of one order: who has it, who booked for which line, and what was taken for it."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from station.order_seen import Taken
from station.record_reader import OrderEvents
from station.undone import standing, undone_by
from station.values import EventRow, Order, Place, StockKey, StockStatus

OWNING = ("order_started", "order_taken_over", "handed_over")
DOING = ("picked", "put", "counted")


def owner_of(store: OrderEvents, order: str) -> EventRow | None:
    """The event by which somebody began the order or went on with it last; its operator is who. None: nobody has."""
    found = store.events(kinds=OWNING, order=order, limit=1, newest_first=True)
    return found[0] if found else None


def workers_of(store: OrderEvents, order: str) -> dict[str, tuple[str, ...]]:
    """The persons who booked for each line, in their order; what was undone is nobody's."""
    found: dict[str, dict[str, None]] = {}
    for row in _standing(store, DOING, order):
        data = _data(row)
        found.setdefault(data["line"], {})[data.get("done_by") or row.operator] = None
    return {line: tuple(people) for line, people in found.items()}


def taken_for(store: OrderEvents, order: Order) -> tuple[Taken, ...]:
    """What left the compartments for the order and is still out, summed by line, place and stock: neither what was undone nor
    what was returned. A return says nothing of places: it comes off the one that was taken from last."""
    found: dict[tuple[str, Place, StockKey], int] = {}
    for row in _standing(store, ("picked",), order.order):
        data = _data(row)
        what = (data["line"], Place(data["machine"], data["tray"], data["compartment"]), _key(data))
        found[what] = found.get(what, 0) + data["quantity"]
    back = _returned(store, order.order)
    for line, place, key in reversed(found):
        goods = line, replace(key, status=StockStatus.FREE)
        less = min(found[line, place, key], back.get(goods, 0))
        found[line, place, key] -= less
        back[goods] = back.get(goods, 0) - less
    return tuple(Taken(line, place, key, quantity) for (line, place, key), quantity in found.items() if quantity)


def _returned(store: OrderEvents, order: str) -> dict[tuple[str, StockKey], int]:
    """What came back of the order's goods, by line and stock; a return may be put down under another status. Only its own returns
    are read, and what was undone of their items: this runs where the writer waits, too."""
    back = store.events(kinds=("put",), of_order=order, limit=None)
    items = {_data(row)["item"] for row in back}
    gone = undone_by(row for item in items for row in store.events(kinds=("booking_undone",), item=item, limit=None))
    found: dict[tuple[str, StockKey], int] = {}
    for data in (_data(row) for row in back if row.id not in gone):
        goods = data["of_line"], replace(_key(data), status=StockStatus.FREE)
        found[goods] = found.get(goods, 0) + data["quantity"]
    return found


def _standing(store: OrderEvents, kinds: Collection[str], order: str) -> tuple[EventRow, ...]:
    """The order's events of these kinds that hold. What an undo moved is of no order: that it reopened the line says so."""
    rows = standing(store.events(kinds=(*kinds, "line_closed"), order=order, limit=None))
    return tuple(row for row in rows if row.kind in kinds)


def _key(data: Mapping[str, Any]) -> StockKey:
    names = {name: data[name] for name in ("item", "lot", "serial", "owner")}
    return StockKey(**names, status=StockStatus(data["status"]))


def _data(row: EventRow) -> Mapping[str, Any]:
    data: Mapping[str, Any] = json.loads(row.body)["data"]
    return data
