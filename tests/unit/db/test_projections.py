from __future__ import annotations

import pytest

from db import schema
from db.projections import fold
from db.records.machine import TrayTold
from db.records.orders import LineSkipped, OrderCancelled, OrderClosed, OrderLeft, OrderStarted
from db.records.record import Record
from db.records.stock import Corrected
from db.rows.bays import BayMemory
from db.rows.orders import LineState, Order, OrderState
from db.rows.stock import StockStatus
from db.store import Store

from .made import PLACE, closed, counted, ended, imported, intended, loaded, order, picked, put


def _quantities(store: Store) -> list[int]:
    return [each.quantity for each in store.stock_at(PLACE)]


def _corrected(remaining: int) -> Corrected:
    return Corrected(machine="VLM1", tray=7, compartment="C1", visit=1, item="A", remaining=remaining, reason="found")


@pytest.mark.parametrize(
    ("records", "quantities"),
    [
        ([loaded(10), picked(3)], [7]),
        ([put(4), put(2)], [6]),
        ([picked(2)], [-2]),  # a physical pick is never refused
        ([put(4), picked(4)], []),
        ([put(4), counted(9), picked(1)], [8]),
        ([put(4), counted(0)], []),
        ([put(4), _corrected(3)], [3]),
        ([put(4), picked(1), _corrected(5)], [5]),
        ([put(4), _corrected(0)], []),
        ([put(4), put(4, lot="L1"), _corrected(1)], [1, 4]),
        ([loaded(10), loaded(5)], [5]),
        ([put(4), put(4, lot="L1"), put(4, status="blocked"), put(4, owner="customer"), put(4, serial="S")], [4] * 5),
    ],
)
def test_stock_is_what_the_movements_add_up_to(store: Store, records: list[Record], quantities: list[int]) -> None:
    store.append(records).result()
    assert _quantities(store) == quantities
    assert store.stock_matches_log()


def test_a_count_leaves_its_moment(store: Store) -> None:
    store.append([put(4)]).result()
    assert store.stock_at(PLACE)[0].counted_at is None
    (row,) = store.append([counted(4)]).result()
    assert store.stock_at(PLACE)[0].counted_at == row.at


def test_stock_of_an_item_comes_oldest_first(store: Store) -> None:
    store.append([put(1, compartment="C9"), put(1, compartment="C1", status="quality_hold"), put(1, compartment="C9")]).result()
    found = store.stock_of_item("A")
    assert [each.place.compartment for each in found] == ["C9", "C1"]
    assert found[1].key.status is StockStatus.QUALITY_HOLD


def _order(store: Store) -> Order:
    found = store.order("O1")
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("records", "state", "done"),
    [
        ([], LineState.OPEN, 0),
        ([picked(2, order="O1", line="1")], LineState.OPEN, 2),
        ([LineSkipped(order="O1", line="1")], LineState.SKIPPED, 0),
        ([LineSkipped(order="O1", line="1"), picked(1, order="O1", line="1")], LineState.OPEN, 1),
        ([picked(1, order="O1", line="1"), LineSkipped(order="O1", line="1")], LineState.SKIPPED, 1),
        ([picked(3, order="O1", line="1"), closed("1", 3)], LineState.CONFIRMED, 3),
        ([closed("1", 2, outcome="short")], LineState.SHORT, 2),
        ([closed("1", 3), LineSkipped(order="O1", line="1")], LineState.CONFIRMED, 3),
        ([put(2, order="O1", line="1"), put(1, order="O1", line="1")], LineState.OPEN, 3),
        ([OrderCancelled(order="O1", reason="x")], LineState.CANCELLED, 0),
        ([closed("1", 3), OrderCancelled(order="O1", reason="x")], LineState.CONFIRMED, 3),
    ],
)
def test_a_line_is_as_far_as_its_events_say(store: Store, records: list[Record], state: LineState, done: int) -> None:
    store.import_orders([order()], imported("order")).result()
    store.append(records).result()
    line = _order(store).lines[0]
    assert (line.state, line.done_quantity) == (state, done)


def test_an_order_goes_through_its_states(store: Store) -> None:
    store.import_orders([order()], imported("order")).result()
    seen = [_order(store).state]
    for record in (
        OrderStarted(order="O1"),
        OrderLeft(order="O1", why="asked"),
        OrderStarted(order="O1"),
        OrderClosed(order="O1"),
    ):
        store.append([record]).result()
        seen.append(_order(store).state)
    released, started, finished = OrderState.RELEASED, OrderState.STARTED, OrderState.CLOSED
    assert seen == [released, started, released, started, finished]
    assert store.open_orders() == ()


def test_direct_work_makes_no_line(store: Store) -> None:
    store.append([picked(1), closed("", 1, order="")]).result()
    assert store.stock_matches_log()
    assert store._read(lambda connection: connection.exec_driver_sql("SELECT count(*) FROM now_line").scalar()) == 0


FETCHED = [intended(1), ended(1, "done", visit=3)]


def _told(tray: int | None, visit: int = 0) -> TrayTold:
    return TrayTold(machine="VLM1", opening="SH1-1", tray=tray, visit=visit, how="typed")


@pytest.mark.parametrize(
    ("records", "is_known", "tray", "open_command"),
    [
        ([], False, None, None),
        ([intended(1)], False, None, 1),
        (FETCHED, True, 7, None),
        ([intended(1), ended(1, "not_done")], False, None, None),  # it was not known before either
        ([*FETCHED, intended(2, "store")], False, None, 2),
        ([*FETCHED, intended(2, "store"), ended(2, "not_done", "store")], True, 7, None),
        ([*FETCHED, intended(2, "store"), ended(2, "done", "store")], True, None, None),
        ([*FETCHED, intended(2, "store"), ended(2, "unknown", "store")], False, None, 2),
        ([*FETCHED, intended(2, "store"), ended(2, "unknown", "store"), ended(2, "done", "store")], True, None, None),
        ([*FETCHED, intended(2, "store"), ended(2, "unknown", "store"), ended(2, "not_done", "store")], True, 7, None),
        ([*FETCHED, intended(2, "store"), ended(2, "unknown", "store"), _told(7, 3)], True, 7, None),
        ([intended(1), ended(1, "unknown"), _told(None)], True, None, None),
        ([intended(1), ended(1, "unknown"), _told(None), ended(1, "done", visit=2)], True, 7, None),  # it came after all
        ([intended(1), ended(1, "unknown"), intended(2, tray=8), ended(1, "done"), ended(2, "done", tray=8)], True, 8, None),
        ([intended(1), ended(1, "unknown"), intended(2, tray=8), ended(2, "done", tray=8), ended(1, "done")], True, 8, None),
        ([*FETCHED, intended(2, tray=8), ended(1, "not_done")], False, None, 2),  # late answer to an older command
        ([*FETCHED, intended(2, "point")], True, 7, 2),
        ([*FETCHED, intended(2, "point"), ended(2, "done", "point")], True, 7, None),
        ([*FETCHED, intended(2, "point"), ended(2, "unknown", "point")], False, None, 2),
        ([*FETCHED, intended(2, "point"), intended(3, "store"), ended(3, "done", "store")], True, None, None),
        ([*FETCHED, intended(2, "point"), ended(2, "unknown", "point"), intended(3), ended(3, "done")], True, 7, None),
    ],
)
def test_the_opening_is_what_the_motions_leave(
    store: Store, records: list[Record], is_known: bool, tray: int | None, open_command: int | None
) -> None:
    store.append(records).result()
    bay: BayMemory = store.bay("VLM1", "SH1-1")
    found = bay.open_motion.command_id if bay.open_motion else None
    assert (bay.is_known, bay.tray, found) == (is_known, tray, open_command)
    before = store.projection_digest()
    store.rebuild().result()
    assert store.projection_digest() == before


def test_command_numbers_and_visits_are_remembered(store: Store) -> None:
    next_id = store.bay("VLM1", "SH1-1").last_command_id + 1
    store.append([*FETCHED, intended(next_id, "store"), ended(next_id, "done", "store")]).result()
    assert store.bay("VLM1", "SH1-1").last_command_id == next_id
    assert store.bay("VLM1", "another opening").last_command_id == next_id  # unique for the machine, not for the opening
    assert store.visit_of("VLM1", 7) == 3
    store.append([_told(7, 2)]).result()
    assert store.visit_of("VLM1", 7) == 3
    assert store.visit_of("VLM1", 8) == 0


def test_every_table_of_the_present_is_made_from_the_log() -> None:
    assert {table for name, table in schema.metadata.tables.items() if name.startswith("now_")} == set(schema.PROJECTIONS)


def test_a_log_that_is_read_in_pieces_is_read_whole(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for quantity in range(1, 20):
        store.append([put(quantity)]).result()
    digest = store.projection_digest()
    monkeypatch.setattr(fold, "AT_ONCE", 3)
    assert store.rebuild().result() == 20
    assert store.projection_digest() == digest
    assert store.stock_matches_log()
