"""Records and rows as the tests of the store need them."""

from __future__ import annotations

from typing import Any

from db.records.files import Imported
from db.records.machine import MotionEnded, MotionIntended
from db.records.orders import LineClosed
from db.records.stock import Counted, Picked, Put, StockLoaded
from db.rows.items import Item
from db.rows.orders import Order, OrderKind, OrderLine
from db.rows.stock import Stock, StockKey
from db.rows.trays import Compartment, Place, Tray

PLACE = Place("VLM1", 7, "C1")


def imported(what: str) -> Imported:
    return Imported(what=what, file=f"{what}.csv", sha256="0" * 64, rows=1, rejected=0)


def tray(number: int = 7, labels: tuple[str, ...] = ("C1", "C2")) -> Tray:
    cells = tuple(Compartment(label=each, x_mm=i * 100, y_mm=0, width_mm=100, depth_mm=200) for i, each in enumerate(labels))
    return Tray(machine="VLM1", number=number, width_mm=2450, depth_mm=864, compartments=cells)


def stock(quantity: int, item: str = "A", place: Place = PLACE) -> Stock:
    return Stock(place=place, key=StockKey(item=item), quantity=quantity)


def item(code: str = "A", **more: Any) -> Item:
    return Item(code=code, name=f"Item {code}", **more)


def order(name: str = "O1", lines: int = 2, **more: Any) -> Order:
    made = tuple(OrderLine(order=name, line=str(n), item="A", quantity=3) for n in range(1, lines + 1))
    return Order(order=name, kind=OrderKind.PICK, lines=made, **more)


def _moved(more: dict[str, Any]) -> dict[str, Any]:
    return {"machine": "VLM1", "tray": 7, "compartment": "C1", "visit": 1, "item": "A"} | more


def picked(quantity: int, **more: Any) -> Picked:
    return Picked(quantity=quantity, **_moved(more))


def put(quantity: int, **more: Any) -> Put:
    return Put(quantity=quantity, **_moved(more))


def counted(quantity: int, **more: Any) -> Counted:
    return Counted(counted=quantity, **_moved(more))


def loaded(quantity: int, **more: Any) -> StockLoaded:
    return StockLoaded(counted=quantity, **_moved(more | {"visit": 0}))


def closed(line: str, done: int, order: str = "O1", outcome: str = "confirmed") -> LineClosed:
    return LineClosed(order=order, line=line, outcome=outcome, asked=3, done_quantity=done)


def intended(command: int, verb: str = "fetch", tray: int = 7) -> MotionIntended:
    return MotionIntended(command=command, verb=verb, machine="VLM1", opening="SH1-1", tray=tray)


def ended(command: int, outcome: str, verb: str = "fetch", tray: int = 7, visit: int = 0) -> MotionEnded:
    return MotionEnded(command=command, verb=verb, machine="VLM1", opening="SH1-1", tray=tray, outcome=outcome, visit=visit)
