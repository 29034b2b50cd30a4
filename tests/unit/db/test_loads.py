"""Loads in the store: where they lie now comes from the record alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from db.errors import StoreError
from db.projections import fold
from db.records.files import Imported
from db.records.loads import LoadMissed, LoadPut, LoadTaken
from db.rows.trays import Compartment, Place, Tray
from db.store import Store

TAKE_AT = datetime(2026, 3, 3, 14, 0, tzinfo=UTC)


def put(load: str, tray: int = 4, compartment: str = "C7", take_at: str = "") -> LoadPut:
    return LoadPut(
        machine="VLM1",
        tray=tray,
        compartment=compartment,
        visit=1,
        load=load,
        production_order="FA-1",
        operation="20",
        consumer="Line 3",
        take_at=take_at,
    )


def gone(load: str) -> LoadTaken:
    return LoadTaken(machine="VLM1", tray=4, compartment="C7", visit=2, load=load)


def test_what_is_to_be_taken_first_comes_first_and_what_was_taken_is_gone(store: Store) -> None:
    store.append([put("LD-1"), put("LD-2", 5, take_at=TAKE_AT.isoformat(timespec="microseconds")), put("LD-3", 6)]).result()
    assert [each.load for each in store.loads("VLM1")] == ["LD-2", "LD-1", "LD-3"]
    assert [each.take_at for each in store.loads()] == [TAKE_AT, None, None]
    missed = LoadMissed(machine="VLM1", tray=6, compartment="C7", visit=2, load="LD-3", reason="load_not_there")
    store.append([gone("LD-1"), missed]).result()
    assert [each.load for each in store.loads()] == ["LD-2"]
    assert store.loads("VLM2") == ()
    assert store.stock() == ()


def test_a_load_that_is_put_again_is_where_it_was_put_last(store: Store) -> None:
    store.append([put("LD-1"), put("LD-1", 9, "A1")]).result()
    found = store.load("LD-1")
    assert found is not None
    assert found.place == Place("VLM1", 9, "A1")


def test_a_rebuild_finds_the_same_loads(store: Store) -> None:
    store.append([put("LD-1"), put("LD-2"), gone("LD-1")]).result()
    before = store.ask(fold.digest)
    store.rebuild().result()
    assert store.ask(fold.digest) == before
    assert [each.load for each in store.loads()] == ["LD-2"]


def test_a_tray_keeps_a_compartment_that_holds_a_load(store: Store) -> None:
    cells = [Compartment(label=label, x_mm=0, y_mm=y, width_mm=100, depth_mm=100) for label, y in (("C7", 0), ("C8", 200))]
    tray = Tray(machine="VLM1", number=4, width_mm=1000, depth_mm=800, compartments=tuple(cells))
    without = Tray(machine="VLM1", number=4, width_mm=1000, depth_mm=800, compartments=(cells[1],))
    said = Imported(what="tray", file="t.csv", sha256="0" * 64, rows=1, rejected=0)
    assert store.import_trays([tray], said).result() == ()
    store.append([put("LD-1")]).result()
    assert store.import_trays([without], said).result() == ("VLM1/4",)


def test_a_ceiling_is_looked_at_in_the_transaction_of_the_booking(store: Store) -> None:
    store.append([put("LD-1")]).result()
    for refused in (replace(put("LD-2", 5), ceiling=1), replace(put("LD-2", 5), ceiling=0)):
        with pytest.raises(StoreError, match="O475"):
            store.append([refused]).result()
    again = replace(put("LD-1", 6), ceiling=1)
    over = replace(put("LD-3", 7), ceiling=1, over_ceiling=True)
    other = replace(put("LD-4", 8), consumer="Line 4", ceiling=1)
    store.append([again, over, other]).result()
    assert {each.load for each in store.loads()} == {"LD-1", "LD-3", "LD-4"}
