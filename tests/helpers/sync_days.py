"""What tests of the replication book, and what they look at in a simulated station."""

from __future__ import annotations

import json
from typing import Any

from db import site
from db.projections import fold
from db.queries import stock
from db.records.stock import Picked, Put
from db.rows.items import Item
from db.rows.orders import Order, OrderKind, OrderLine
from db.sync import memory
from tests.helpers.sim_station import SimStation

CELL: dict[str, Any] = {"machine": "VLM1", "tray": 1, "compartment": "C", "visit": 1, "item": "A"}


def put(quantity: int, **more: Any) -> Put:
    return Put(**CELL | more, quantity=quantity)


def picked(quantity: int, **more: Any) -> Picked:
    return Picked(**CELL | more, quantity=quantity)


def made(name: str = "O1") -> Order:
    return Order(order=name, kind=OrderKind.PICK, lines=(OrderLine(order=name, line="1", item="A", quantity=3),))


def bodies_of(station: SimStation, kind: str) -> list[Any]:
    rows = station.local.read(
        lambda connection: connection.exec_driver_sql("SELECT body FROM event WHERE kind = ? ORDER BY n", (kind,)).scalars().all()
    )
    return [json.loads(row) for row in rows]


def quantity(station: SimStation) -> int:
    return sum(each.quantity for each in station.local.read(lambda connection: stock.stock(connection, item="A")))


def exceptions(station: SimStation) -> list[tuple[str, str, str]]:
    return [(each.kind, each.key, each.why) for each in station.local.read(memory.exceptions)]


def is_rebuilt_alike(station: SimStation) -> bool:
    before = station.local.read(fold.digest)
    station.local.write(fold.rebuild)
    return station.local.read(fold.digest) == before and station.local.read(fold.stock_matches_log)


def put_items(station: SimStation, *made: Item) -> None:
    station.local.write(lambda connection: site.put_items(connection, made))
