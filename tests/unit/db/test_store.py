from __future__ import annotations

import json
import os
import pickle
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from db.doctor import examine
from db.engine import writer_engine
from db.errors import Kind, StoreError
from db.records.orders import OrderStarted, ScanRefused
from db.records.program import StationStarted, StationStopped
from db.rows.stock import Stock, StockKey
from db.rows.trays import Place
from db.store import Store

from .conftest import StepClock
from .made import closed, imported, order, picked, put


def test_an_event_carries_its_envelope(store: Store) -> None:
    (row,) = store.append([put(5)], operator="p_1", role="operator").result()
    body = json.loads(row.body)
    assert set(body) == {
        *("v", "id", "station", "epoch", "seq", "kind", "at", "tz", "boot", "mono_us", "operator", "role", "app", "data")
    }
    assert (body["station"], body["seq"], body["operator"], body["role"]) == ("S1", 2, "p_1", "operator")
    assert body["at"].endswith("+00:00")
    assert body["data"]["quantity"] == 5
    assert store.events(newest_first=True, limit=1) == (row,)


def test_the_chain_goes_on_after_reopening(tmp_path: Path, clock: StepClock) -> None:
    first = Store.open(tmp_path, station="S1", clock=clock, ballast_bytes=0)
    (before,) = first.append([put(1)]).result()
    first.close()
    again = Store.open(tmp_path, station="S1", clock=clock, ballast_bytes=0)
    (after,) = again.append([put(1)]).result()
    report = again.verify()
    again.close()
    assert (after.epoch, after.seq, after.prev) == (before.epoch, before.seq + 1, before.hash)
    assert after.id > before.id
    assert report.is_ok


@pytest.mark.parametrize(
    "statement", ["UPDATE event SET body = body", "DELETE FROM event", "REPLACE INTO event SELECT {} FROM event"]
)
def test_an_event_is_never_changed_or_deleted(store: Store, tmp_path: Path, statement: str) -> None:
    columns = "n, station, epoch, seq, id, body, prev, hash"
    text = statement.format(columns).replace("INTO event", f"INTO event ({columns})")
    engine = writer_engine(tmp_path / "store.db")
    with pytest.raises(DBAPIError, match="never"), engine.begin() as connection:
        connection.exec_driver_sql(text)
    engine.dispose()
    assert len(store.events()) == 1


def test_a_body_that_names_another_event_is_refused_by_the_table(store: Store, tmp_path: Path) -> None:
    engine = writer_engine(tmp_path / "store.db")
    with pytest.raises(DBAPIError, match="ck_event_body"), engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO event (station, epoch, seq, id, body, prev, hash)"
            " SELECT station, epoch, 2, 'x', body, prev, hash FROM event"
        )
    engine.dispose()


def test_a_tampered_body_is_found_at_the_next_start(tmp_path: Path) -> None:
    store = Store.open(tmp_path, station="S1", ballast_bytes=0)
    store.append([put(1)]).result()
    store.close()
    engine = writer_engine(tmp_path / "store.db")
    with engine.begin() as connection:
        trigger = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = 'event_is_never_changed'").scalar_one()
        connection.exec_driver_sql("DROP TRIGGER event_is_never_changed")
        connection.exec_driver_sql("""UPDATE event SET body = replace(body, '"quantity":1', '"quantity":2') WHERE seq = 2""")
        connection.exec_driver_sql(trigger)
    engine.dispose()
    with pytest.raises(StoreError, match="D405 event 2"):
        Store.open(tmp_path, station="S1", ballast_bytes=0)


def test_a_second_opener_is_told_who_has_the_store(store: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=f"D406 .* process {os.getpid()}"):
        Store.open(tmp_path, station="S1")


def test_the_store_of_another_station_is_refused(tmp_path: Path) -> None:
    Store.open(tmp_path, station="S1", ballast_bytes=0).close()
    with pytest.raises(StoreError, match="D408"):
        Store.open(tmp_path, station="S2", ballast_bytes=0)
    Store.open(tmp_path, station="S1", ballast_bytes=0).close()  # the refusal gave the lock back


def test_a_damaged_file_is_named_as_such(tmp_path: Path) -> None:
    Store.open(tmp_path, station="S1", ballast_bytes=0).close()
    (tmp_path / "store.db").write_bytes(b"this is no database" * 1000)
    with pytest.raises(StoreError, match="D403"):
        Store.open(tmp_path, station="S1", ballast_bytes=0)


@pytest.mark.parametrize(
    "left", ["store.db.part", "replaced-20261124T070001Z/store.db", "replaced-20261124T070001Z.part/store.db"]
)
def test_no_empty_store_is_made_where_a_restore_was_cut_off(tmp_path: Path, left: str) -> None:
    (tmp_path / left).parent.mkdir(exist_ok=True)
    (tmp_path / left).touch()
    name = left.split("/")[0]
    with pytest.raises(StoreError, match=f"D412 .*store.db is missing, and there is {name}"):
        Store.open(tmp_path, station="S1", ballast_bytes=0)
    assert not (tmp_path / "store.db").exists()
    (found,) = [each for each in examine(tmp_path) if each.check == "restore"]
    assert (found.is_ok, found.value, found.code) == (False, name, "D412")


def test_a_reader_reads_beside_the_station_and_after_it(tmp_path: Path) -> None:
    store = Store.open(tmp_path, station="S1", ballast_bytes=0)
    reader = Store.open_reader(tmp_path, "S1")
    store.append([put(4)]).result()
    assert reader.head() == store.head()
    store.close()
    assert reader.stock()[0].quantity == 4
    reader.close()
    later = Store.open_reader(tmp_path)
    assert later.head()[1] == 2
    later.close()


def test_records_of_one_append_are_written_together_or_not_at_all(store: Store) -> None:
    head = store.head()
    failed = store.append([put(1), ScanRefused(order="", line="", scanned="\ud800", expected="")])
    error = failed.exception()
    assert isinstance(error, StoreError)
    assert error.kind is Kind.BUG
    assert (store.head(), store.stock()) == (head, ())
    store.append([put(1)]).result()
    assert store.verify().is_ok


def test_a_request_that_fails_takes_no_other_of_its_group_along(store: Store) -> None:
    bad = ScanRefused(order="", line="", scanned="\ud800", expected="")
    futures = [store.append([put(1), bad] if n == 50 else [put(1)]) for n in range(100)]
    failures = [n for n, future in enumerate(futures) if future.exception() is not None]
    assert failures == [50]
    assert store.stock()[0].quantity == 99
    assert (store.verify().is_ok, store.verify().events) == (True, 100)


def test_a_closed_store_refuses_to_write(tmp_path: Path) -> None:
    store = Store.open(tmp_path, station="S1", ballast_bytes=0)
    accepted = store.append([put(1)])
    store.close()
    assert accepted.result()
    assert isinstance(store.append([put(1)]).exception(), StoreError)


def test_a_run_that_did_not_say_stopped_was_not_clean(store: Store) -> None:
    assert store.was_clean()
    store.append([StationStarted(sqlite="3", was_clean=True)]).result()
    assert not store.was_clean()
    store.append([StationStopped(why="asked")]).result()
    assert store.was_clean()


def test_rebuild_gives_the_same_bytes(store: Store) -> None:
    store.import_orders([order()], imported("order")).result()
    store.append([put(9), picked(3, order="O1", line="1"), closed("1", 3), picked(6)]).result()
    before = store.projection_digest()
    store._writer.submit(lambda connection: connection.exec_driver_sql("DELETE FROM now_line").rowcount).result()
    assert store.projection_digest() != before
    assert store.rebuild().result() == len(store.events())
    assert store.projection_digest() == before
    assert store.stock_matches_log()


def test_stock_that_was_changed_behind_the_log_is_found(store: Store) -> None:
    store.append([put(9)]).result()
    assert store.stock_matches_log()
    store._writer.submit(lambda connection: connection.exec_driver_sql("UPDATE now_stock SET quantity = 8").rowcount).result()
    assert not store.stock_matches_log()


def test_events_are_selected_by_kind_tray_order_and_place_in_the_log(store: Store) -> None:
    store.append([put(1), put(1, tray=8), picked(1, order="O1", line="1")]).result()
    assert [row.seq for row in store.events(kinds=("put",))] == [2, 3]
    assert [row.seq for row in store.events(tray=8)] == [3]
    assert [row.seq for row in store.events(order="O1")] == [4]
    assert [row.seq for row in store.events(after_seq=2)] == [3, 4]
    assert [row.seq for row in store.events(before_seq=3, newest_first=True)] == [2, 1]
    assert [row.seq for row in store.events_of_tray("VLM1", 7, before_seq=4, limit=5)] == [2]
    assert store.events_of_tray("VLM2", 7) == ()


def test_a_serial_that_came_into_stock_meanwhile_is_not_put_and_nothing_of_the_booking_is_written(store: Store) -> None:
    there = Stock(place=Place("VLM1", 3, "C2"), key=StockKey(item="A", serial="S2"), quantity=1)
    store.import_stock([there], imported("stock")).result()
    before = store.events()
    refused = store.append([put(1, serial="S1"), put(1, serial="S2")]).exception()
    assert isinstance(refused, StoreError)
    assert (refused.code, refused.about) == ("D413", "S2")
    assert "S2" not in str(refused)
    assert pickle.loads(pickle.dumps(refused)).about == "S2"
    assert store.events() == before
    store.append([put(1, serial="S1"), put(1, item="B", serial="S2")]).result()
    store.append([picked(1, serial="S1")]).result()
    store.append([put(1, serial="S1")]).result()


def test_a_start_is_of_the_order_as_it_was_planned_or_refused(store: Store) -> None:
    store.import_orders([order()], imported("order")).result()
    planned = store.order("O1")
    assert planned is not None
    store.import_orders([replace(planned, lines=planned.lines[:1])], imported("order")).result()
    refused = store.append([OrderStarted(order="O1")], planned=[planned]).exception()
    assert isinstance(refused, StoreError)
    assert (refused.code, refused.message) == ("D411", "changed meanwhile: O1")
    planned = store.order("O1")
    assert planned is not None
    store.import_orders([replace(planned, priority=1, host_key="H1")], imported("order")).result()
    store.append([OrderStarted(order="O1")], planned=[planned]).result()
    store.append([OrderStarted(order="O1")], planned=[planned]).result()
