"""What was moved without the station is due until it was counted."""

from __future__ import annotations

import pytest

from db.records.count_due import CountDue, CountPutOff
from db.records.record import Record
from db.rows.stock import StockKey
from db.rows.trays import Place
from db.store import Store

from .made import PLACE, counted, loaded, picked, put


def due(tray: int = 7, why: str = "late_power_cut", machine: str = "VLM1") -> CountDue:
    return CountDue(machine=machine, tray=tray, why=why)


def put_off() -> CountPutOff:
    return CountPutOff(machine="VLM1", tray=7, compartment="C1", visit=1, item="A", reason="put_off_urgent")


def keys(store: Store) -> list[tuple[str, str]]:
    return [(each.place.compartment, each.key.item) for each in store.counts_due("VLM1")]


def test_all_stock_of_the_tray_is_due_and_no_other(store: Store) -> None:
    store.append([put(4), put(1, item="B"), put(2, compartment="C2"), put(9, tray=8), due()]).result()
    assert keys(store) == [("C1", "A"), ("C1", "B"), ("C2", "A")]
    first = store.counts_due("VLM1")[0]
    assert (first.place, first.key, first.why) == (PLACE, StockKey(item="A"), "late_power_cut")
    assert store.counts_due("VLM2") == ()


@pytest.mark.parametrize("answer", [counted(0), counted(4), loaded(3)])
def test_a_count_of_that_stock_answers(store: Store, answer: Record) -> None:
    store.append([put(4), put(1, item="B"), due(), answer]).result()
    assert keys(store) == [("C1", "B")]


@pytest.mark.parametrize("other", [picked(4), put(1), put_off(), counted(4, lot="L"), counted(4, tray=8), counted(1, item="C")])
def test_nothing_else_does(store: Store, other: Record) -> None:
    store.append([put(4), due(), other]).result()
    assert keys(store) == [("C1", "A")]


def test_the_newest_mark_counts_and_what_came_later_is_not_due(store: Store) -> None:
    store.append([put(4), due(), counted(4), put(2, item="B"), due(why="late_network"), put(1, item="C")]).result()
    assert [(each.key.item, each.why) for each in store.counts_due("VLM1")] == [("A", "late_network"), ("B", "late_network")]


def test_a_rebuild_says_the_same(store: Store) -> None:
    store.append([put(4), put(1, item="B"), due(), counted(4), due(8), picked(1, item="B")]).result()
    before = store.projection_digest()
    store.rebuild().result()
    assert store.projection_digest() == before
    assert store.counts_due("VLM1")[0].place == Place("VLM1", 7, "C1")
