"""The search for items: by number, name, other code and the host's key, the nearest first."""

from __future__ import annotations

import pytest

from db.records.orders import LineClosed
from db.rows.orders import Order, OrderKind, OrderLine
from db.rows.trays import Place
from db.store import Store
from tests.unit.db.made import imported, item, loaded, stock


@pytest.fixture
def shop(store: Store) -> Store:
    items = [
        item("M8-40", barcodes=("4006381333931",)),
        item("M8-40-A2"),
        item("XM8"),
        item("WASHER", barcodes=("M8-40W",)),
        item("100%_PURE"),
        item("P1", picture="p1.svg"),
        item("P0", picture="p0.svg"),
    ]
    store.import_items(items, imported("items")).result()
    line = OrderLine(order="O1", line="1", item="XM8", quantity=3, host_key="SAP-77-10")
    store.import_orders([Order(order="O1", kind=OrderKind.PICK, lines=(line,))], imported("orders")).result()
    return store


def codes(shop: Store, text: str, most: int = 40) -> list[str]:
    return [each.item.code for each in shop.search(text, most)]


def test_the_number_itself_comes_first_then_what_begins_so_then_any_part(shop: Store) -> None:
    assert codes(shop, "m8-40") == ["M8-40", "M8-40-A2", "WASHER"]
    assert codes(shop, "M8") == ["M8-40", "M8-40-A2", "WASHER", "XM8"]
    assert codes(shop, "M8", most=2) == ["M8-40", "M8-40-A2"]


def test_a_name_an_alias_and_the_hosts_key_find_it(shop: Store) -> None:
    assert codes(shop, "item washer") == ["WASHER"]
    assert codes(shop, "4006381333931") == ["M8-40"]
    assert codes(shop, "SAP-77") == ["XM8"]
    assert codes(shop, "77-10") == []  # the host's keys are asked from their beginning


@pytest.mark.parametrize("text", ["", "   ", "NOTHING", "M8 NOTHING"])
def test_what_is_nowhere_finds_nothing(shop: Store, text: str) -> None:
    assert codes(shop, text) == []


@pytest.mark.parametrize(("text", "found"), [("100%", ["100%_PURE"]), ("%", ["100%_PURE"]), ("_", ["100%_PURE"]), ("!", [])])
def test_signs_of_the_database_are_letters_like_others(shop: Store, text: str, found: list[str]) -> None:
    assert codes(shop, text) == found


def test_every_place_comes_with_the_item(shop: Store) -> None:
    shop.append([loaded(5, item="XM8"), loaded(2, item="XM8", tray=8, lot="L1")]).result()
    (found,) = shop.search("XM8", 5)
    assert [(each.place, each.key.lot, each.quantity) for each in found.stock] == [
        (Place("VLM1", 7, "C1"), "", 5),
        (Place("VLM1", 8, "C1"), "L1", 2),
    ]
    assert stock(5, "XM8").quantity == 5


def test_an_open_count_order_makes_its_item_blind(shop: Store) -> None:
    line = OrderLine(order="C1", line="1", item="XM8", quantity=0)
    shop.import_orders([Order(order="C1", kind=OrderKind.COUNT, lines=(line,))], imported("orders")).result()
    assert shop.search("XM8", 5)[0].is_counted
    assert not shop.search("WASHER", 5)[0].is_counted
    shop.append([LineClosed(order="C1", line="1", outcome="confirmed", asked=0, done_quantity=4)]).result()
    assert not shop.search("XM8", 5)[0].is_counted


def test_pictures_come_by_name_a_page_at_a_time(shop: Store) -> None:
    assert shop.pictures() == 2
    assert [each.item.code for each in shop.pictured(0, 1)] == ["P0"]
    assert [each.item.code for each in shop.pictured(1, 5)] == ["P1"]
