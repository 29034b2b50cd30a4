"""Kits: imported from a file, taken apart when an order asks for one, and told to the host as whole kits, once."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest

from db.kit_parts import MAX_DEPTH, KitError, parts_of
from db.records.files import Imported
from db.records.orders import LineClosed, OrderCancelled
from db.store import Store
from db.sync import documents
from db.sync.values import Document, DocumentKind
from station.imports.run import import_file
from station.order_acts import Act, OrderAct, OrderActError, carry_out
from station.results import Results
from station.values import Component, Item, KitPart, Place, Stock, StockKey

ITEMS = (
    Item(code="KIT", name="Door kit"),
    Item(code="SUB", name="Lock set"),
    Item(code="BOLT", name="Bolt"),
    Item(code="NUT", name="Nut"),
    Item(code="WIRE", name="Wire", unit="m", decimals=2),
)
KITS = "kit,component,quantity\nKIT,BOLT,4\nKIT,WIRE,1.25\nKIT,SUB,2\nSUB,NUT,3\nSUB,BOLT,1\n"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "store", station="S1", ballast_bytes=0)
    opened.import_items(ITEMS, Imported(what="item", file="x", sha256="", rows=1, rejected=0)).result(5)
    yield opened
    opened.close()


def taken_in(store: Store, tmp_path: Path, name: str, text: str) -> tuple[tuple[int, str, str], ...]:
    """Import such a file; what was wrong with it, as line, field and reason."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return tuple((each.line, each.field, each.reason) for each in import_file(path, store).errors)


def lines_of(store: Store, order: str) -> list[tuple[str, str, int]]:
    found = store.order(order)
    return [] if found is None else [(each.line, each.item, each.quantity) for each in found.lines]


def result_rows(store: Store, tmp_path: Path) -> list[dict[str, str]]:
    results = Results(store=store, directory=tmp_path / "results", station="S1")
    rows: list[dict[str, str]] = []
    for each in results.export():
        with each.path.open(newline="", encoding="utf-8") as file:
            rows += csv.DictReader(file)
    return rows


def closed(store: Store, *lines: tuple[str, str, int, int, str], order: str = "O1") -> None:
    for line, outcome, asked, done, reason in lines:
        record = LineClosed(order=order, line=line, outcome=outcome, asked=asked, done_quantity=done, reason=reason)
        store.append([record], operator="p_7").result(5)


def ordered(store: Store, tmp_path: Path, quantity: int = 2, more: str = "") -> None:
    assert taken_in(store, tmp_path, "kits.csv", KITS) == ()
    head = "order,kind,line,item,quantity,host_key" + (",kit_stock" if more else "")
    rows = f"O1,pick,10,KIT,{quantity},SO-9/1{more}\nO1,pick,20,BOLT,1,SO-9/2{',' if more else ''}\n"
    assert taken_in(store, tmp_path, "orders.csv", f"{head}\n{rows}") == ()


# --- what a kit is made of


def test_nested_kits_come_to_exact_sums() -> None:
    made = {"K": (Component("S", 3), Component("W", 125)), "S": (Component("W", 5), Component("N", 2))}
    assert parts_of("K", lambda code: made.get(code, ())) == (Component("W", 140), Component("N", 6))
    assert parts_of("W", lambda code: made.get(code, ())) == ()


def test_a_kit_in_itself_and_one_too_deep_are_refused_with_the_way_there() -> None:
    circle = {"A": (Component("B", 1),), "B": (Component("A", 1),)}
    with pytest.raises(KitError) as caught:
        parts_of("A", lambda code: circle.get(code, ()))
    assert (caught.value.code, caught.value.path) == ("kit_cycle", ("A", "B", "A"))
    chain = {f"K{depth}": (Component(f"K{depth + 1}", 1),) for depth in range(MAX_DEPTH + 1)}
    assert parts_of("K1", lambda code: chain.get(code, ())) == (Component(f"K{MAX_DEPTH + 1}", 1),)
    with pytest.raises(KitError, match="kit_too_deep"):
        parts_of("K0", lambda code: chain.get(code, ()))


def test_a_kit_file_comes_in_and_an_item_file_leaves_it_as_it_is(store: Store, tmp_path: Path) -> None:
    assert taken_in(store, tmp_path, "kits.csv", KITS) == ()
    kit = (Component("BOLT", 4), Component("WIRE", 125), Component("SUB", 2))
    assert [each.components for each in store.items_named(["KIT"])] == [kit]
    assert taken_in(store, tmp_path, "items.csv", "item,name\nKIT,Door kit new\n") == ()
    found = store.item("KIT")
    assert found is not None
    assert (found.name, found.components) == ("Door kit new", kit)


def test_json_says_the_same(store: Store, tmp_path: Path) -> None:
    text = '[{"kit": "SUB", "lines": [{"component": "WIRE", "quantity": 0.05}, {"component": "NUT", "quantity": 3}]}]'
    assert taken_in(store, tmp_path, "kits.json", text) == ()
    found = store.item("SUB")
    assert found is not None
    assert found.components == (Component("WIRE", 5), Component("NUT", 3))


@pytest.mark.parametrize(
    ("rows", "errors"),
    [
        ("KIT,BOLT,4\nKIT,GONE,1\n", {(3, "component", "unknown_item"), (2, "kit", "kit_not_whole")}),
        ("KIT,BOLT,0\n", {(2, "quantity", "out_of_range")}),
        ("KIT,BOLT,0.5\n", {(2, "quantity", "too_many_decimals")}),
        ("WIRE,BOLT,1\n", {(2, "kit", "not_allowed")}),
        ("KIT,BOLT,1\nKIT,BOLT,2\n", {(3, "component", "duplicate"), (2, "kit", "kit_not_whole")}),
        ("KIT,SUB,1\nSUB,KIT,1\n", {(2, "component", "kit_cycle"), (3, "component", "kit_cycle")}),
        ("KIT,KIT,1\n", {(2, "component", "kit_cycle")}),
    ],
)
def test_what_is_wrong_with_a_kit_is_said_and_none_of_it_goes_in(
    store: Store, tmp_path: Path, rows: str, errors: set[tuple[int, str, str]]
) -> None:
    assert set(taken_in(store, tmp_path, "kits.csv", f"kit,component,quantity\n{rows}")) == errors
    assert all(not each.components for each in store.items())


def test_a_circle_that_only_the_store_closes_is_refused_when_it_is_written(store: Store, tmp_path: Path) -> None:
    assert taken_in(store, tmp_path, "kits.csv", "kit,component,quantity\nSUB,KIT,1\n") == ()
    assert taken_in(store, tmp_path, "kits.csv", "kit,component,quantity\nKIT,SUB,1\n") == ((2, "component", "kit_cycle"),)
    told = Imported(what="kit", file="x", sha256="", rows=1, rejected=0)
    late = Item(code="KIT", name="Door kit", components=(Component("SUB", 1),))  # another file came between looking and writing
    refused: Future[tuple[str, ...]] = store.import_kits([late], told)
    assert refused.result(5) == ("KIT",)
    found = store.item("KIT")
    assert found is not None
    assert found.components == ()


def test_it_travels_to_other_stations_with_its_item(store: Store, tmp_path: Path) -> None:
    assert taken_in(store, tmp_path, "kits.csv", KITS) == ()
    (sent,) = [each for each in store.ask(lambda reader: documents.dirty(reader, None, 50)) if each.key == "KIT"]
    other = Store.open(tmp_path / "other", station="S2", ballast_bytes=0)
    try:
        came = Document(kind=DocumentKind.ITEM, key="KIT", version=7, body=sent.body)
        assert other.sync(lambda connection: documents.apply(connection, came, pictures=None)).result(5) == ""
        assert other.item("KIT") == store.item("KIT")
    finally:
        other.close()


# --- an order that asks for kits


def test_an_order_line_becomes_its_parts_with_exact_quantities(store: Store, tmp_path: Path) -> None:
    ordered(store, tmp_path)
    assert lines_of(store, "O1") == [("10.1", "BOLT", 12), ("10.2", "WIRE", 250), ("10.3", "NUT", 12), ("20", "BOLT", 1)]
    order = store.order("O1")
    assert order is not None
    assert order.lines[1].kit == KitPart("KIT", "10", 2, 125)
    assert {each.host_key for each in order.lines[:3]} == {"SO-9/1"}


def test_what_the_kit_is_made_of_later_changes_no_order_and_the_same_line_again_replaces_its_parts(
    store: Store, tmp_path: Path
) -> None:
    ordered(store, tmp_path)
    taken_in(store, tmp_path, "kits.csv", "kit,component,quantity\nKIT,NUT,1\n")
    assert len(lines_of(store, "O1")) == 4
    assert taken_in(store, tmp_path, "orders.csv", "order,kind,line,item,quantity\nO1,pick,10,KIT,5\n") == ()
    assert lines_of(store, "O1") == [("10.1", "NUT", 5), ("20", "BOLT", 1)]


@pytest.mark.parametrize("row", ["O2,pick,10,KIT,1,L1", "O2,pick,10,KIT,1,"])
def test_a_lot_of_a_kit_is_refused(store: Store, tmp_path: Path, row: str) -> None:
    taken_in(store, tmp_path, "kits.csv", KITS)
    errors = taken_in(store, tmp_path, "orders.csv", f"order,kind,line,item,quantity,lot\n{row}\n")
    assert errors == (((2, "lot", "not_allowed"),) if row.endswith("L1") else ())


def test_a_part_has_no_name_that_a_line_has(store: Store, tmp_path: Path) -> None:
    taken_in(store, tmp_path, "kits.csv", KITS)
    text = "order,kind,line,item,quantity\nO2,pick,10.1,BOLT,1\nO2,pick,10,KIT,1\n"
    assert taken_in(store, tmp_path, "orders.csv", text) == ((3, "line", "duplicate"),)


def test_ready_made_kits_go_first_where_the_line_says_so(store: Store, tmp_path: Path) -> None:
    lying = Stock(place=Place("M", 1, "A1"), key=StockKey(item="KIT"), quantity=3)
    store.import_stock([lying], Imported(what="stock", file="x", sha256="", rows=1, rejected=0)).result(5)
    ordered(store, tmp_path, 5, ",true")
    assert lines_of(store, "O1")[:3] == [("10.0", "KIT", 3), ("10.1", "BOLT", 12), ("10.2", "WIRE", 250)]
    closed(store, ("10.0", "short", 3, 2, "damaged"), ("10.1", "confirmed", 12, 12, ""), ("10.2", "confirmed", 250, 250, ""))
    closed(store, ("10.3", "confirmed", 12, 12, ""))
    (row,) = result_rows(store, tmp_path)
    assert (row["kind"], row["quantity"], row["asked"], row["reason"]) == ("short", "4", "5", "KIT=1 damaged")


# --- what the host hears


def test_whole_kits_are_told_once_when_the_last_part_has_ended(store: Store, tmp_path: Path) -> None:
    ordered(store, tmp_path)
    closed(store, ("10.1", "confirmed", 12, 12, ""), ("10.2", "confirmed", 250, 250, ""))
    assert result_rows(store, tmp_path) == []
    closed(store, ("10.3", "confirmed", 12, 12, ""), ("20", "confirmed", 1, 1, ""))
    kit, bolt = result_rows(store, tmp_path)
    assert (kit["line"], kit["item"], kit["host_key"], kit["kind"]) == ("10", "KIT", "SO-9/1", "confirmed")
    assert (kit["quantity"], kit["asked"], kit["reason"], kit["person"]) == ("2", "2", "", "p_7")
    assert (bolt["line"], bolt["quantity"]) == ("20", "1")
    assert result_rows(store, tmp_path) == []


def test_the_part_of_which_least_is_there_says_how_many_and_each_short_is_named(store: Store, tmp_path: Path) -> None:
    ordered(store, tmp_path)
    closed(
        store, ("10.1", "short", 12, 11, "not_there"), ("10.2", "short", 250, 124, "damaged"), ("10.3", "confirmed", 12, 12, "")
    )
    (row,) = result_rows(store, tmp_path)
    assert (row["kind"], row["quantity"], row["reason"]) == ("short", "0", "BOLT=1 not_there|WIRE=1.26 damaged")


def test_a_cancelled_kit_is_cancelled(store: Store, tmp_path: Path) -> None:
    ordered(store, tmp_path)
    ends = tuple((line, "cancelled", quantity, 0, "host") for line, _, quantity in lines_of(store, "O1")[:3])
    closed(store, *ends)
    store.append([OrderCancelled(order="O1", reason="host")]).result(5)
    (row,) = result_rows(store, tmp_path)
    assert (row["kind"], row["quantity"], row["line"]) == ("cancelled", "0", "10")


# --- split: the parts of a kit stay together, and the host hears of its own order


def test_a_kit_that_was_split_off_is_told_under_the_order_that_the_host_knows(store: Store, tmp_path: Path) -> None:
    ordered(store, tmp_path)
    with pytest.raises(OrderActError, match="kit_whole"):
        carry_out(store, OrderAct(act=Act.SPLIT, order="O1", reason="why", lines=("10.1",)))
    done = carry_out(store, OrderAct(act=Act.SPLIT, order="O1", reason="why", lines=("10.1", "10.2", "10.3"), operator="p_1"))
    assert done.made == "O1/2"
    assert result_rows(store, tmp_path) == []
    parts = (("10.1", "confirmed", 12, 12, ""), ("10.2", "confirmed", 250, 250, ""), ("10.3", "confirmed", 12, 12, ""))
    closed(store, *parts, order="O1/2")
    (row,) = result_rows(store, tmp_path)
    assert (row["order"], row["line"], row["host_key"], row["quantity"]) == ("O1", "10", "SO-9/1", "2")


def test_a_split_survives_a_rebuild_and_the_next_one_takes_another_name(store: Store, tmp_path: Path) -> None:
    ordered(store, tmp_path)
    carry_out(store, OrderAct(act=Act.SPLIT, order="O1", reason="why", lines=("20",)))
    before = store.projection_digest()
    store.rebuild().result(5)
    assert store.projection_digest() == before
    assert [each.order for each in store.open_orders()] == ["O1", "O1/2"]
    assert store.verify().is_ok
    dirty = {each.key for each in store.ask(lambda reader: documents.dirty(reader, None, 50)) if each.kind is DocumentKind.ORDER}
    assert "O1/2" in dirty
