"""What a supervisor sees of the storage: empty and hardly used compartments, where an item fits, goods that are in the way."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.store import Store
from station.settings import Settings
from station.storage.away import away_from
from station.storage.desk import UNDER_USED_PERCENT, desk_of
from station.storage.shop import Shop
from station.values import Item
from tests.unit.db.made import imported, item, loaded, tray
from tests.unit.station.storage.test_proposals import at, shop
from ui.bootstrap.storage_desk import StorageProcess

NOW = datetime(2026, 3, 3, tzinfo=UTC)
PIECE = {"width_mm": 10, "depth_mm": 10, "height_mm": 10}  # of a compartment of 100 x 200 x 100 mm


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store.open(tmp_path, station="S1", ballast_bytes=0)) as opened:
        yield opened


def measured(quantity: int) -> Shop:
    """x on tray 1, with the sizes that tell how full its compartment is; z is asked for, and in the same orders as x."""
    plain = shop({"x": "1A", "z": "3A"}, ["x", "xz"], quantity=quantity)
    items = {code: Item(code=code, name=code, **PIECE) for code in ("x", "z")}
    trays = {number: replace(each, max_height_mm=100) for number, each in plain.trays.items()}
    return replace(plain, items=items, trays=trays)


def test_empty_and_hardly_used_compartments_are_counted_and_named() -> None:
    found = desk_of(measured(quantity=300), now=NOW)
    assert (found.compartments, found.empty, found.under_used) == (6, 4, 2)
    little = [each for each in found.spare if each.item]
    assert {(each.place, each.fill_percent) for each in little} == {(at(1, "A"), 15), (at(3, "A"), 15)}
    assert [each.place.tray for each in found.spare if not each.item] == [1, 2, 2, 3]  # the nearest first
    assert desk_of(measured(quantity=20 * UNDER_USED_PERCENT + 100), now=NOW).under_used == 0


def test_what_is_not_measured_is_not_said_to_be_hardly_used() -> None:
    assert desk_of(shop({"x": "1A"}, ["x"]), now=NOW).under_used == 0


def test_the_seconds_that_are_saved_are_those_of_the_proposals_and_each_has_its_records() -> None:
    found = desk_of(measured(quantity=10), now=NOW)
    saved = sum(each.proposal.saved_s_a_day for each in found.nearer if each.proposal.kind != "second_home")
    assert found.lift_s_a_day - found.after_s_a_day == saved > 0
    first = found.nearer[0]
    assert [each.quantity for each in first.records] == [each.quantity for each in first.proposal.moves]
    assert first.proposal.moves[0].item in found.items


def test_an_item_fits_where_it_is_small_enough_and_the_smallest_place_comes_first() -> None:
    plain = measured(quantity=10)
    wide = Item(code="w", name="w", width_mm=150, depth_mm=90, height_mm=20)
    high = Item(code="h", name="h", height_mm=101)
    here = replace(plain, items={**plain.items, "w": wide, "h": high})
    fits = desk_of(here, now=NOW, item="w").fits
    assert fits is not None
    assert (len(fits.places), dict(fits.not_fit)) == (4, {})
    fits = desk_of(here, now=NOW, item="h").fits
    assert fits is not None
    assert (fits.places, dict(fits.not_fit)) == ((), {"unfit_height": 4})
    assert desk_of(here, now=NOW, item="nothing").fits is None


def test_goods_in_the_way_go_to_the_smallest_empty_compartment_of_another_tray_and_no_move_is_planned_twice(store: Store) -> None:
    small = tray(9, labels=("C1",))
    large = replace(small, number=8, compartments=(replace(small.compartments[0], width_mm=300),))
    store.import_trays([tray(7), large, small], imported("tray")).result()
    store.import_items([item("A")], imported("item")).result()
    store.append([loaded(5, tray=7, compartment="C1"), loaded(2, tray=7, compartment="C2")]).result()
    moves, without = away_from(store, "VLM1", 7, ("C1", "C2"))
    assert [(each.compartment, each.quantity, each.to_tray) for each in moves] == [("C1", 5, 9), ("C2", 2, 8)]
    assert without == 0
    store.append(moves[:1]).result()
    again, without = away_from(store, "VLM1", 7, ("C1", "C2"))
    assert [(each.compartment, each.to_tray) for each in again] == [("C2", 8)]
    store.append([loaded(1, tray=8, compartment="C1")]).result()
    assert away_from(store, "VLM1", 7, ("C2",)) == ((), 1)


def test_how_full_and_heavy_trays_are_is_one_question(store: Store) -> None:
    store.import_trays([tray(7), tray(8, labels=("C1", "C2", "C3"))], imported("tray")).result()
    store.import_items([item("A", weight_g=20), item("B", unit="m", decimals=2, weight_g=100)], imported("item")).result()
    store.append([loaded(5, item="A", compartment="C1"), loaded(150, item="B", compartment="C1")]).result()
    assert [(each.number, each.cells, each.used, each.weight_g) for each in store.tray_use("VLM1")] == [
        (7, 2, 1, 250),
        (8, 3, 0, 0),
    ]


def test_another_process_finds_where_goods_in_the_way_can_go(tmp_path: Path) -> None:
    with closing(Store.open(tmp_path, station="S1", ballast_bytes=0)) as store:
        store.import_trays([tray(7), tray(8)], imported("tray")).result()
        store.import_items([item("A")], imported("item")).result()
        store.append([loaded(5, tray=7, compartment="C1")]).result()
        process = StorageProcess(tmp_path, Settings())
        moves, without = process.away("VLM1", 7, ("C1",))
    assert [(each.compartment, each.to_tray, each.to_compartment) for each in moves] == [("C1", 8, "C1")]
    assert without == 0
    process.stop()
    with pytest.raises(OSError, match="ends"):
        process.make("")
