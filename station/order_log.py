"""What the log says of one order: who has it, who booked for which line, and what was taken for it."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

from station.holding import OrderEvents
from station.order_seen import Taken
from station.undone import standing
from station.values import EventRow, Order, Place, StockKey, StockStatus

OWNING = ("order_started", "order_taken_over", "handed_over")
DOING = ("picked", "put", "counted")
UNDOING = "line_closed"  # of a line that is open again it names the events that do not hold any more


def owner_of(store: OrderEvents, order: str) -> EventRow | None:
    """The event by which somebody began the order or went on with it last; its operator is who. None: nobody has."""
    found = store.events(kinds=OWNING, order=order, limit=1, newest_first=True)
    return found[0] if found else None


def workers_of(store: OrderEvents, order: str) -> dict[str, tuple[str, ...]]:
    """The persons who booked for each line, in their order. Who has taken it back has not."""
    found: dict[str, dict[str, None]] = {}
    for row in _standing(store, order, DOING):
        data = _data(row)
        found.setdefault(data["line"], {})[data.get("done_by") or row.operator] = None
    return {line: tuple(people) for line, people in found.items()}


def taken_for(store: OrderEvents, order: Order) -> tuple[Taken, ...]:
    """What left the compartments for the order, summed by line, place and stock."""
    found: dict[tuple[str, Place, StockKey], int] = {}
    for row in _standing(store, order.order, ("picked",)):
        data = _data(row)
        what = (data["line"], Place(data["machine"], data["tray"], data["compartment"]), _key(data))
        found[what] = found.get(what, 0) + data["quantity"]
    return tuple(Taken(line, place, key, quantity) for (line, place, key), quantity in found.items())


def _standing(store: OrderEvents, order: str, kinds: Collection[str]) -> tuple[EventRow, ...]:
    """The events of these kinds that were not undone."""
    return tuple(row for row in standing(store.events(kinds=(*kinds, UNDOING), order=order, limit=None)) if row.kind in kinds)


def _key(data: Mapping[str, Any]) -> StockKey:
    names = {name: data[name] for name in ("item", "lot", "serial", "owner")}
    return StockKey(**names, status=StockStatus(data["status"]))


def _data(row: EventRow) -> Mapping[str, Any]:
    data: Mapping[str, Any] = json.loads(row.body)["data"]
    return data
