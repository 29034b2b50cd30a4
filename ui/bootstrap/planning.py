"""The planner over a store: what waits now, and a stretch of its log worked again. Reads beside the running station."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.finding import Finding
    from db.library import Library
    from station.planner.history import Past
    from station.planner.own_machine import OwnMachine
    from station.planner.plan import Outcome
    from station.planner.problem import PolicyName
    from station.planner.replay import Played, Replay, Variant
    from station.planner.visit_log import LearntOperator
    from station.planner.waiting import Waiting
    from station.settings import Settings
    from station.values import Stock


def places_of(settings: Settings) -> int:
    """How many put places the bay has: without any, one order is worked at a time."""
    return len([each for each in settings.totes.positions.split(",") if each])


def settings_for(reader: Library, settings: Settings) -> Settings:
    """The settings, of the store's machine where it has one and the settings name another: `--data` alone is enough."""
    machines = reader.machines()
    if settings.machine.name in machines or len(machines) != 1:
        return settings
    return replace(settings, machine=replace(settings.machine, name=machines[0]))


def plan_waiting(args: Namespace, policy: PolicyName) -> tuple[Outcome, Waiting, OwnMachine, tuple[str, ...]]:
    """A plan for the open lines of the store; codes of what is assumed. Raises StoreError, SettingsError."""
    from station.planner.own_reading import operator_of, own_machine_of
    from station.planner.plan import plan
    from station.planner.waiting import waiting
    from ui.bootstrap.store import open_reader, settings_of
    from ui.cli.options import store_directory

    with closing(open_reader(*store_directory(args))) as reader:
        settings = settings_for(reader, settings_of(args.config))
        own = settings.machine.name
        orders = reader.open_orders()
        codes = {line.item for order in orders for line in order.lines}
        stock: dict[str, list[Stock]] = {}
        for each in reader.stock_of_items(codes):
            stock.setdefault(each.key.item, []).append(each)
        machine, operator = own_machine_of(reader, settings.machine), operator_of(reader, settings.machine)
        found = waiting(
            orders,
            items={each.code: each for each in reader.items_named(codes)},
            stock=stock,
            machine=machine,
            own=own,
            operator=operator.operator,
            places=max(1, places_of(settings)),
            out_of_service={(each.machine, each.tray): each.reason for each in reader.outages(own) if each.tray is not None},
            now=datetime.now(UTC),
        )
    assumed = (
        *machine.assumed,
        *(("operator",) if operator.is_assumed else ()),
        *(() if places_of(settings) else ("one_place",)),
    )
    return plan(found.problem, policy), found, machine, assumed


class NothingToReplayError(Exception):
    """No pick line of this machine ended in the stretch."""


@dataclass(frozen=True, slots=True)
class ReplayJob:
    """A stretch that was read, and is worked variant by variant."""

    past: Past
    machine: OwnMachine
    operator: LearntOperator
    wanted: tuple[Variant, ...]
    settings: Settings
    station: str
    first: datetime
    until: datetime

    def played(self) -> Iterator[Played]:
        """One variant after the other, as they are done."""
        from station.planner.replay import play

        return play(self.past, self.machine, self.operator, self.wanted)

    def report(self, played: Sequence[Played]) -> Replay:
        """What came of it."""
        from station.planner.replay import USUAL_PLACES, Replay

        places = places_of(self.settings)
        codes = (
            *self.machine.assumed,
            *(("operator",) if self.operator.is_assumed else ()),
            "released",
            *(() if places > 1 else ("usual_places",)),
        )
        return Replay(
            station=self.station,
            machine_name=self.settings.machine.name,
            first=self.first,
            until=self.until,
            measured=self.past.measured,
            played=tuple(played),
            machine=self.machine,
            operator=self.operator,
            positions=2 if self.settings.machine.prefetch == "on" else 1,
            places=places if places > 1 else USUAL_PLACES,
            has_places=places > 1,
            left_out=self.past.left_out,
            assumed=codes,
        )


def replay_job(directory: Path, settings: Settings, *, first: datetime, until: datetime) -> ReplayJob:
    """Read the stretch. Raises NothingToReplayError, StoreError."""
    from db.store import Store
    from station.planner.history import KINDS, past
    from station.planner.own_reading import operator_of, own_machine_of
    from station.planner.replay import USUAL_PLACES, variants

    places = places_of(settings)
    with closing(Store.open_reader(directory)) as reader:
        settings = settings_for(reader, settings)
        own = settings.machine
        facts = reader.facts(kinds=KINDS, first=first, until=until)
        names = dict.fromkeys(each.data["order"] for each in facts if each.data.get("order"))
        orders = {name: order for name in names if (order := reader.order(name)) is not None}
        held = reader.held_at(own.name, first)
        found = past(facts, held=held, orders=orders, machine=own.name, opening=own.opening, first=first)
        if not found.orders:
            raise NothingToReplayError
        machine, operator = own_machine_of(reader, own), operator_of(reader, own)
        station = reader.station()
    wanted = variants(machine, places if places > 1 else USUAL_PLACES)
    return ReplayJob(found, machine, operator, wanted, settings, station, first, until)


DRIFTED = "O513"


def find_drift(directory: Path, settings: Settings) -> Finding:
    """Whether the machine has become slower or faster than its own log says it was: seconds a motion. Fine where the log tells
    too little."""
    from db.errors import Kind, StoreError
    from db.finding import Finding
    from db.store import Store
    from station.planner.own_reading import learnt_of

    try:
        with closing(Store.open_reader(directory)) as reader:
            drift = learnt_of(reader, settings_for(reader, settings).machine).drift
    except StoreError as error:
        if error.kind is not Kind.KNOWN:
            raise
        return Finding("machine_drift", False, error.message, error.code)
    return Finding(
        "machine_drift", drift is None or not drift.is_found, "" if drift is None else f"{drift.shift_s:+.2f}", DRIFTED
    )
