"""What a label says of a quantity, in the unit of the item: pieces are never grams."""

from __future__ import annotations

import pytest

from station.scan_label import label_of, quantity_of
from station.values import Item
from tests.helpers.receipts import accept, at_receipts, received, scan
from tests.helpers.sample import WIRE
from tests.helpers.world import World
from tests.unit.station.core.test_labels import automotive

GTIN = "09520123456788"


def said(text: str, unit: str, decimals: int = 3) -> int | None:
    return quantity_of(label_of(text), Item(code="X", name="", unit=unit, decimals=decimals))


@pytest.mark.parametrize("unit", ["g", "mg", "t", "m2", "m3", "cm", "ml", "kg", "m", "l", "box", "roll"])
@pytest.mark.parametrize("text", [f"(01){GTIN}(30)12", automotive("PX", "Q5.5"), automotive("PX", "Q12", "3QPCE")])
def test_a_number_of_pieces_is_no_quantity_of_an_item_in_another_unit(text: str, unit: str) -> None:
    assert said(text, unit) is None


@pytest.mark.parametrize("unit", ["", "pcs", "Pcs", "pc", "ea", "St.", "Stück", "pz", "pièces", "uds", "C62"])
def test_an_item_in_pieces_takes_a_number_of_pieces(unit: str) -> None:
    assert said(f"(01){GTIN}(30)12", unit, 0) == 12
    assert said(automotive("PX", "Q12"), unit, 0) == 12


MEASURED = [
    (automotive("PX", "7Q5.5KG"), "kg", 3, 5500),
    (automotive("PX", "7Q5.5KG"), "g", 0, 5500),
    (automotive("PX", "Q5.5", "3QKGM"), "kg", 1, 55),
    (automotive("PX", "Q5.5", "3QMTR"), "m", 3, 5500),
    (automotive("PX", "Q5.5", "3QM"), "cm", 0, 550),
    (automotive("PX", "7Q250G"), "kg", 3, 250),
    (automotive("PX", "7Q12ST"), "pcs", 0, 12),
    (automotive("PX", "Q12", "3QST"), "Stück", 0, 12),
    (automotive("PX", "7Q2.5MTK"), "m²", 2, 250),
    (automotive("PX", "7Q1MTQ"), "l", 0, 1000),
    (automotive("PX", "7Q700ML"), "l", 1, 7),
    (f"]C101{GTIN}3103001950", "g", 0, 1950),
    (f"]C101{GTIN}3111000025", "cm", 0, 250),
    (f"]C101{GTIN}3142000250", "m2", 2, 250),
    (f"]C101{GTIN}3153000750", "ml", 0, 750),
    (f"]C101{GTIN}3162000250", "m3", 2, 250),
    (f"]C101{GTIN}3160000002", "l", 0, 2000),
    (f"]C101{GTIN}3202000250", "lb", 2, 250),
]


@pytest.mark.parametrize(("text", "unit", "decimals", "quantity"), MEASURED)
def test_a_measure_is_turned_into_the_unit_of_the_item(text: str, unit: str, decimals: int, quantity: int) -> None:
    assert said(text, unit, decimals) == quantity


NOTHING = [
    (automotive("PX", "7Q5.5KG"), "m", 3),
    (automotive("PX", "7Q5.5KG"), "pcs", 0),
    (automotive("PX", "7Q5.5KG"), "lb", 3),
    (automotive("PX", "7Q5.55KG"), "kg", 1),  # finer than it is counted
    (automotive("PX", "7Q5XYZ"), "pcs", 0),  # a unit that nobody knows is no piece
    (automotive("PX", "Q12", "3QBX"), "pcs", 0),
    (f"]C101{GTIN}31030019503150000002", "t", 3),
    (f"]C101{GTIN}31530007503160000002", "l", 3),  # two volumes
    (f"]C101{GTIN}3303001950", "kg", 3),  # the gross weight is not what lies in the tray
]


@pytest.mark.parametrize(("text", "unit", "decimals"), NOTHING)
def test_what_does_not_fit_the_items_unit_says_nothing(text: str, unit: str, decimals: int) -> None:
    assert said(text, unit, decimals) is None


def test_a_receipt_takes_the_measure_of_the_label() -> None:
    world = World()
    world.store.orders, world.store.items[WIRE.code] = {}, WIRE
    at_receipts(world)
    scan(world, automotive(f"P{WIRE.code}", "7Q5.5MTR"))
    accept(world)
    assert [(each.item, each.quantity) for each in received(world)] == [(WIRE.code, 5500)]
