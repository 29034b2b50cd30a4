"""The protocol when one side went back: a gap, a store or a site from a copy."""

from __future__ import annotations

from collections.abc import Sequence

from db import site
from db.queries import orders, trays
from db.records.orders import OrderClosed, OrderStarted
from db.rows.items import Item
from db.sync import checking, memory
from db.sync.bodies import order_body
from db.sync.values import Cursor, DocumentKind, Position, PushStatus, Receipt, Told
from tests.helpers.guards import ExpectLog
from tests.helpers.sim_station import SimStation
from tests.helpers.simulated_fold import CustodyRow
from tests.helpers.simulated_site import SimulatedSite
from tests.helpers.sync_days import (
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


class Forgetful(SimulatedSite):
    """Its answer to a push may be one that wants events again."""

    wants = 0

    def push(self, events: Sequence[Told]) -> Receipt:
        if not Forgetful.wants:
            return super().push(events)
        want, Forgetful.wants = Forgetful.wants, 0
        receipt = super().push(events[: want - 1])
        return Receipt(status=PushStatus.GAP, acked=receipt.acked, want=want)


def test_a_gap_is_filled_from_where_the_site_wants_it(days: Days) -> None:
    station = days.station()
    station.engine._connect = lambda: Forgetful(days.world, "S1")
    station.book([put(1), put(1), put(1)])
    Forgetful.wants = 3
    days.pass_rounds(station)
    assert station.engine.teller.status().depth == 0
    (chain,) = days.world.state.chains["S1"].values()
    assert len(chain.events) == 4


def test_a_store_that_went_back_takes_its_own_tail_and_goes_on(days: Days) -> None:
    station = days.station()
    station.book([put(5)])
    backup = station.backup()
    station.book([put(5), picked(1)])
    days.pass_rounds(station)
    station.restore(backup, new_epoch=False)
    days.pass_rounds(station)
    assert len(bodies_of(station, "put")) == 2
    station.book([picked(1)])
    days.pass_rounds(station)
    assert (quantity(station), exceptions(station)) == (8, [])
    assert is_rebuilt_alike(station)


def test_a_store_that_went_back_and_wrote_on_begins_a_new_epoch_and_tells_both_again(days: Days, expect_log: ExpectLog) -> None:
    expect_log("a new epoch was begun")
    station = days.station()
    station.book([put(5)])
    backup = station.backup()
    station.book([put(10, compartment="D")])
    days.pass_rounds(station)
    station.restore(backup, new_epoch=False)
    station.book([picked(1), picked(1)])
    days.pass_rounds(station)
    assert [each["data"]["why"] for each in bodies_of(station, "epoch_opened")] == ["created", "forked"]
    assert len(bodies_of(station, "retold")) == 3  # two picks for the site, one put for the store
    assert quantity(station) == 13
    assert sum(row.quantity for row in days.world.state.stock.values()) == 13
    assert [each[2] for each in exceptions(station)] == ["forked"]
    assert is_rebuilt_alike(station)
    days.pass_rounds(station)
    assert len(bodies_of(station, "epoch_opened")) == 2


def test_a_store_that_went_back_behind_an_epoch_with_another_beginning_learns_what_it_lost(days: Days) -> None:
    station = days.station()
    oldest = station.backup()
    station.book([put(5)])
    older = station.backup()
    station.book([put(5, compartment="D")])
    days.pass_rounds(station)
    station.restore(older, new_epoch=True)
    station.book([put(7)])
    days.pass_rounds(station)
    station.restore(oldest, new_epoch=False)
    days.pass_rounds(station, count=8)
    assert [each["data"]["why"] for each in bodies_of(station, "epoch_opened")] == ["created", "behind"]
    assert (quantity(station), exceptions(station)) == (17, [])
    assert is_rebuilt_alike(station)
    assert sum(row.quantity for row in days.world.state.stock.values()) == 17


def test_a_store_restored_by_the_command_learns_what_it_lost(days: Days) -> None:
    station = days.station()
    station.local.write(lambda connection: site.put_orders(connection, [made()]))
    backup = station.backup()
    station.book([OrderStarted(order="O1"), picked(2, order="O1", line="1")])
    days.pass_rounds(station)
    station.restore(backup, new_epoch=True)
    days.pass_rounds(station)
    (order,) = station.local.read(orders.orders)
    assert (order.state.value, order.lines[0].done_quantity) == ("started", 2)
    assert (quantity(station), len(bodies_of(station, "retold"))) == (-2, 2)
    assert is_rebuilt_alike(station)


def test_a_site_that_went_back_gets_everything_again(days: Days) -> None:
    station = days.station()
    put_items(station, Item(code="A", name="first"))
    station.book([put(5)])
    days.pass_rounds(station)
    backup = days.world.backup()
    put_items(station, Item(code="A", name="second"), Item(code="B", name="new"))
    station.book([picked(2)])
    days.pass_rounds(station)
    days.world.restore(backup)
    days.pass_rounds(station, count=10)
    assert days.world.state.documents["item", "A"].body["name"] == "second"
    assert days.world.state.documents["item", "B"].body["name"] == "new"
    assert sum(row.quantity for row in days.world.state.stock.values()) == quantity(station) == 3
    assert exceptions(station) == []


# --- whose orders are


def leases_of(days: Days) -> dict[tuple[str, str], tuple[int, str]]:
    return {key: (lease.fence, lease.state) for key, lease in days.world.state.leases.items()}


def has_what_the_site_has(days: Days, *stations: SimStation) -> bool:
    cursor = Cursor(server_epoch=days.world.state.server_epoch, watermark=days.world.state.xid + 1)
    return not any(
        checking.differing(each.local.read(checking.own), SimulatedSite(days.world, each.name).checksums(cursor))
        for each in stations
    )


def orders_of(station: SimStation) -> list[str]:
    return [each.order for each in station.local.read(orders.orders)]


def test_a_bay_gets_the_lease_again_that_a_restore_lost_begun_or_not(days: Days) -> None:
    one, other = days.station("S1"), days.station("S2")
    one.book([put(50)])
    days.pass_rounds(one, other)
    for name in ("H1", "H2"):
        days.world.put(DocumentKind.ORDER, name, order_body(made(name)))
    backup = days.world.backup()
    days.pass_rounds(one)
    one.book([OrderStarted(order="H1")])
    days.pass_rounds(one, other)
    before = leases_of(days)
    days.world.restore(backup)
    one.book([picked(1, order="H1", line="1")])
    days.pass_rounds(other, one, count=8)
    after = leases_of(days)
    assert set(after) == {("H1", "S1"), ("H2", "S1")}
    assert all(state == "held" and fence > before[key][0] for key, (fence, state) in after.items())
    assert (orders_of(other), exceptions(one), days.world.state.exceptions) == ([], [], [])
    one.book([OrderClosed(order="H1")])
    assert bodies_of(one, "order_closed")[0]["fence"] == after["H1", "S1"][0]
    days.pass_rounds(one, other)
    assert has_what_the_site_has(days, one, other)


def test_an_order_that_the_restored_site_gave_to_another_bay_leaves_unless_it_was_begun(days: Days) -> None:
    one, other = days.station("S1"), days.station("S2")
    one.book([put(50)])
    days.pass_rounds(one, other)
    for name in ("H1", "H2"):
        days.world.put(DocumentKind.ORDER, name, order_body(made(name)))
    backup = days.world.backup()
    days.pass_rounds(one)
    days.world.restore(backup)
    one.wire.is_cut = True
    one.book([OrderStarted(order="H1")])
    days.pass_rounds(other, count=8)
    assert orders_of(other) == ["H1", "H2"]
    one.wire.is_cut = False
    one.engine.wake()
    days.pass_rounds(one, other, count=8)
    assert orders_of(one) == ["H1"]
    assert exceptions(one) == [("order", "H1", "held_elsewhere")]
    assert has_what_the_site_has(days, one, other)
    one.book([picked(3, order="H1", line="1"), OrderClosed(order="H1")])
    days.pass_rounds(one, other)
    assert ("stale_fence", "H1/S1/1") in days.world.state.exceptions
    assert has_what_the_site_has(days, one, other)


def test_an_order_that_another_bay_did_after_a_restore_is_not_done_again(days: Days) -> None:
    one, other = days.station("S1"), days.station("S2")
    one.book([put(50)])
    days.pass_rounds(one, other)
    days.world.put(DocumentKind.ORDER, "H1", order_body(made("H1")))
    backup = days.world.backup()
    days.pass_rounds(one)
    assert orders_of(one) == ["H1"]
    days.world.restore(backup)
    days.pass_rounds(other, count=8)
    other.book([OrderStarted(order="H1"), OrderClosed(order="H1")])
    days.pass_rounds(other, one, count=8)
    assert (orders_of(one), exceptions(one), exceptions(other)) == ([], [], [])
    assert has_what_the_site_has(days, one, other)


def test_an_end_between_two_full_answers_is_not_missed(days: Days) -> None:
    station = days.station()
    station.local.write(lambda connection: site.put_orders(connection, [made("O1"), made("O2")]))
    days.pass_rounds(station)
    station.local.write(lambda connection: memory.put(connection, "refetch", "checksum"))
    real = station.engine._pusher.acked
    station.engine._pusher.acked = {"elsewhere": Position("elsewhere", 1)}  # the answer cannot be taken whole
    days.seconds += 16
    station.engine._pull(SimulatedSite(days.world, "S1"))
    days.world.move_order("O1", "S2")
    station.engine._pusher.acked = real
    days.pass_rounds(station)
    assert orders_of(station) == ["O2"]
    assert has_what_the_site_has(days, station)


def test_a_tray_of_which_a_restore_lost_where_it_was_is_nowhere_and_keeps_its_visits(days: Days) -> None:
    station = days.station()
    backup = days.world.backup()
    days.world.state.custody["VLM1", 7] = CustodyRow(
        version=3, xid=99, visit=5, held_visit=5, station="S2", opening="S2-1", is_out=True
    )
    days.pass_rounds(station)
    assert [each.station for each in station.local.read(lambda connection: trays.elsewhere(connection, "VLM1", "S1-1"))] == ["S2"]
    days.world.restore(backup)
    days.pass_rounds(station)
    assert station.local.read(lambda connection: trays.elsewhere(connection, "VLM1", "S1-1")) == ()
    assert station.local.read(lambda connection: trays.visit_of(connection, "VLM1", 7)) == 5
    assert is_rebuilt_alike(station)
    assert has_what_the_site_has(days, station)
