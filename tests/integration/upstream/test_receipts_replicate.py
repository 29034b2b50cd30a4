"""Receipts, lots on hold and their release at a real PostgreSQL: the site's book adds up, and complains of nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from db.envelope import utc_now
from db.records.record import Record
from db.records.stock import Picked, Put
from db.store import Store
from db.sync import checking, memory
from db.sync.bodies import order_body
from db.sync.values import Cursor
from station.core.effects import Receive
from station.flows import receipt, receipt_records
from station.flows.receipt_state import Bay, Receipt, ReceiptBooked, ReceiptStep
from station.held_lots import LotPlace, held_lots, hold, release
from station.receipt_values import Announced, Goods, Wanted
from station.receiving import PUT_AWAY, quarantine_place, receiving_place
from station.runner.receiving import receive
from station.values import Order, OrderKind, OrderLine, OrderState, Place, StockKey, StockStatus
from station.where import where_of
from tests.helpers.replicating import site_stock
from tests.integration.upstream.test_stations_replicate import Bays
from tests.unit.db.made import imported, item, tray

NOW = utc_now()
BAY = Bay(station="S1", now=NOW, quarantine="RED1")
GLUE = replace(item("GLUE"), lot_tracked=True)


@pytest.fixture
def bays(tmp_path: Path, site_url: str) -> Iterator[Bays]:
    made = Bays(tmp_path, site_url)
    yield made
    made.kept.close()


def _line(order: str, quantity: int) -> OrderLine:
    return OrderLine(order=order, line="1", item=GLUE.code, quantity=quantity)


def _book(store: Store, *records: Record) -> ReceiptBooked:
    return receive(store, Receive(records=records, operator="p_1"), station="S1", quarantine="RED1")


def _receive(store: Store, quantity: int, verdict: str, announced: Announced | None = None) -> Goods:
    goods = Goods(item=GLUE, lot="L1", of=announced, quantity=quantity, verdict=verdict, difference="rest_follows")
    assert _book(store, *receipt_records.received(goods, BAY)).code == ""
    return goods


def _put_away(store: Store, key: StockKey, quantity: int, compartment: str) -> None:
    out = Picked(**where_of(receiving_place("S1"), key), quantity=quantity, reason=PUT_AWAY)
    into = Put(**where_of(Place("VLM1", 7, compartment), key, visit=1), quantity=quantity, reason=PUT_AWAY)
    store.append([out, into], operator="p_1").result()


def test_the_site_adds_up_what_came_in_went_out_was_held_and_was_released(bays: Bays, site_url: str) -> None:
    one, other = bays.open("S1"), bays.open("S2")
    one.import_items([GLUE], imported("item")).result()
    one.import_trays([tray(7)], imported("tray")).result()
    to_come = Order(order="R1", kind=OrderKind.RECEIPT, supplier="ACME", reference="PULL-7", lines=(_line("R1", 30),))
    waits = Order(order="O1", kind=OrderKind.PICK, lines=(_line("O1", 4),))
    one.import_orders([to_come, waits], imported("order")).result()
    assert one.order("R1") == to_come
    goods = _receive(one, 20, "release", Announced(to_come, to_come.lines[0]))
    state = Receipt(step=ReceiptStep.PASSING, goods=goods, received_at=NOW - timedelta(seconds=30))
    wanted = Wanted(order=waits, line=waits.lines[0], quantity=4)
    assert _book(one, *receipt_records.passed(state, wanted, BAY, proof="touch")).code == ""
    _receive(one, 5, "hold")
    _receive(one, 3, "reject")
    labels = [each.label for each in tray(7).compartments]
    _put_away(one, goods.key, 10, labels[0])
    places = tuple(LotPlace(each.place, each.key, each.quantity) for each in one.stock() if each.key.status is StockStatus.FREE)
    one.append(hold(places, goods.key, machine="VLM1", reason="defective"), operator="p_1").result()
    (lot,) = held_lots(one.stock(), [GLUE], {})
    assert lot.quantity == 21
    one.append(release(lot, machine="VLM1", reason="tested_good"), operator="p_2").result()
    bays.once(one, "S1")
    bays.once(other, "S2")
    bays.once(other, "S2")  # that the hold and its end have come is written into its document
    free = StockStatus.FREE
    held = {(each.place, each.key.status): each.quantity for each in one.stock()}
    assert held == {
        (receiving_place("S1"), free): 11,
        (Place("VLM1", 7, labels[0]), free): 10,
        (quarantine_place("S1", "RED1"), StockStatus.BLOCKED): 3,
    }
    assert {(each.place, each.key.status): each.quantity for each in other.stock()} == held
    assert sum(site_stock(site_url).values()) == 24
    assert one.stock_matches_log()
    order = other.order("O1")
    assert order is None or order.state is OrderState.CLOSED
    with psycopg.connect(site_url) as connection:
        assert connection.execute("SELECT kind, about FROM sync.exception WHERE resolved_at IS NULL").fetchall() == []
    with closing(bays.connect("S2")) as site:
        there = site.checksums(Cursor(server_epoch=other.ask(memory.cursor).server_epoch, watermark=2**60))
        assert checking.differing(other.ask(checking.own), there) == frozenset()


def test_an_order_for_what_lies_at_a_bay_is_offered_to_that_bay(bays: Bays, put: Callable[..., None]) -> None:
    one, other = bays.open("S1"), bays.open("S2")
    one.import_items([GLUE], imported("item")).result()
    one.import_trays([tray(7)], imported("tray")).result()
    other.import_trays([replace(tray(7), machine="VLM2")], imported("tray")).result()
    _receive(one, 6, "release")
    bays.once(one, "S1")
    bays.once(other, "S2")
    put("order", "O7", order_body(Order(order="O7", kind=OrderKind.PICK, lines=(_line("O7", 4),))))
    for _ in range(2):
        bays.once(other, "S2")
        bays.once(one, "S1")
    assert one.order("O7") is not None
    assert [each.order for each in one.leases()] == ["O7"]
    assert other.leases() == ()
    assert "receiving-S1" not in one.machines()


def test_a_receipt_is_an_order_at_the_site_with_all_that_was_announced(bays: Bays) -> None:
    one, other = bays.open("S1"), bays.open("S2")
    one.import_items([GLUE], imported("item")).result()
    to_come = Order(order="R1", kind=OrderKind.RECEIPT, supplier="ACME", reference="PULL-7", lines=(_line("R1", 30),))
    one.import_orders([to_come], imported("order")).result()
    bays.once(one, "S1")
    bays.once(other, "S2")
    known = [store.order("R1") for store in (one, other)]
    assert [each for each in known if each is not None] != []
    assert {each for each in known if each is not None} == {to_come}


def test_a_walk_through_the_flow_writes_what_the_store_takes(tmp_path: Path) -> None:
    with closing(Store.open(tmp_path, station="S1", ballast_bytes=0)) as store:
        store.import_items([GLUE], imported("item")).result()
        state, _ = receipt.begin(Goods(item=GLUE, lot="L1", told=6), frozenset(), BAY)
        assert state is not None
        assert state.step is ReceiptStep.QUANTITY
        _receive(store, 6, "release")
        assert [each.quantity for each in store.stock()] == [6]
        assert store.stock_matches_log()
        assert store.rebuild().result() > 0
        assert [each.quantity for each in store.stock()] == [6]
