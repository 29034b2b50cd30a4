"""The protocol over a simulated site: each bad day by itself. All together: `tests/faults/test_replication_simulated.py`."""

from __future__ import annotations

from collections.abc import Sequence

from db import site
from db.queries import items, orders, people, trays
from db.records.orders import OrderClosed, OrderStarted
from db.records.stock import Counted, StockLoaded
from db.rows.items import Item
from db.rows.people import Person, Role
from db.sync import documents, memory
from db.sync.bodies import PersonDocument, item_body, order_body, person_body
from db.sync.site import SiteError
from db.sync.status import Problem, SyncState
from db.sync.values import DocumentKind, Receipt, Told
from tests.helpers.guards import ExpectLog
from tests.helpers.simulated_site import SimulatedSite
from tests.helpers.sync_days import (
    CELL,
    bodies_of,
    exceptions,
    is_rebuilt_alike,
    made,
    picked,
    put,
    put_items,
    quantity,
)

from .conftest import Days

# --- stock


def test_stock_is_the_sites_book_and_the_own_events_that_are_not_in_it(days: Days) -> None:
    one, other = days.station("S1"), days.station("S2")
    one.book([put(10)])
    days.pass_rounds(one, other)
    assert (quantity(one), quantity(other)) == (10, 10)
    other.book([picked(3, visit=2)])
    days.pass_rounds(other)
    one.wire.is_cut = True
    one.book([picked(1, visit=3)])
    assert quantity(one) == 9
    one.wire.is_cut = False
    one.round()
    days.pass_rounds(one, other)
    assert (quantity(one), quantity(other)) == (6, 6)
    assert is_rebuilt_alike(one)
    assert is_rebuilt_alike(other)


def test_stock_never_jumps_back_while_the_site_has_not_counted_an_acknowledged_event_in(days: Days) -> None:
    station = days.station()
    station.book([put(10)])
    days.pass_rounds(station)
    days.world.folds_at_once = False
    pulled_at = station.engine.teller.status().last_pull_at
    station.book([picked(4)])
    days.pass_rounds(station, count=3)
    assert (quantity(station), station.engine.teller.status().last_pull_at) == (6, pulled_at)  # that answer is not taken
    days.world.fold()
    days.pass_rounds(station, count=3)
    assert quantity(station) == 6
    assert is_rebuilt_alike(station)


def test_a_late_pick_before_a_count_does_not_count_here_either(days: Days) -> None:
    one, other = days.station("S1"), days.station("S2")
    one.book([put(10)])
    days.pass_rounds(one, other)
    one.wire.is_cut = True
    one.book([picked(4, visit=2)])
    other.book([Counted(**CELL | {"visit": 3}, counted=5)])
    days.pass_rounds(other)
    one.wire.is_cut = False
    days.pass_rounds(one, other)
    assert (quantity(one), quantity(other)) == (5, 5)


def test_own_events_count_in_when_all_rows_came_even_if_they_changed_none(days: Days) -> None:
    station = days.station()
    station.book([put(10)])
    days.pass_rounds(station)
    row = next(iter(days.world.state.stock.values()))
    days.world.folds_at_once = False
    station.book([picked(4)])
    station.round()
    was = row.version, row.xid
    days.world.fold()
    row.quantity, (row.version, row.xid) = 10, was  # it counts this pick in without another result, and has nothing to tell
    days.pass_rounds(station, count=8)
    assert quantity(station) == 10
    assert is_rebuilt_alike(station)


def test_other_bays_visits_and_held_stock_are_known(days: Days) -> None:
    one, other = days.station("S1"), days.station("S2")
    one.book([put(10, visit=7)])
    one.local.write(lambda connection: site.put_orders(connection, [made()]))
    days.pass_rounds(one, other)
    assert other.local.read(lambda connection: trays.visit_of(connection, "VLM1", 1)) == 7
    assert (one.held(), other.held()) == (0, 3)
    other.book([StockLoaded(**CELL | {"visit": 0}, counted=1)])
    assert bodies_of(other, "stock_loaded")[0]["data"]["visit"] == 7


# --- documents


def test_what_a_bay_changes_goes_up_and_comes_down_elsewhere(days: Days) -> None:
    one, other = days.station("S1"), days.station("S2")
    put_items(one, Item(code="A", name="bolt", barcodes=("1", "2")))
    ada = Person(person="p_1", name="Ada", role=Role.OPERATOR)
    one.local.write(lambda connection: site.put_person(connection, ada, badge_digest="d", verifier="v", pepper_id="k"))
    days.pass_rounds(one, other)
    assert other.local.read(lambda connection: items.item(connection, "A")) == Item(code="A", name="bolt", barcodes=("1", "2"))
    assert other.local.read(lambda connection: people.person_by_badge(connection, "d")) == ada
    one.local.write(lambda connection: site.disable_person(connection, "p_1"))
    days.pass_rounds(one, other)
    found = other.local.read(lambda connection: people.credential(connection, "p_1"))
    assert found is not None
    assert not found.is_active


def test_a_change_made_here_is_not_overwritten_before_it_was_told_and_then_the_site_wins(days: Days) -> None:
    station = days.station()
    put_items(station, Item(code="A", name="mine"))
    document = documents.Document(kind=DocumentKind.ITEM, key="A", version=9, body=item_body(Item(code="A", name="the site's")))
    why = station.local.write(lambda connection: documents.apply(connection, document, pictures=None))
    assert why == documents.DIRTY
    assert station.local.read(lambda connection: items.item(connection, "A")).name == "mine"
    days.world.put(DocumentKind.ITEM, "A", document.body)
    days.pass_rounds(station)
    assert station.local.read(lambda connection: items.item(connection, "A")).name == "the site's"
    assert exceptions(station) == [("item", "A", "changed_elsewhere")]


def test_what_this_bay_works_with_is_kept_and_listed_and_tried_again(days: Days) -> None:
    station = days.station()
    put_items(station, Item(code="A", name="bolt"))
    station.book([put(1)])
    days.pass_rounds(station)
    days.world.put(DocumentKind.ITEM, "A", item_body(Item(code="A", name="bolt", decimals=2)))
    days.pass_rounds(station, count=2)
    assert station.local.read(lambda connection: items.item(connection, "A")) == Item(code="A", name="bolt")
    assert exceptions(station) == [("item", "A", "measure_fixed")]
    assert station.engine.teller.status().problem is Problem.EXCEPTIONS
    days.world.put(DocumentKind.ITEM, "A", item_body(Item(code="A", name="nut")))
    days.pass_rounds(station, count=2)
    assert exceptions(station) == []


def test_an_order_moves_to_another_bay_unless_it_was_begun_here(days: Days) -> None:
    one, other = days.station("S1"), days.station("S2")
    one.local.write(lambda connection: site.put_orders(connection, [made("O1"), made("O2")]))
    days.pass_rounds(one, other)
    one.book([OrderStarted(order="O2")])
    for name in ("O1", "O2"):
        days.world.move_order(name, "S2")
    days.pass_rounds(one, other)
    assert [each.order for each in one.local.read(orders.orders)] == ["O2"]
    assert [each.order for each in other.local.read(orders.orders)] == ["O1", "O2"]
    assert exceptions(one) == [("order", "O2", "begun")]
    one.book([OrderClosed(order="O2")])
    assert bodies_of(one, "order_closed")[0]["fence"] == 1
    days.pass_rounds(one, other)
    assert ("stale_fence", "O2/S1/1") in days.world.state.exceptions


def test_a_body_without_a_lease_names_no_fence(days: Days) -> None:
    station = days.station()
    station.local.write(lambda connection: site.put_orders(connection, [made()]))
    station.book([OrderStarted(order="O1")])
    assert "fence" not in bodies_of(station, "order_started")[0]


def test_orders_are_fetched_for_an_island(days: Days) -> None:
    station = days.station()
    station.book([put(50)])
    days.pass_rounds(station)
    for number in range(8):
        days.world.put(DocumentKind.ORDER, f"H{number}", order_body(made(f"H{number}")))
    days.pass_rounds(station)
    assert len(station.local.read(orders.orders)) == 5


def test_a_person_whose_badge_somebody_has_is_not_taken_over(days: Days) -> None:
    station = days.station()
    ada, bob = (Person(person=each, name=each, role=Role.OPERATOR) for each in ("p_1", "p_2"))
    station.local.write(lambda connection: site.put_person(connection, ada, badge_digest="d", verifier="v", pepper_id="k"))
    days.world.put(
        DocumentKind.PERSON, "p_2", person_body(PersonDocument(person=bob, badge_digest="d", verifier="v", pepper_id="k"))
    )
    days.pass_rounds(station)
    assert exceptions(station) == [("person", "p_2", "badge_taken")]


def test_what_is_no_document_is_listed_and_stops_nothing(days: Days) -> None:
    station = days.station()
    days.world.put(DocumentKind.ITEM, "X", {"code": 7})
    days.world.put(DocumentKind.ITEM, "Y", item_body(Item(code="Y", name="Y")))
    days.pass_rounds(station)
    assert exceptions(station) == [("item", "X", "unreadable")]
    assert station.local.read(lambda connection: items.item(connection, "Y")) is not None


# --- the log


def test_one_event_that_the_site_cannot_read_goes_up_alone_and_blocks_nobody(days: Days, expect_log: ExpectLog) -> None:
    expect_log("could not read event 3")
    station = days.station()
    days.world.poison = "poisoned"
    station.book([put(1), put(1, reason="poisoned"), put(1)])
    days.pass_rounds(station, count=12)
    status = station.engine.teller.status()
    assert (status.depth, status.problem) == (0, Problem.UNREAD)
    assert [each[0] for each in days.world.state.exceptions] == ["unreadable"]


def test_a_site_that_reads_only_older_events_holds_and_the_bay_works_on(days: Days) -> None:
    station = days.station()
    days.world.body_version = 0
    station.book([put(1)])
    days.pass_rounds(station)
    status = station.engine.teller.status()
    assert (status.state, status.problem, status.depth) == (SyncState.ATTENTION, Problem.HOLD, 2)
    days.world.body_version = 1
    days.pass_rounds(station)
    assert station.engine.teller.status().state is SyncState.ONLINE


def test_an_island_is_told_with_its_beginning_also_after_a_restart(days: Days) -> None:
    station = days.station()
    days.pass_rounds(station)
    station.wire.is_cut = True
    days.pass_rounds(station, count=2)
    lost = station.engine.teller.status()
    assert lost.state is SyncState.ISLAND
    station.local.write(lambda connection: memory.put_status(connection, lost))
    station.start()
    days.seconds += 5000
    station.round()
    assert station.engine.teller.status().since == lost.since
    station.wire.is_cut = False
    station.engine.wake()
    days.pass_rounds(station)
    assert station.engine.teller.status().state is SyncState.ONLINE


def test_rows_that_differ_twice_are_fetched_anew(days: Days, expect_log: ExpectLog) -> None:
    expect_log("what came down is not what the site has")
    station = days.station()
    put_items(station, Item(code="A", name="bolt"))
    days.pass_rounds(station)
    days.world.state.documents["item", "B"] = type(days.world.state.documents["item", "A"])(
        version=1, xid=1, body=item_body(Item(code="B", name="missed"))
    )
    for _ in range(4):
        days.seconds += 3700
        days.pass_rounds(station, count=3)
    assert station.local.read(lambda connection: items.item(connection, "B")) is not None
    assert ("checksum", "item", "checksum") in exceptions(station)


def test_receipts_are_kept_one_a_day_and_the_newest(days: Days) -> None:
    station = days.station()
    for _ in range(3):
        for _ in range(3):
            station.book([put(1)])
            days.pass_rounds(station, count=2)
        days.seconds += 86400
    rows = station.local.read(lambda connection: connection.exec_driver_sql("SELECT seq FROM sync_receipt").scalars().all())
    assert rows == [4, 7, 10]


def test_a_wire_that_fails_is_a_state_and_no_error(days: Days) -> None:
    station = days.station()
    station.wire.is_cut = True
    assert station.round() > 0
    assert station.engine.teller.status().code == "U101"
    assert isinstance(station.engine._site, type(None))
    assert issubclass(SiteError, Exception)


def test_a_login_that_is_another_stations_sends_nothing(days: Days) -> None:
    station = days.station("S1")
    station.book([put(10)])
    station._connect = lambda me: SimulatedSite(days.world, "S2")
    station.round()
    told = station.engine.teller.status()
    assert (told.state, told.problem, told.code) == (SyncState.ATTENTION, Problem.NOT_ENROLLED, "U202")
    assert not any(days.world.state.chains.values())
    station._connect = lambda me: SimulatedSite(days.world, me)
    days.pass_rounds(station)
    assert (station.engine.teller.status().depth, exceptions(station)) == (0, [])


def test_a_long_backlog_is_told_of_while_it_goes_up(days: Days) -> None:
    class SlowSite(SimulatedSite):
        def push(self, events: Sequence[Told]) -> Receipt:
            days.seconds += 1
            return super().push(events)

    station = days.station("S1")
    station.book([put(1)] * 900)
    station._connect = lambda me: SlowSite(days.world, me)
    depths = []
    while station.round() == 0.0 and len(depths) < 20:
        told = station.engine.teller.status()
        depths.append(told.depth)
        assert told.state is SyncState.CATCHING_UP
    assert len(depths) > 2
    assert depths == sorted(depths, reverse=True)
    assert station.engine.teller.status().depth == 0


def test_a_site_that_went_back_undeclared_is_told_until_it_is_declared(days: Days, expect_log: ExpectLog) -> None:
    expect_log("the site has less than it acknowledged")
    station = days.station("S1")
    days.pass_rounds(station)
    backup = days.world.backup()
    station.book([put(10)])
    days.pass_rounds(station)
    days.world.restore(backup, is_declared=False)
    days.pass_rounds(station)
    told = station.engine.teller.status()
    assert (told.state, told.problem, told.depth) == (SyncState.ATTENTION, Problem.WENT_BACK, 0)
    days.world.restore(days.world.backup())
    days.pass_rounds(station)
    assert station.engine.teller.status().state is SyncState.ONLINE


def test_an_island_is_said_before_what_only_waits_for_a_person(days: Days, expect_log: ExpectLog) -> None:
    station = days.station("S1")
    days.pass_rounds(station)
    station.local.write(lambda connection: memory.put_exception(connection, "order", "O1", "begun", at=days.world.clock()))
    station.round()
    assert station.engine.teller.status().state is SyncState.ATTENTION
    station.wire.is_cut = True
    days.seconds += 60
    station.round()
    told = station.engine.teller.status()
    assert (told.state, told.problem) == (SyncState.ISLAND, Problem.EXCEPTIONS)
    assert told.is_away
