"""Some bad days of a site with several stations, drawn from one seed: the same seed, the same days.

Time is virtual. The protocol, the log and the tables are the real ones; the network, the computers and the site database fail.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import Connection

from db.rows.items import Item
from db.sync import memory
from db.sync.bodies import item_body, order_body
from db.sync.documents import dirty_count
from db.sync.values import DocumentKind

from .replication_laws import check_all, effective, token_of
from .sim_station import ITEMS, SimStation, made_order
from .sim_store import copy_of, template
from .simulated_site import SimulatedSite
from .simulated_world import SiteWorld

STEPS = 80
QUIET_S = 30.0  # after the network is whole again nothing may wait any longer than this
SETTLE_S = 900.0

_TEMPLATE: list[Any] = []


def _new_store() -> Any:
    if not _TEMPLATE:
        _TEMPLATE.append(template())
    return copy_of(_TEMPLATE[0])


class Simulation:
    """`run` raises AssertionError with what broke."""

    def __init__(self, seed: int, steps: int = STEPS) -> None:
        self.random = Random(seed)
        self.steps = steps
        self.seconds = 0.0
        self.world = SiteWorld(self.now)
        self.stations = [self._station(f"S{number}") for number in range(1, self.random.randint(2, 4) + 1)]
        self.acked: dict[str, set[str]] = {each.name: set() for each in self.stations}
        self.fences: dict[tuple[str, int], str] = {}
        self.site_backups: list[Any] = []
        self.station_backups: list[tuple[SimStation, Any]] = []
        self.was_undeclared = False
        self.orders = 0

    def _station(self, name: str) -> SimStation:
        chance = Random(self.random.random())
        return SimStation(name, _new_store(), lambda me: SimulatedSite(self.world, me), chance, self.now, lambda: self.seconds)

    def now(self) -> datetime:
        return datetime(2026, 11, 26, 6, tzinfo=UTC) + timedelta(seconds=self.seconds)

    def run(self) -> None:
        acts: list[tuple[float, Callable[[], None]]] = [
            (16, self._work),
            (10, self._replicate),
            (3, self._pass_time),
            (2, self._cut_or_mend),
            (2, self._host_says),
            (1, self._crash_soon),
            (1, self._weather),
            (0.6, self._long_transaction),
            (0.6, self._fold_late),
            (0.5, self._back_up_site),
            (0.3, self._restore_site),
            (0.6, self._back_up_station),
            (0.5, self._restore_station),
            (0.5, self._step_clock),
        ]
        weights, calls = [each[0] for each in acts], [each[1] for each in acts]
        for _ in range(self.steps):
            self.random.choices(calls, weights)[0]()
            self._watch()
        self._mend_everything()
        self._must_empty()
        self._settle()
        check_all(self.world, self.stations, self.acked)
        if not self.was_undeclared:
            self._nothing_was_fetched_for_a_checksum()

    def _any(self) -> SimStation:
        return self.random.choice(self.stations)

    def _nothing_was_fetched_for_a_checksum(self) -> None:
        """The hourly comparison is a net under the protocol, no part of it: it finds only what nobody declared."""
        for station in self.stations:
            found = [each.key for each in station.local.read(memory.exceptions) if each.kind == "checksum"]
            assert not found, f"I6 {station.name} had other {found} than the site, until it fetched them anew"

    # --- what happens

    def _work(self) -> None:
        self._any().work()

    def _replicate(self) -> None:
        station = self._any()
        for _ in range(self.random.randint(1, 3)):
            station.round()
            self.seconds += 0.1

    def _pass_time(self) -> None:
        self.seconds += self.random.choice((1.0, 5.0, 20.0, 70.0, 3700.0, 40000.0))

    def _cut_or_mend(self) -> None:
        wire = self._any().wire
        wire.is_cut = not wire.is_cut

    def _weather(self) -> None:
        self._any().wire.faults = self.random.choice((0.0, 0.02, 0.1, 0.3))

    def _crash_soon(self) -> None:
        local = self._any().local
        local.crash_in, local.crashes_after = self.random.randint(0, 12), self.random.random() < 0.5

    def _long_transaction(self) -> None:
        if self.random.random() < 0.5:
            self.world.hold()
        else:
            self.world.release()

    def _fold_late(self) -> None:
        self.world.folds_at_once = not self.world.folds_at_once

    def _step_clock(self) -> None:
        self._any().step += timedelta(seconds=self.random.choice((-90000, -5, 5, 90000)))

    def _host_says(self) -> None:
        if self.random.random() < 0.3 and self.world.state.orders:
            order = self.random.choice(sorted(self.world.state.orders))
            if self.world.state.orders[order].state == "released" and self.world.state.orders[order].kind:
                self.world.move_order(order, self._any().name)
            return
        if self.random.random() < 0.3:
            code = self.random.choice((*ITEMS, "E"))
            self.world.put(DocumentKind.ITEM, code, item_body(Item(code=code, name=f"host {self.seconds}")))
            return
        self.orders += 1
        name = f"H{self.orders}"
        self.world.put(DocumentKind.ORDER, name, order_body(made_order(name, self.random)))

    def _back_up_site(self) -> None:
        self.site_backups.append(self.world.backup())

    def _restore_site(self) -> None:
        if self.site_backups:
            is_declared = self.random.random() < 0.8
            self.was_undeclared |= not is_declared
            self.world.restore(self.random.choice(self.site_backups), is_declared=is_declared)
            for station in self.stations:
                self._forget_lost(station)

    def _back_up_station(self) -> None:
        station = self._any()
        self.station_backups.append((station, station.backup()))

    def _restore_station(self) -> None:
        """The record of the acts since then is lost, where nobody else has it."""
        if not self.station_backups:
            return
        station, backup = self.random.choice(self.station_backups)
        self._remember(station)
        station.restore(backup, new_epoch=self.random.random() < 0.5)
        self._forget_lost(station)

    def _forget_lost(self, station: SimStation) -> None:
        """What neither side has any more, since both went back to copies, nobody promises."""
        there = {token_of(body) for _, body in effective(self.world, station.name)}
        self.acked[station.name] &= there | self._tokens_at(station)

    def _tokens_at(self, station: SimStation) -> set[str]:
        rows = station.local.read(lambda connection: connection.exec_driver_sql("SELECT body FROM event").scalars().all())
        return _tokens(rows)

    # --- who watches

    def _watch(self) -> None:
        for station in self.stations:
            self._remember(station)
        for (order, station_name), lease in self.world.state.leases.items():
            owner = self.fences.setdefault((order, lease.fence), station_name)
            assert owner == station_name or self.was_undeclared, f"I5 fence {lease.fence} of {order}: {owner} and {station_name}"

    def _remember(self, station: SimStation) -> None:
        """What the station was told that the site has."""
        acked = station.local.read(memory.acked)
        rows = station.local.read(
            lambda connection: (
                connection.exec_driver_sql(
                    "SELECT e.body FROM event AS e JOIN json_each(?) AS a ON e.epoch = a.key AND e.seq <= a.value",
                    (json.dumps({epoch: each.seq for epoch, each in acked.items()}),),
                )
                .scalars()
                .all()
            )
        )
        self.acked[station.name] |= _tokens(rows)

    # --- the end

    def _mend_everything(self) -> None:
        self.world.release()
        self.world.folds_at_once = True
        if self.world.is_undeclared:
            self.world.declare()
        for station in self.stations:
            station.wire.is_cut, station.wire.faults = False, 0.0
            station.local.crash_in = None
            station.engine.wake()  # a connection for hints comes up again and says so

    def _must_empty(self) -> None:
        """I7: nothing is stuck."""
        end = self.seconds + QUIET_S
        while self.seconds < end and not all(self._is_empty(each) for each in self.stations):
            for station in self.stations:
                station.round()
            self.seconds += 1.0
        for station in self.stations:
            status = station.engine.teller.status()
            assert (status.depth, status.dirty) == (0, 0), f"I7 {station.name} still has {status}"

    def _settle(self) -> None:
        """Until everything that waits for a later look at the site has had it."""
        end = self.seconds + SETTLE_S
        quiet = 0
        while self.seconds < end and quiet < 2:
            quiet = quiet + 1 if all(self._is_settled(each) for each in self.stations) else 0
            for station in self.stations:
                station.round()
            self.seconds += 31.0

    def _is_empty(self, station: SimStation) -> bool:
        own, dirty = station.local.read(lambda connection: (station.engine.teller.own(connection), dirty_count(connection)))
        return bool(station.engine.teller.server_epoch) and own.depth == 0 and dirty == 0

    def _is_settled(self, station: SimStation) -> bool:
        def pending(connection: Connection) -> bool:
            waits = memory.sweep(connection) is not None or memory.completing(connection)[0]
            return bool(waits or memory.refetch(connection) or dirty_count(connection))

        claims = self.seconds >= station.engine._claims_from  # else what it claims then changes what others see
        return claims and self._is_empty(station) and not station.local.read(pending)


def _tokens(bodies: Any) -> set[str]:
    found: set[str] = set()
    for text in bodies:
        body = json.loads(text)
        while body["kind"] == "retold":
            body = json.loads(body["data"]["body"])
        found.add(token_of(body))
    return found - {""}
