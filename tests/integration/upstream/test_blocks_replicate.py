"""A block at one bay and a defect found there hold the goods at the other bay within a second, over a real PostgreSQL."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from db.records.blocks import StockBlocked
from db.records.receipts import LotHeld, Received
from db.store import Store
from db.sync import checking, memory
from db.sync.thread import SyncThread
from db.sync.values import Cursor
from db.upstream.enrol import enrol
from db.upstream.hints import open_hints
from db.upstream.postgres_site import open_site
from station.held_lots import held_lots, lifted, release
from tests.integration.upstream.test_stations_replicate import Bays
from tests.unit.db.made import imported, item

GENEROUS_S = 60.0
GLUE = replace(item("GLUE"), lot_tracked=True)
RECALL = StockBlocked(item="GLUE", lot="L1", reason="recall")
DEFECT = LotHeld(machine="VLM1", item="GLUE", lot="L2", quantity=3, reason="defective", places=1)


@pytest.fixture
def bays(tmp_path: Path, site_url: str) -> Iterator[Bays]:
    made = Bays(tmp_path, site_url)
    yield made
    made.kept.close()


def held(store: Store) -> set[tuple[str, str]]:
    return {(each.lot, each.reason) for each in store.lot_holds()}


def missing(store: Store) -> list[tuple[str, ...]]:
    return [each.missing for each in store.lot_holds()]


def test_a_block_and_a_defect_come_to_the_other_bay_and_are_lifted_from_there(bays: Bays, site_url: str) -> None:
    one, other = bays.open("S1"), bays.open("S2")
    one.import_items([GLUE], imported("item")).result()
    enrol(site_url, "S3")  # never heard: an island
    enrol(site_url, "S2", replaces=True)
    one.append([RECALL, DEFECT], operator="p_1").result()
    bays.once(one, "S1")
    assert missing(one) == [("S2", "S3")] * 2
    bays.once(other, "S2")
    assert held(other) == held(one) == {("L1", "recall"), ("L2", "defective")}
    bays.once(other, "S2")
    bays.once(one, "S1")
    assert missing(one) == [("S3",)] * 2
    with psycopg.connect(site_url) as connection:
        assert connection.execute("SELECT DISTINCT station, not_reached FROM site.block").fetchall() == [("S1", ["S3"])]
        assert connection.execute("SELECT kind FROM sync.exception WHERE resolved_at IS NULL").fetchall() == []
    (recalled, defect) = other.lot_holds()
    other.append([lifted(recalled, why="held_by_mistake")], operator="p_2").result()
    lots = held_lots((), [GLUE], {}, [defect])
    other.append(release(lots[0], machine="VLM1", reason="tested_good"), operator="p_2").result()
    assert held(other) == set()
    bays.once(other, "S2")
    bays.once(one, "S1")
    assert held(one) == set()
    assert {each.is_lifted for each in one.lot_holds(with_lifted=True)} == {True}
    one.append([RECALL], operator="p_1").result()
    assert len(one.lot_holds()) == 1
    for store in (one, other):
        digest = store.projection_digest()
        store.rebuild().result()
        assert store.projection_digest() == digest
    bays.once(one, "S1")
    with closing(bays.connect("S1")) as site:
        there = site.checksums(Cursor(server_epoch=one.ask(memory.cursor).server_epoch, watermark=2**60))
    assert "block" in {each.kind for each in there}
    assert checking.differing(one.ask(checking.own), there) == frozenset()


def _running(bays: Bays, store: Store, name: str, kept: ExitStack) -> None:
    given = enrol(bays.url, name)
    login = {"role": given.role, "secret": given.secret}
    thread = SyncThread(store, connect=lambda: open_site(given.url, **login), listen=lambda: open_hints(given.url, **login))
    thread.start()
    kept.callback(thread.stop, GENEROUS_S)


def _wait(is_so: Callable[[], bool]) -> float:
    """How long it took."""
    begun, gate = time.monotonic(), threading.Event()
    while not is_so() and time.monotonic() - begun < GENEROUS_S:
        gate.wait(0.005)
    assert is_so()
    return time.monotonic() - begun


def test_a_block_holds_at_a_running_bay_within_a_second(bays: Bays, record_property: Callable[[str, object], None]) -> None:
    one, other = bays.open("S1"), bays.open("S2")
    took: list[float] = []
    with ExitStack() as kept:
        _running(bays, one, "S1", kept)
        _running(bays, other, "S2", kept)
        one.append([StockBlocked(item="FIRST", reason="recall")]).result()
        _wait(lambda: missing(one) == [()])  # both are connected and listen, and what begins a connection is over
        for number in range(5):
            one.append([StockBlocked(item="GLUE", lot=f"L{number}", reason="recall")], operator="p_1").result()
            took.append(_wait(lambda: len(held(other)) == number + 2))  # noqa: B023
        _wait(lambda: missing(one) == [()] * 6)
    record_property("took_s", took)
    assert min(took) <= 1.0  # the best of five: the computer may be busy with something else


def test_a_station_learns_what_the_others_received_from_a_supplier(bays: Bays, site_url: str) -> None:
    one, other = bays.open("S1"), bays.open("S2")
    other.append(
        [Received(item="GLUE", lot="L5", supplier="Acme", quantity=4), Received(item="NUT", supplier="B", quantity=1)]
    ).result()
    bays.once(one, "S1")
    bays.once(other, "S2")
    given = enrol(site_url, "S1", replaces=True)
    with closing(open_site(given.url, role=given.role, secret=given.secret)) as site:
        assert site.supplied("ACME") == (("GLUE", "L5"),)
        assert site.supplied("NOBODY") == ()
