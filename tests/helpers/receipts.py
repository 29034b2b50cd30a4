"""Receipts in a World: what is announced, and how a person works through the page."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from db.records.receipts import GoodsPassed, Received
from db.records.stock import Moved, Picked, Put
from station import commands as do
from station.receiving import receiving_place
from station.values import Inspect, Item, Order, OrderKind, OrderLine, StockKey
from station.view.receipts import ReceiptsFace
from tests.helpers.sample import MARA
from tests.helpers.world import World

HERE = receiving_place("S1")


def announced(world: World, name: str, item: Item, quantity: int, *, supplier: str = "ACME", **more: object) -> None:
    """A receipt of one line is in the store."""
    line = OrderLine(order=name, line="1", item=item.code, quantity=quantity)
    inspect = Inspect(str(more.pop("inspect", "none")))
    line = replace(line, **{key: value for key, value in more.items() if key in ("lot", "owner")})
    order = Order(order=name, kind=OrderKind.RECEIPT, supplier=supplier, reference="PULL-7", inspect=inspect, lines=(line,))
    world.store.orders[name] = order


def pick_order(world: World, name: str, item: Item, quantity: int, *, need_by: datetime | None = None, **more: object) -> None:
    """An order of one line waits."""
    line = OrderLine(order=name, line="1", item=item.code, quantity=quantity)
    order = Order(order=name, kind=OrderKind.PICK, need_by=need_by, lines=(line,))
    world.store.orders[name] = replace(order, **more)


def at_receipts(world: World, person: str = MARA.person) -> World:
    """Somebody has opened the page."""
    world.sign_on(person)
    world.settle()
    world.give(do.OpenReceipts())
    world.settle()
    assert isinstance(world.view().face, ReceiptsFace)
    return world


def face(world: World) -> ReceiptsFace:
    shown = world.view().face
    assert isinstance(shown, ReceiptsFace)
    return shown


def ask(world: World) -> str:
    """The code of the open question, "" for none."""
    asked = getattr(world.view().face, "ask", None)
    return asked.code if asked is not None else ""


def scan(world: World, text: str) -> None:
    world.scan(text)
    world.settle()


def say(world: World, text: str) -> None:
    world.give(do.EnterText(world.state.token, text))
    world.settle()


def count(world: World, number: int) -> None:
    world.give(do.EnterNumber(world.state.token, number))
    world.settle()


def choose(world: World, key: str) -> None:
    world.give(do.Choose(world.state.token, key))
    world.settle()


def accept(world: World) -> None:
    world.give(do.Confirm(world.state.token))
    world.settle()


def received(world: World) -> list[Received]:
    return [each for each in world.store.written if isinstance(each, Received)]


def passed(world: World) -> list[GoodsPassed]:
    return [each for each in world.store.written if isinstance(each, GoodsPassed)]


def moves(world: World) -> list[Moved]:
    return [each for each in world.store.written if isinstance(each, Picked | Put)]


def at_bay(world: World, item: Item, **key: object) -> int:
    """What the book has of it at the receiving place, in every status."""
    keys = [(place, each) for place, each in world.store.held if place == HERE and each.item == item.code]
    return sum(world.store.held[each] for each in keys)


def stored(world: World, item: Item, key: StockKey | None = None) -> int:
    """What the book has of it in the machine."""
    held = world.store.held.items()
    return sum(quantity for (place, of), quantity in held if place.machine == "M1" and of.item == item.code and key in (None, of))
