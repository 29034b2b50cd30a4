"""How far the record is in a copy of the site database: the site says it at each hello, the status repeats it."""

from __future__ import annotations

from dataclasses import replace

from db.records.stock import Put
from db.sync.status import SyncStatus, from_json, to_json
from db.sync.values import Hello, Position, Welcome
from tests.helpers.sim_station import SimStation
from tests.helpers.simulated_site import SimulatedSite

from .conftest import Days

PUT = Put(machine="VLM1", tray=1, compartment="C", visit=1, item="A", quantity=1)


class Copied(SimulatedSite):
    """Somebody looked at a copy that holds all but the last event of each epoch."""

    def hello(self, hello: Hello) -> Welcome:
        welcome = super().hello(hello)
        return replace(welcome, durable=tuple(Position(each.epoch, each.seq - 1) for each in welcome.chains))


def durable(station: SimStation) -> int:
    status = station.engine.teller.status()
    assert status.durable.epoch == status.head.epoch
    assert from_json(to_json(status)) == status
    return status.durable.seq


def test_the_status_says_how_far_the_newest_epoch_is_in_a_copy(days: Days) -> None:
    station = days.station()
    station.engine._connect = lambda: Copied(days.world, "S1")
    station.book([PUT, PUT])
    assert durable(station) == 0
    days.pass_rounds(station)
    assert (durable(station), station.engine.teller.status().acked.seq) == (2, 3)


def test_without_a_copy_nothing_is(days: Days) -> None:
    station = days.station()
    station.book([PUT])
    days.pass_rounds(station)
    assert durable(station) == 0


def test_a_status_of_before_has_none() -> None:
    fields = {name: value for name, value in to_json(SyncStatus()).items() if name != "durable"}
    assert from_json(fields).durable == Position("", 0)
