from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from db import site, sqlite
from db.errors import StoreError
from db.records.orders import OrderStarted
from db.rows.items import Item, Pack, ProofRule, RoundRule
from db.rows.orders import OrderLine
from db.rows.people import Person, Role, StationTries
from db.store import Store

from .made import imported, item, order, picked, put, stock, tray

FULL = Item(
    code="A",
    name="Bolt",
    unit="m",
    decimals=2,
    packs=(Pack("reel", 5000), Pack("box", 100)),
    barcodes=("111", "222"),
    picture="a.svg",
    proof=ProofRule.SCAN,
    rounding=RoundRule.FULL_PACK,
    lot_tracked=True,
    serial_tracked=True,
    weight_g=12,
    note="n",
)
ADA = Person(person="p_1", name="Ada " + "Unmistakable " * 20, role=Role.OPERATOR, language="en")


def test_an_item_comes_back_as_it_went_in(store: Store) -> None:
    store.import_items([FULL], imported("item")).result()
    assert store.item("A") == FULL
    assert store.items() == (FULL,)
    assert store.item("B") is None


def test_an_import_is_an_event_beside_its_rows(store: Store) -> None:
    store.import_items([FULL], imported("item"), operator="p_9").result()
    (row,) = store.events(kinds=("imported",))
    assert row.operator == "p_9"


def test_a_scan_finds_every_item_with_the_code_or_barcode(store: Store) -> None:
    store.import_items([item("A", barcodes=("X",)), item("B", barcodes=("X", "B")), item("X")], imported("item")).result()
    assert [each.code for each in store.items_by_scan("X")] == ["A", "B", "X"]
    assert [each.code for each in store.items_by_scan("B")] == ["B"]
    assert store.items_by_scan("nothing") == ()
    assert store.items_with_codes({"X", "B", "nothing"}) == {"X": ("A", "B", "X"), "B": ("B",)}
    assert store.items_with_codes(()) == {}


def test_a_second_import_replaces_packs_and_barcodes(store: Store) -> None:
    store.import_items([FULL], imported("item")).result()
    store.import_items([item("A", decimals=2, barcodes=("333",))], imported("item")).result()
    assert store.items_by_scan("111") == ()
    assert store.item("A") == item("A", decimals=2, barcodes=("333",))


def test_decimals_are_fixed_once_there_is_stock(store: Store) -> None:
    store.import_items([item("A"), item("B")], imported("item")).result()
    store.import_stock([stock(5)], imported("stock")).result()
    changed = [item("A", decimals=1, note="new"), item("B", decimals=1)]
    assert store.import_items(changed, imported("item")).result() == ("A",)
    assert store.items() == (item("A"), item("B", decimals=1))


def test_decimals_stay_fixed_when_the_stock_is_gone_for_the_record_still_has_its_numbers(store: Store) -> None:
    store.import_items([item("A")], imported("item")).result()
    store.append([put(5)]).result()
    store.append([picked(5)]).result()
    assert store.stock() == ()
    assert store.import_items([item("A", decimals=2)], imported("item")).result() == ("A",)


def test_whether_an_item_was_ever_moved_is_known_without_reading_the_log(store: Store) -> None:
    with store._readers.connect() as connection:
        steps = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {site._HAS_QUANTITIES}", ("[]",)).all()
    assert [step.detail for step in steps if "event" in step.detail] == ["SEARCH event USING INDEX ix_event_item (item=?)"]


def test_the_unit_is_fixed_like_the_decimals(store: Store) -> None:
    store.import_items([item("A"), item("B")], imported("item")).result()
    store.append([put(5)]).result()
    store.append([picked(5)]).result()
    assert store.import_items([item("A", unit="m"), item("B", unit="m")], imported("item")).result() == ("A",)
    assert store.items() == (item("A"), item("B", unit="m"))


def test_a_tray_comes_back_in_the_order_of_its_compartments(store: Store) -> None:
    trays = (tray(7, ("C2", "C1")), tray(8))
    store.import_trays(trays, imported("tray")).result()
    assert store.trays("VLM1") == trays
    assert store.tray("VLM1", 7) == trays[0]
    assert store.tray("VLM1", 9) is None
    assert store.machines() == ("VLM1",)


def test_a_compartment_with_stock_is_not_taken_away(store: Store) -> None:
    store.import_trays([tray(7), tray(8)], imported("tray")).result()
    store.append([put(1)]).result()
    refused = store.import_trays([tray(7, ("D1",)), tray(8, ("D1",))], imported("tray")).result()
    assert refused == ("VLM1/7",)
    assert store.trays("VLM1") == (tray(7), tray(8, ("D1",)))


def test_loaded_stock_is_a_reset_point_and_an_event_for_each_row(store: Store) -> None:
    store.append([put(99)]).result()
    store.import_stock([stock(5), stock(0, item="B")], imported("stock")).result()
    assert [(each.key.item, each.quantity) for each in store.stock()] == [("A", 5)]
    assert len(store.events(kinds=("stock_loaded",))) == 2
    assert [each.quantity for each in store.stock_on_tray("VLM1", 7)] == [5]


def test_open_orders_come_by_need_then_priority_then_name(store: Store) -> None:
    soon, late = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC)
    made = [
        order("none"),
        order("late", need_by=late, priority=1),
        order("b", need_by=soon),
        order("a", need_by=soon),
        order("first", need_by=soon, priority=1),
    ]
    store.import_orders(made, imported("order")).result()
    assert [each.order for each in store.open_orders()] == ["first", "a", "b", "late", "none"]
    assert store.order("late") == made[1]
    assert store.order("nobody") is None


def test_an_order_under_work_is_not_changed_by_an_import(store: Store) -> None:
    store.import_orders([order("O1"), order("O2")], imported("order")).result()
    store.append([OrderStarted(order="O1")]).result()
    shorter = [order("O1", lines=1), order("O2", lines=1)]
    assert store.import_orders(shorter, imported("order")).result() == ("O1",)
    assert [len(each.lines) for each in store.orders()] == [2, 1]


def test_a_line_keeps_its_place(store: Store) -> None:
    line = OrderLine(order="O1", line="1", item="A", quantity=3, place=stock(1).place, lot="L", owner="consignment", note="n")
    store.import_orders([order("O1", lines=0), order("O2")], imported("order")).result()
    made = order("O1", lines=0)
    store.import_orders([type(made)(order="O1", kind=made.kind, lines=(line,))], imported("order")).result()
    found = store.order("O1")
    assert found is not None
    assert found.lines == (line,)


def _add(store: Store) -> None:
    store.add_person(ADA, badge_digest="d1", verifier="v1", pepper_id="k1", operator="p_9").result()


def test_a_person_is_found_by_badge_and_has_a_credential(store: Store) -> None:
    _add(store)
    assert store.person_by_badge("d1") == ADA == store.person("p_1")
    credential = store.credential("p_1")
    assert credential is not None
    assert (credential.verifier, credential.failures, credential.is_active) == ("v1", 0, True)
    assert store.person_by_badge("d2") is None
    assert store.credential("p_2") is None


def test_a_badge_belongs_to_one_person(store: Store) -> None:
    _add(store)
    other = Person(person="p_2", name="Bo", role=Role.SUPERVISOR)
    with pytest.raises(StoreError, match="D407"):
        store.add_person(other, badge_digest="d1", verifier="v", pepper_id="k").result()
    assert store.people() == (ADA,)


def test_failures_are_kept_until_they_are_cleared(store: Store) -> None:
    _add(store)
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    store.store_failures("p_1", failures=10, not_before=moment, is_locked=True).result()
    credential = store.credential("p_1")
    assert credential is not None
    assert (credential.failures, credential.not_before, credential.is_locked) == (10, moment, True)
    store.clear_failures("p_1").result()
    credential = store.credential("p_1")
    assert credential is not None
    assert (credential.failures, credential.not_before, credential.is_locked) == (0, None, False)


def test_a_reset_pin_unlocks_and_a_disabled_person_is_inactive(store: Store) -> None:
    _add(store)
    store.store_failures("p_1", failures=10, not_before=None, is_locked=True).result()
    store.reset_pin("p_1", "v2", "k2").result()
    credential = store.credential("p_1")
    assert credential is not None
    assert (credential.verifier, credential.pepper_id, credential.is_locked, credential.failures) == ("v2", "k2", False, 0)
    store.disable_person("p_1").result()
    found = store.person("p_1")
    assert found is not None
    assert not found.is_active
    assert [row.kind for row in store.events(after_seq=1)] == ["person_added", "pin_reset", "person_disabled"]


def test_a_lock_out_is_lifted_in_one_transaction_with_its_event(store: Store) -> None:
    _add(store)
    store.store_failures("p_1", failures=10, not_before=None, is_locked=True).result()
    store.unlock_person("p_1", operator="p_2", role="supervisor").result()
    credential = store.credential("p_1")
    assert credential is not None
    assert (credential.failures, credential.is_locked, credential.verifier) == (0, False, "v1")
    (row,) = store.events(after_seq=2)
    assert (row.kind, row.operator) == ("person_unlocked", "p_2")
    store.unlock_person("p_1", verifier="v2", pepper_id="k1", operator="p_2").result()
    changed = store.credential("p_1")
    assert changed is not None
    assert changed.verifier == "v2"
    assert [row.kind for row in store.events(after_seq=3)] == ["person_unlocked", "pin_reset"]
    with pytest.raises(StoreError, match="D407"):
        store.unlock_person("p_9").result()
    assert len(store.events(after_seq=5)) == 0


def test_wrong_pins_at_the_station_outlive_the_program(tmp_path: Path) -> None:
    moment = datetime(2026, 1, 1, 8, 0, tzinfo=UTC)
    store = Store.open(tmp_path, station="S1", ballast_bytes=0)
    assert store.station_tries() == StationTries()
    store.store_station_tries(StationTries(21, moment)).result()
    store.store_station_tries(StationTries(22, moment)).result()
    store.close()
    store = Store.open(tmp_path, station="S1", ballast_bytes=0)
    assert store.station_tries() == StationTries(22, moment)
    store.close()


def test_of_a_person_whom_the_site_database_keeps_it_is_known_when_it_was_last_heard(tmp_path: Path) -> None:
    store = Store.open(tmp_path, station="S1", ballast_bytes=0)
    _add(store)
    pulled = datetime(2026, 1, 1, 8, 0, tzinfo=UTC)
    heard = []
    for statement in (
        "INSERT INTO sync_state VALUES ('status', '{\"last_pull_at\": \"2026-01-01T08:00:00.000000+00:00\"}')",
        "UPDATE site_document SET version = 0, is_dirty = 1 WHERE key = 'p_1'",
        "UPDATE site_document SET version = 5",
    ):
        with sqlite.library().connect(str(tmp_path / "store.db")) as raw:
            raw.execute(statement)
        credential = store.credential("p_1")
        assert credential is not None
        heard.append(credential.heard_at)
    assert heard == [None, None, pulled]
    store.close()


def test_changing_nobody_is_refused_and_leaves_no_event(store: Store) -> None:
    for future in (store.disable_person("p_1"), store.reset_pin("p_1", "v", "k"), store.erase_name("p_1")):
        with pytest.raises(StoreError, match="D407"):
            future.result()
    assert len(store.events()) == 1


def test_an_erased_name_is_nowhere_and_the_chain_still_verifies(tmp_path: Path) -> None:
    store = Store.open(tmp_path, station="S1", ballast_bytes=0)
    _add(store)
    store.append([put(1)], operator="p_1").result()
    store.erase_name("p_1").result()
    erased = store.person("p_1")
    assert erased is not None
    assert (erased.name, erased.is_active, store.person_by_badge("d1")) == ("", False, None)
    assert store.verify().is_ok
    store.close()
    assert b"Unmistakable" not in b"".join(path.read_bytes() for path in tmp_path.iterdir())
