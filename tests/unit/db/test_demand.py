"""Demand as the record has it: what was asked by need-by day, and nothing that was not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from db.records.orders import LineClosed
from db.records.record import Record
from db.records.taken import Returned
from db.rows.demand import AskedDay, StockChange
from db.rows.orders import Order, OrderKind, OrderLine
from db.store import Store
from tests.unit.db.made import counted, imported, item, order, picked, put, stock, tray

TODAY = datetime.now(UTC)
FIRST = TODAY.date() - timedelta(days=29)
NEED = TODAY - timedelta(days=3)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store.open(tmp_path, station="S1", ballast_bytes=0)) as opened:
        opened.import_items([item("A"), item("B")], imported("item")).result()
        opened.import_trays([tray(7)], imported("tray")).result()
        opened.import_stock([stock(100)], imported("stock")).result()
        yield opened


def ask(store: Store, *orders: Order) -> None:
    store.import_orders(list(orders), imported("order")).result()


def asked(store: Store) -> dict[tuple[str, date], int]:
    found = store.demand(first=FIRST, days=30)
    return {(each.item, each.day): each.quantity for each in found.asked}


def append(store: Store, *records: Record) -> None:
    store.append(records).result()


def closed(outcome: str, done: int, **more: Any) -> LineClosed:
    return LineClosed(**{"order": "O1", "line": "1", "outcome": outcome, "asked": 3, "done_quantity": done} | more)


def test_what_was_asked_counts_on_the_day_it_was_needed(store: Store) -> None:
    ask(store, order("O1", need_by=NEED), order("O2", lines=1, need_by=NEED + timedelta(days=1)))
    assert asked(store) == {("A", NEED.date()): 6, ("A", NEED.date() + timedelta(days=1)): 3}


def test_a_short_line_asked_for_all_of_it_and_a_cancelled_one_for_nothing(store: Store) -> None:
    ask(store, order("O1", need_by=NEED))
    append(store, closed("short", 1, reason="empty"), closed("cancelled", 0, line="2", reason="host"))
    assert asked(store) == {("A", NEED.date()): 3}


def test_puts_counts_and_receipts_are_no_demand(store: Store) -> None:
    line = OrderLine(order="P", line="1", item="A", quantity=9)
    for kind in (OrderKind.PUT, OrderKind.COUNT, OrderKind.RECEIPT):
        name = kind.value
        made = OrderLine(order=name, line="1", item=line.item, quantity=9)
        ask(store, Order(order=name, kind=kind, need_by=NEED, lines=(made,)))
    assert asked(store) == {}


def test_what_comes_back_is_taken_off_the_day_it_was_for(store: Store) -> None:
    ask(store, order("O1", lines=1, need_by=NEED))
    where: dict[str, Any] = {"machine": "VLM1", "tray": 7, "compartment": "C1", "visit": 1, "item": "A"}
    append(store, closed("confirmed", 3), Returned(**where, quantity=2, of_order="O1", of_line="1"), put(5))
    assert asked(store) == {("A", NEED.date()): 1}


def test_an_order_without_a_need_by_time_counts_when_it_was_done(store: Store) -> None:
    ask(store, order("O1", lines=2))
    assert store.demand(first=FIRST, days=30).undated == 2
    append(store, closed("confirmed", 3))
    found = store.demand(first=FIRST, days=30)
    assert found.asked == (AskedDay("A", TODAY.date(), 3),)
    assert found.undated == 1


def test_days_without_an_event_are_known(store: Store) -> None:
    assert store.demand(first=FIRST, days=30).in_service == {29}
    assert store.demand(first=FIRST - timedelta(days=99), days=30).in_service == frozenset()
    assert store.demand(first=FIRST + timedelta(days=50), days=3).in_service == frozenset()


def test_the_newest_counts(store: Store) -> None:
    append(store, counted(98), counted(98))
    assert store.counts_lately(9) == ((98, 98), (100, 98))
    assert store.counts_lately(1) == ((98, 98),)


def test_the_changes_of_free_stock_by_day(store: Store) -> None:
    append(store, picked(30), put(10), counted(75), put(5, status="blocked"))
    assert store.stock_changes(days=9, today=TODAY.date()) == (StockChange("A", TODAY.date(), -25, True),)
