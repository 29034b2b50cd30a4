"""What is changed at a bay is marked in the transaction that changes it, and what the log says to whom."""

from __future__ import annotations

import json

import pytest

from db.chain import verify
from db.errors import StoreError
from db.records.orders import OrderStarted
from db.records.program import Retold
from db.rows.people import Person, Role
from db.store import Store
from db.verifier import Link

from .made import imported, item, loaded, order, picked, put, tray

ADA = Person(person="p_1", name="Ada", role=Role.OPERATOR)


def _dirty(store: Store) -> list[tuple[str, str]]:
    query = "SELECT kind, key FROM site_document WHERE is_dirty = 1 ORDER BY kind, key"
    return store.ask(lambda connection: [(row[0], row[1]) for row in connection.exec_driver_sql(query)])


def _clean(store: Store) -> None:
    store.sync(lambda connection: connection.exec_driver_sql("UPDATE site_document SET is_dirty = 0").rowcount).result()


def test_what_is_imported_or_administered_here_is_to_be_told(store: Store) -> None:
    store.import_items([item("A", picture="a.svg")], imported("item")).result()
    store.import_trays([tray(7)], imported("tray")).result()
    store.import_orders([order("O1")], imported("order")).result()
    store.add_person(ADA, badge_digest="d", verifier="v", pepper_id="k").result()
    assert _dirty(store) == [("item", "A"), ("order", "O1"), ("person", "p_1"), ("picture", "a.svg"), ("tray", "VLM1/7")]


@pytest.mark.parametrize("change", ["disable_person", "erase_name", "reset_pin"])
def test_every_change_of_a_person_is_to_be_told(store: Store, change: str) -> None:
    store.add_person(ADA, badge_digest="d", verifier="v", pepper_id="k").result()
    _clean(store)
    values = ("p_1", "v2", "k") if change == "reset_pin" else ("p_1",)
    getattr(store, change)(*values).result()
    assert _dirty(store) == [("person", "p_1")]


def test_what_was_refused_is_not_told(store: Store) -> None:
    store.import_items([item("A")], imported("item")).result()
    store.append([put(1)]).result()
    _clean(store)
    store.import_items([item("A", decimals=2)], imported("item")).result()
    assert _dirty(store) == []


def test_the_failure_counter_of_a_pin_is_the_stations_own(store: Store) -> None:
    store.add_person(ADA, badge_digest="d", verifier="v", pepper_id="k").result()
    _clean(store)
    store.store_failures("p_1", failures=3, not_before=None, is_locked=False).result()
    assert _dirty(store) == []


def test_loaded_stock_carries_the_highest_visit_of_its_tray(store: Store) -> None:
    rows = store.append([loaded(1), put(1, visit=1), loaded(2)]).result()
    assert [json.loads(row.body)["data"]["visit"] for row in rows] == [0, 1, 0]
    store.sync(lambda connection: connection.exec_driver_sql("INSERT INTO now_tray VALUES ('VLM1', 7, 9)").rowcount).result()
    (row,) = store.append([loaded(3)]).result()
    assert json.loads(row.body)["data"]["visit"] == 9


def test_events_of_a_leased_order_carry_its_fence_and_others_none(store: Store) -> None:
    lease = "INSERT INTO site_lease VALUES ('O1', 41, '2026-11-26T06:00:00.000000+00:00', 'held', 1)"
    store.sync(lambda connection: connection.exec_driver_sql(lease).rowcount).result()
    rows = store.append([OrderStarted(order="O1"), picked(1, order="O1", line="1"), OrderStarted(order="O2"), picked(1)]).result()
    assert [json.loads(row.body).get("fence") for row in rows] == [41, 41, None, None]


def test_an_own_event_told_again_counts_once(store: Store) -> None:
    (row,) = store.append([put(5)]).result()
    store.append([Retold(epoch=row.epoch, seq=row.seq, hash=row.hash, body=row.body)]).result()
    assert store.stock()[0].quantity == 5
    assert store.stock_matches_log()


def test_an_event_that_only_the_site_had_counts_here_too_and_after_a_rebuild(store: Store) -> None:
    body = {"kind": "put", "at": "2026-11-26T06:00:00.000000+00:00", "data": {**_put_data(), "quantity": 4}}
    store.append([Retold(epoch="older", seq=3, hash="ab" * 32, body=json.dumps(body))]).result()
    assert (store.stock()[0].quantity, store.visit_of("VLM1", 7)) == (4, 6)
    before = store.projection_digest()
    store.rebuild().result()
    assert store.projection_digest() == before
    assert store.stock_matches_log()


def _put_data() -> dict[str, object]:
    place: dict[str, object] = {"machine": "VLM1", "tray": 7, "compartment": "C1", "visit": 6}
    return place | {"item": "A", "lot": "", "serial": "", "owner": "own", "status": "free", "order": "", "line": ""}


def test_the_own_tail_is_taken_back_only_where_it_continues_the_log(store: Store) -> None:
    (row,) = store.append([put(5)]).result()
    link = Link(row.station, row.epoch, row.seq, row.id, row.body, row.prev, row.hash)
    refused = store.sync(lambda connection: store.event_log.take_back(connection, [link])).exception()
    assert isinstance(refused, StoreError)
    assert refused.code == "D405"
    store.append([put(1)]).result()
    assert verify(store.events()).is_ok


def test_whoever_waits_for_events_is_told_after_their_commit_and_of_nothing_else(store: Store) -> None:
    heads: list[int] = []
    store.tell_commits(lambda: heads.append(store.head()[1]))
    store.append([put(1)]).result()
    store.sync(lambda connection: None).result()
    store.append([put(1)]).result()
    store.tell_commits(None)
    store.append([put(1)]).result()
    store.sync(lambda connection: None).result()
    assert heads == [2, 3]
