"""Kits at the site: a host's order for one is taken apart as at the bay, so that its components are offered and promised."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from db.kit_parts import parts_of
from db.rows.items import Component
from db.sync.bodies import item_body, order_body, order_of
from station.values import Item, KitPart, Order, OrderKind, OrderLine

Put = Callable[..., None]
MADE = {
    "KIT": (Component("BOLT", 4), Component("WIRE", 125), Component("SUB", 2)),
    "SUB": (Component("NUT", 3), Component("BOLT", 1)),
}


@pytest.fixture
def kits(put: Put) -> None:
    for code in ("BOLT", "WIRE", "NUT", "KIT", "SUB"):
        put("item", code, item_body(Item(code=code, name=code, components=MADE.get(code, ()))))


def ordered(put: Put, owner: psycopg.Connection, *lines: OrderLine, kind: OrderKind = OrderKind.PICK) -> Order:
    """The order as the site hands it to a bay."""
    put("order", "O1", order_body(Order(order="O1", kind=kind, lines=lines)))
    row: Any = owner.execute("SELECT body FROM sync.document WHERE kind = 'order' AND key = 'O1'").fetchone()
    return order_of(row[0] if isinstance(row[0], dict) else json.loads(row[0]))


def line(name: str, item: str, quantity: int) -> OrderLine:
    return OrderLine(order="O1", line=name, item=item, quantity=quantity, host_key=f"H-{name}")


@pytest.mark.usefixtures("kits")
def test_a_line_for_a_kit_is_its_components_as_at_the_bay(put: Put, owner: psycopg.Connection) -> None:
    order = ordered(put, owner, line("10", "KIT", 2), line("20", "BOLT", 1))
    parts = parts_of("KIT", lambda code: MADE.get(code, ()))
    assert [(each.line, each.item, each.quantity) for each in order.lines] == [
        *((f"10.{number}", part.item, 2 * part.quantity) for number, part in enumerate(parts, start=1)),
        ("20", "BOLT", 1),
    ]
    assert [each.kit for each in order.lines] == [*(KitPart("KIT", "10", 2, part.quantity) for part in parts), None]
    assert {each.host_key for each in order.lines} == {"H-10", "H-20"}
    folded = owner.execute("SELECT line, item, quantity FROM sync.order_line WHERE order_key = 'O1' ORDER BY position").fetchall()
    assert folded == [(each.line, each.item, each.quantity) for each in order.lines]


@pytest.mark.usefixtures("kits")
def test_a_kit_that_is_put_in_stays_a_kit(put: Put, owner: psycopg.Connection) -> None:
    assert [each.line for each in ordered(put, owner, line("10", "KIT", 2), kind=OrderKind.PUT).lines] == ["10"]


@pytest.mark.usefixtures("kits")
def test_an_order_for_a_kit_that_holds_itself_is_refused(put: Put, owner: psycopg.Connection) -> None:
    put("item", "SUB", item_body(Item(code="SUB", name="SUB", components=(Component("KIT", 1),))))
    with pytest.raises(psycopg.Error, match="holds itself"):
        ordered(put, owner, line("10", "KIT", 1))


def test_kits_are_taken_apart_five_deep_and_no_deeper(put: Put, owner: psycopg.Connection) -> None:
    for depth in range(7):
        made = (Component(f"K{depth + 1}", 1),) if depth < 6 else ()
        put("item", f"K{depth}", item_body(Item(code=f"K{depth}", name="k", components=made)))
    assert [each.item for each in ordered(put, owner, line("10", "K1", 3)).lines] == ["K6"]
    with pytest.raises(psycopg.Error, match="deep"):
        ordered(put, owner, line("10", "K0", 1))
