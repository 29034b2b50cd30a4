"""Two real stores at a real PostgreSQL: what one bay does, the other knows."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from random import Random

import psycopg
import pytest

from db.backup import restore
from db.envelope import utc_now
from db.records.orders import OrderClosed, OrderStarted
from db.store import Store
from db.sync import checking, memory
from db.sync.bodies import order_body
from db.sync.engine import Engine, Options
from db.sync.local import StoreLocal
from db.sync.once import run_once
from db.sync.site import Site
from db.sync.status import SyncState
from db.sync.values import Cursor, Document, DocumentKind
from db.upstream.enrol import enrol
from db.upstream.postgres_site import open_site
from tests.unit.db.made import closed, imported, item, order, picked, put, tray


class Bays:
    """Stores by station, and their connections."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder, self.url = folder, url
        self.kept = ExitStack()

    def open(self, name: str) -> Store:
        folder = self.folder / name
        return self.kept.enter_context(closing(Store.open(folder, station=name, ballast_bytes=0)))

    def connect(self, name: str) -> Site:
        given = enrol(self.url, name)
        return open_site(given.url, role=given.role, secret=given.secret)

    def once(self, store: Store, name: str) -> None:
        status = run_once(store, lambda: self.connect(name))
        assert (status.state, status.depth, status.dirty) == (SyncState.ONLINE, 0, 0), status


@pytest.fixture
def bays(tmp_path: Path, site_url: str) -> Iterator[Bays]:
    made = Bays(tmp_path, site_url)
    yield made
    made.kept.close()


def test_what_one_bay_imports_and_books_the_other_knows(bays: Bays) -> None:
    one, other = bays.open("S1"), bays.open("S2")
    one.import_items([item("A"), item("B", picture="")], imported("item")).result()
    one.import_trays([tray(7)], imported("tray")).result()
    one.append([put(9, visit=1), picked(2, visit=1)]).result()
    one.import_orders([order("O1")], imported("order")).result()
    bays.once(one, "S1")
    bays.once(other, "S2")
    assert other.items() == one.items()
    assert other.trays("VLM1") == one.trays("VLM1")
    assert [(each.quantity, each.held) for each in other.stock()] == [(7, 6)]
    assert other.orders() == ()
    assert other.visit_of("VLM1", 7) == 1
    with closing(bays.connect("S2")) as site:
        there = site.checksums(Cursor(server_epoch=other.ask(memory.cursor).server_epoch, watermark=2**60))
        assert {each.kind for each in there} >= {"item", "tray", "stock"}
        assert checking.differing(other.ask(checking.own), there) == frozenset()


def test_a_fresh_station_claims_its_first_orders_without_waiting_for_a_heartbeat(bays: Bays) -> None:
    one, fresh = bays.open("S1"), bays.open("S2")
    one.import_items([item("A")], imported("item")).result()
    one.import_trays([tray(7)], imported("tray")).result()
    one.append([put(9, visit=1)]).result()
    bays.once(one, "S1")
    with closing(bays.connect("S1")) as site:
        other = Document(kind=DocumentKind.ORDER, key="O1", version=0, body=order_body(order("O1", lines=1)))
        site.publish([other])
    with psycopg.connect(bays.url) as host:
        host.execute("SELECT sync.move_order('O1', NULL, 'on offer')")
    engine = Engine(
        StoreLocal(fresh),
        lambda: bays.connect("S2"),
        clock=utc_now,
        monotonic=lambda: 0.0,  # no time passes
        random=Random(1),
        options=Options(),
    )
    with closing(engine):
        for _ in range(2):
            engine.round()
    assert [each.order for each in fresh.orders()] == ["O1"]


def test_an_order_that_is_done_is_not_taken_for_a_difference(bays: Bays) -> None:
    """The hourly comparison, in the middle of a shift: some orders are done, others are still to do."""
    store = bays.open("S1")
    store.import_items([item("A")], imported("item")).result()
    store.import_orders([order("O1"), order("O2")], imported("order")).result()
    bays.once(store, "S1")
    store.append([OrderStarted(order="O1"), closed("1", 3), closed("2", 3), OrderClosed(order="O1")], operator="p_1").result()
    bays.once(store, "S1")
    bays.once(store, "S1")  # the end of its lease has come down
    with closing(bays.connect("S1")) as site:
        there = site.checksums(Cursor(server_epoch=store.ask(memory.cursor).server_epoch, watermark=2**60))
    assert [each.rows for each in there if each.kind == "order"] == [1]
    assert checking.differing(store.ask(checking.own), there) == frozenset()


def test_a_restored_store_learns_from_the_site_what_its_copy_lacks(bays: Bays) -> None:
    folder = bays.folder / "S1"
    store = Store.open(folder, station="S1", ballast_bytes=0)
    store.append([put(9)]).result()
    copy = store.backup(bays.folder / "copy.db").result()
    store.append([picked(2)]).result()
    bays.once(store, "S1")
    store.close()
    restore(folder, copy, station="S1")
    again = bays.open("S1")
    bays.once(again, "S1")
    assert [each.quantity for each in again.stock()] == [7]
    assert again.stock_matches_log()


def test_a_backlog_goes_up_and_is_whole(bays: Bays, site_url: str) -> None:
    store = bays.open("S1")
    for _ in range(4):
        store.append([put(1)] * 600).result()
    local = StoreLocal(store)
    engine = Engine(
        local,
        lambda: bays.connect("S1"),
        clock=utc_now,
        monotonic=time.monotonic,
        random=Random(1),
        options=Options(),
    )
    with closing(engine):
        for _ in range(5):
            engine.round()
            engine.wake()
    with psycopg.connect(site_url) as owner:
        assert owner.execute("SELECT count(*) FROM sync.event").fetchone() == (2401,)
        assert owner.execute("SELECT problem FROM sync.verify()").fetchall() == [("",)]
    assert [each.quantity for each in store.stock()] == [2400]
