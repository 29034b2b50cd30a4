"""What stands on the emergency list."""

from __future__ import annotations

from typing import Any

from station.emergency import MOST_PLACES, open_orders, trays
from station.values import (
    EmergencyFacts,
    Item,
    LineState,
    Order,
    OrderKind,
    OrderLine,
    Outage,
    Place,
    Stock,
    StockKey,
    StockStatus,
)
from tests.helpers.sample import BOLT, HERE, MACHINE, place
from tests.helpers.sample import tray as made_tray
from tests.unit.station.test_emergency_keeper import NOW


def line(name: str = "1", quantity: int = 5, **more: Any) -> OrderLine:
    return OrderLine(order="O1", line=name, item=BOLT.code, quantity=quantity, **more)


def order(*lines: OrderLine, kind: OrderKind = OrderKind.PICK) -> Order:
    return Order(order="O1", kind=kind, lines=lines)


def stock(quantity: int, at: Place = HERE, **key: Any) -> Stock:
    return Stock(place=at, key=StockKey(item=BOLT.code, **key), quantity=quantity)


def facts(*orders: Order, held: tuple[Stock, ...] = (), out: tuple[Outage, ...] = ()) -> EmergencyFacts:
    items: dict[str, Item] = {BOLT.code: BOLT}
    shelf = (made_tray(4, "C7", "C8"), made_tray(9, "A1"))
    return EmergencyFacts(station="S1", orders=orders, stock=held, trays=shelf, outages=out, items=items)


def test_a_pick_names_the_oldest_free_stock_that_is_enough_and_some_more() -> None:
    held = (
        *(stock(3, place(9, f"A{n}"), lot=f"L{n}") for n in range(6)),
        stock(50, status=StockStatus.BLOCKED),
        stock(50, owner="them"),
        stock(-2),
    )
    (found,) = open_orders(facts(order(line()), held=held))
    (asked,) = found.lines
    assert [at.compartment for at, _ in asked.places] == ["A0", "A1", "A2", "A3"]  # two hold the five, two are to spare
    assert asked.more == 2


def test_of_many_small_places_the_rest_is_counted() -> None:
    held = tuple(stock(1, place(9, f"A{n}")) for n in range(30))
    (asked,) = open_orders(facts(order(line(quantity=30)), held=held))[0].lines
    assert (len(asked.places), asked.more) == (MOST_PLACES, 30 - MOST_PLACES)


def test_what_is_done_of_a_line_is_not_asked_again() -> None:
    lines = (line("1", state=LineState.CONFIRMED), line("2", quantity=7, done_quantity=3), line("3", state=LineState.SKIPPED))
    (found,) = open_orders(facts(order(*lines)))
    assert [(each.line, each.quantity) for each in found.lines] == [("2", 4), ("3", 5)]
    assert open_orders(facts(order(line(state=LineState.SHORT)))) == ()


def test_a_lot_that_is_asked_is_the_only_one_named() -> None:
    held = (stock(9, lot="L1"), stock(9, place(9, "A1"), lot="L2"))
    (asked,) = open_orders(facts(order(line(lot="L2")), held=held))[0].lines
    assert [at for at, _ in asked.places] == [place(9, "A1")]


def test_a_place_that_the_order_names_stands_alone_also_when_nothing_is_there() -> None:
    named = order(line(place=place(9, "A1")), kind=OrderKind.COUNT)
    (asked,) = open_orders(facts(named, held=(stock(9),)))[0].lines
    assert (asked.places, asked.quantity) == (((place(9, "A1"), None),), None)


def test_every_tray_stands_there_with_empty_compartments_and_stock_of_unknown_places() -> None:
    out = (Outage(machine=MACHINE, tray=9, reason="damaged", since=NOW),)
    found = trays(facts(held=(stock(9), stock(2, lot="L"), stock(1, place(12, "Z1"))), out=out))
    assert [(each.number, [(label, len(there)) for label, there in each.compartments]) for each in found] == [
        (4, [("C7", 2), ("C8", 0)]),
        (9, [("A1", 0)]),
        (12, [("Z1", 1)]),
    ]
    assert [each.out_of_service for each in found] == ["", "damaged", ""]
