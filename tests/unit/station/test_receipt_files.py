"""Receipts from files and results to the host; labels and habits, for which goods at the bay are no work at a tray."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from db.records.receipts import LotHeld, LotReleased, Received
from db.records.stock import Picked, Put
from db.store import Store
from station.flows import receipt_records
from station.flows.receipt_state import Bay
from station.imports.report import ImportReport
from station.imports.run import import_file
from station.print_settings import PrinterSettings
from station.printing.rules import PrintRules
from station.receipt_values import Announced, Goods
from station.receiving import PUT_AWAY, receiving_place
from station.results import Results
from station.values import Inspect, Item, Order, OrderKind, OrderState, Place, StockKey
from station.where import where_of
from tests.helpers.fake_store import NOON

ITEMS = "item,name,inspect\nBOLT,Bolt,\nGLUE,Glue,condition\n"
HEAD = "order,kind,supplier,reference,supplier_inspect,line,item,quantity,lot,inspect\n"
BAY = Bay(station="S1", now=NOON)
Take = Callable[[str, str], ImportReport]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "store", station="S1", ballast_bytes=0)
    yield opened
    opened.close()


@pytest.fixture
def take(tmp_path: Path, store: Store) -> Take:
    def taken(name: str, content: str) -> ImportReport:
        path = tmp_path / name
        path.write_text(content)
        return import_file(path, store)

    assert taken("items.csv", ITEMS).rejected == 0
    return taken


def the_receipt(store: Store) -> Order:
    found = store.order("PO-1")
    assert found is not None
    return found


def test_a_receipt_goes_in_with_supplier_reference_and_how_its_goods_are_looked_at(take: Take, store: Store) -> None:
    rows = "PO-1,receipt,Brandt,PULL-7,quantity,10,BOLT,40,,\nPO-1,receipt,Brandt,PULL-7,quantity,20,GLUE,6,L1,condition\n"
    assert take("orders.csv", HEAD + rows).rejected == 0
    order = the_receipt(store)
    assert (order.kind, order.supplier, order.reference) == (OrderKind.RECEIPT, "Brandt", "PULL-7")
    assert (order.inspect, [each.inspect for each in order.lines]) == (Inspect.QUANTITY, [Inspect.NONE, Inspect.CONDITION])
    glue = store.item("GLUE")
    assert glue is not None
    assert glue.inspect is Inspect.CONDITION


@pytest.mark.parametrize(
    ("columns", "row", "field", "reason"),
    [
        ("supplier", "O1,pick,1,BOLT,4,Brandt", "supplier", "not_allowed"),
        ("reference", "O1,put,1,BOLT,4,PULL-7", "reference", "not_allowed"),
        ("inspect", "O1,pick,1,BOLT,4,quantity", "inspect", "not_allowed"),
        ("inspect", "O1,receipt,1,BOLT,4,weigh", "inspect", "not_allowed"),
        ("sequence,rank", "O1,receipt,1,BOLT,4,L7,1", "sequence", "not_allowed"),
        ("express", "O1,receipt,1,BOLT,4,yes", "express", "not_allowed"),
        ("lot", "O1,receipt,1,BOLT,0,", "quantity", "out_of_range"),
    ],
)
def test_what_a_receipt_cannot_say_is_refused(take: Take, columns: str, row: str, field: str, reason: str) -> None:
    report = take("orders.csv", f"order,kind,line,item,quantity,{columns}\n{row}\n")
    assert [(each.field, each.reason) for each in report.errors] == [(field, reason)]


def test_the_host_hears_of_a_receipt_by_its_line_and_of_no_movement(take: Take, store: Store, tmp_path: Path) -> None:
    take("orders.csv", HEAD + "PO-1,receipt,Brandt,PULL-7,,10,BOLT,40,,\n")
    order = the_receipt(store)
    goods = Goods(item=_item(store), of=Announced(order, order.lines[0]), quantity=30, difference="delivered_short")
    store.append(receipt_records.received(goods, BAY)).result()
    held = Goods(item=_item(store), quantity=5, verdict="hold", reason="goods_damaged")
    rejected = Goods(item=_item(store), quantity=2, verdict="reject", reason="goods_wrong")
    for each in (held, rejected):
        store.append(receipt_records.received(each, BAY)).result()
    store.append(_away(30)).result()
    lot = {"machine": "M1", "item": "BOLT", "lot": "L1", "quantity": 30, "places": 1}
    store.append([LotHeld(**lot, reason="defective"), LotReleased(**lot, reason="tested_good")]).result()
    (file,) = Results(store=store, directory=tmp_path / "results", station="S1").export()
    with file.path.open(newline="", encoding="utf-8") as content:
        rows = [(row["kind"], row["order"], row["quantity"], row["reason"]) for row in csv.DictReader(content)]
    assert rows == [
        ("short", "PO-1", "30", "delivered_short"),
        ("put", "", "5", "receipt"),
        ("held", "", "5", "goods_damaged"),
        ("rejected", "", "2", "goods_wrong"),
        ("lot_held", "", "30", "defective"),
        ("lot_released", "", "30", "tested_good"),
    ]
    assert the_receipt(store).state is OrderState.CLOSED


def test_a_label_is_printed_where_goods_go_into_a_compartment_and_not_at_the_bay() -> None:
    rules = PrintRules((PrinterSettings(name="P1", receipt="item", tray_end="tray"),), job=lambda: "j")
    came = Put(**where_of(receiving_place("S1"), StockKey(item="BOLT")), quantity=30)
    assert rules.follow([came]) == ()
    assert [(each.label, each.of_tray) for each in rules.follow(_away(30))] == [("item", 7)]
    turned = [Put(**where_of(Place("M1", 9, "C1"), StockKey(item="BOLT")), quantity=3, reason="lot_held")]
    assert rules.follow(turned) == ()


def test_goods_that_are_only_put_away_are_not_used_often(store: Store, take: Take) -> None:
    goods = Goods(item=_item(store), quantity=30)
    store.append(receipt_records.received(goods, BAY)).result()
    store.append(_away(30)).result()
    assert store.picks_of("BOLT") == 0
    store.append([Picked(**where_of(Place("M1", 7, "C1"), StockKey(item="BOLT"), visit=1), quantity=1)]).result()
    assert store.picks_of("BOLT") == 1
    assert store.stock_matches_log()


def test_the_record_says_where_the_goods_lie(store: Store, take: Take) -> None:
    told = [each for each in receipt_records.received(Goods(item=_item(store), quantity=3), BAY) if isinstance(each, Received)]
    assert [(each.place, each.verdict, each.expected) for each in told] == [("BAY", "release", 0)]


def _item(store: Store) -> Item:
    found = store.item("BOLT")
    assert found is not None
    return found


def _away(quantity: int) -> list[Picked | Put]:
    key = StockKey(item="BOLT")
    out = Picked(**where_of(receiving_place("S1"), key), quantity=quantity, reason=PUT_AWAY)
    return [out, Put(**where_of(Place("M1", 7, "C1"), key, visit=1), quantity=quantity, reason=PUT_AWAY)]
