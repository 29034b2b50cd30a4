"""The stock as a host reads it: once a day, at one moment of the log, by item, lot and owner."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from db.records.stock import Put
from db.store import Store
from station.hosts.folder import Folder
from station.hosts.snapshot import rows_of, snapshot
from station.hosts.stock_out import STOCK_WRITERS, StockOut
from station.values import Item, LineState, Order, OrderKind, OrderLine, Place, Stock, StockKey

HERE = {"machine": "M1", "tray": 1, "compartment": "A1", "visit": 1}
BOLT = Item(code="BOLT", name="Bolt")


def out(folder: Folder, store: Store, now: datetime) -> StockOut:
    more = replace(folder, stock_at="02:30")
    return StockOut(folder=more, store=store, station="S1", write=STOCK_WRITERS["csv"], suffix=".csv", utc=lambda: now)


def local(hour: int, minute: int) -> datetime:
    return datetime(2026, 5, 4, hour, minute).astimezone().astimezone(UTC)


def test_it_is_written_once_a_day_when_it_is_time(folder: Folder, store: Store, tmp_path: Path) -> None:
    store.append([Put(**HERE, item="PAINT", quantity=125, lot="L1", reason="found")]).result(5)
    assert out(folder, store, local(2, 29)).deliver() is None
    path = out(folder, store, local(2, 30)).deliver()
    assert path is not None
    with path.open(newline="", encoding="utf-8") as file:
        (row,) = csv.DictReader(file)
    (event,) = store.events(kinds=("stock_told",))
    assert (row["item"], row["lot"], row["owner"], row["quantity"]) == ("PAINT", "L1", "own", "1.25")
    assert row["seq"] == str(event.seq - 1) == str(json.loads(event.body)["data"]["through_seq"])
    path.unlink()
    assert out(folder, store, local(9, 0)).deliver() is None, "the host has fetched it"
    assert out(folder, store, local(2, 30) + timedelta(days=1)).deliver() is not None


def test_open_lines_are_what_comes_and_goes() -> None:
    def order(kind: OrderKind, *lines: OrderLine) -> Order:
        return Order(order="O", kind=kind, lines=lines)

    def line(quantity: int, done: int = 0, state: LineState = LineState.OPEN) -> OrderLine:
        return OrderLine(order="O", line="1", item="BOLT", quantity=quantity, done_quantity=done, state=state)

    stock = [Stock(place=Place("M1", 1, label), key=StockKey(item="BOLT"), quantity=5) for label in ("A1", "A2")]
    orders = [
        order(OrderKind.PICK, line(9, 2), line(4, 4, LineState.CONFIRMED)),
        order(OrderKind.PUT, line(3)),
        order(OrderKind.RECEIPT, line(20)),
        order(OrderKind.COUNT, line(0)),
    ]
    (row,) = rows_of({"BOLT": BOLT}, stock, orders)
    assert (row.quantity, row.coming, row.going) == (10, 23, 7)


def test_what_is_booked_while_it_is_read_is_in_it_or_after_its_cut_off(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    real, booked = store.stock, []

    def stock_and_book() -> tuple[Stock, ...]:
        found = real()
        if not booked:
            booked.append(store.append([Put(**HERE, item="BOLT", quantity=7, reason="found")]).result(5))
        return found

    monkeypatch.setattr(Store, "stock", lambda self: stock_and_book())
    found = snapshot(store, "S1", datetime(2026, 5, 4, tzinfo=UTC))
    assert [(each.key, each.quantity) for each in found.rows] == [(("BOLT", "", "own"), 7)]
    assert found.seq == store.head()[1]
