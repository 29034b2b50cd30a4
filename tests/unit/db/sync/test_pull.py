"""A signal that was raised upstream, or at another bay, is on this bay's board: its order comes down, and its origin with it."""

from __future__ import annotations

from dataclasses import replace

from db import site
from db.queries import signals
from db.rows.items import Item
from db.sync.bodies import order_body
from db.sync.values import DocumentKind
from station.pull.board import board
from tests.helpers.sync_days import exceptions, is_rebuilt_alike, made, put_items

from .conftest import Days


def origins(days_station) -> dict[str, str]:  # type: ignore[no-untyped-def]
    orders = days_station.local.read(signals.orders)
    return {each.name: each.origin for each in board((), orders, {})}


def test_an_order_that_upstream_released_for_a_signal_is_on_the_board_with_its_origin(days: Days) -> None:
    station = days.station()
    put_items(station, Item(code="A", name="bolt"))
    days.pass_rounds(station)
    days.world.put(DocumentKind.ORDER, "O7", order_body(replace(made("O7"), reference="SIG-7")))
    days.world.put(DocumentKind.ORDER, "O8", order_body(made("O8")))
    for name in ("O7", "O8"):
        days.world.move_order(name, "S1")
    days.pass_rounds(station)
    assert exceptions(station) == []
    assert origins(station) == {"O7": "upstream", "O8": "order"}


def test_a_signal_of_one_bay_is_on_the_board_of_the_bay_that_gets_its_order(days: Days) -> None:
    one, other = days.station("S1"), days.station("S2")
    put_items(one, Item(code="A", name="bolt"))
    one.local.write(lambda connection: site.put_orders(connection, [replace(made("K12-1.1"), reference="K12-1.1")]))
    days.pass_rounds(one, other)
    days.world.move_order("K12-1.1", "S2")
    days.pass_rounds(one, other)
    assert origins(other) == {"K12-1.1": "upstream"}
    assert origins(one) == {}
    assert is_rebuilt_alike(other)
