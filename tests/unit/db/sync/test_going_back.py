"""The protocol when one side went back: a gap, a store or a site from a copy."""

from __future__ import annotations

from collections.abc import Sequence

from db import site
from db.queries import orders
from db.records.orders import OrderStarted
from db.rows.items import Item
from db.sync.values import PushStatus, Receipt, Told
from tests.helpers.guards import ExpectLog
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
