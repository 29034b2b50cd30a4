"""Places without a lift in the store: the same tables, and the visits that a scan begins."""

from __future__ import annotations

from db.projections import fold
from db.records.places import PlaceReached
from db.records.stock import Picked, StockLoaded
from db.rows.trays import Place
from db.store import Store


def reached(visit: int, tray: int = 3) -> PlaceReached:
    return PlaceReached(machine="SHELF1", tray=tray, compartment="C2", visit=visit, how="scan", scanner="hand")


def loaded(quantity: int) -> StockLoaded:
    return StockLoaded(machine="SHELF1", tray=3, compartment="C2", visit=0, item="MOTOR", counted=quantity)


def picked(quantity: int, visit: int) -> Picked:
    return Picked(machine="SHELF1", tray=3, compartment="C2", visit=visit, item="MOTOR", quantity=quantity)


def test_a_scan_begins_a_visit_of_its_section_alone(store: Store) -> None:
    store.append([reached(1)]).result()
    store.append([reached(2), reached(1, tray=4)]).result()
    assert (store.visit_of("SHELF1", 3), store.visit_of("SHELF1", 4), store.visit_of("M1", 3)) == (2, 1, 0)
    store.append([reached(1)]).result()  # told late, of another day
    assert store.visit_of("SHELF1", 3) == 2


def test_stock_there_is_the_same_stock_and_a_rebuild_finds_all_of_it_again(store: Store) -> None:
    store.append([loaded(5), reached(1), picked(2, 1)]).result()
    (stock,) = store.stock_at(Place("SHELF1", 3, "C2"))
    assert stock.quantity == 3
    before = store.ask(fold.digest)
    store.rebuild().result()
    assert store.ask(fold.digest) == before
    assert store.visit_of("SHELF1", 3) == 1
    assert store.ask(fold.stock_matches_log)


def test_nobody_has_custody_of_a_section(store: Store) -> None:
    store.append([reached(1)]).result()
    assert store.elsewhere("SHELF1", "SH1-1") == ()
    assert not store.bay("SHELF1", "SH1-1").is_known
