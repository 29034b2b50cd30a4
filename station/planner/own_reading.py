"""What a store says of its own machine and people, for the planner. Blocking: a command or a process of its own calls it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

from station.planner import motion_log, visit_log
from station.planner.learning import Drift, LearntMachine, Motion, drift, learn
from station.planner.motion_log import Levels, motions_of
from station.planner.own_machine import OwnMachine, guessed_levels, own_carousel, own_lift
from station.planner.visit_log import LearntOperator, learn_operator, visits_of
from station.settings import MachineSettings
from station.travel_times import learnt_from
from station.values import EventRow, Travel
from station.wear import levels_of

NEWEST: Final = 12_000  # events of the kinds of motions: some weeks
NEWEST_VISITS: Final = 12_000
LATELY: Final = timedelta(days=7)

Fact = tuple[datetime, str, Mapping[str, Any]]


class MachineStore(Protocol):
    """What is needed of the store."""

    def tray_numbers(self, machine: str) -> frozenset[int]: ...

    def travels(self, machine: str, opening: str) -> tuple[Travel, ...]: ...

    def events(
        self, *, kinds: Collection[str] | None = None, limit: int | None = None, newest_first: bool = False
    ) -> tuple[EventRow, ...]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenMachine:
    """What the log says of a machine, and whether it has drifted. None: too little is known."""

    machine: LearntMachine | None
    drift: Drift | None
    motions: int
    has_levels: bool


def facts_of(rows: Iterable[EventRow]) -> list[Fact]:
    """Rows of the log as (at, kind, data), in their order."""
    return [(each.at, each.kind, json.loads(each.body)["data"]) for each in rows]


def learnt_of(store: MachineStore, settings: MachineSettings) -> SeenMachine:
    """The machine as its log has it, and against itself: the last days of its log against those before."""
    levels = said_levels(settings)
    if levels is None or settings.kind != "lift":
        return SeenMachine(machine=None, drift=None, motions=0, has_levels=False)
    motions = _motions(store, settings, levels)
    return SeenMachine(machine=learn(motions), drift=drift(*parted(motions)), motions=len(motions), has_levels=True)


def parted(motions: Sequence[Motion]) -> tuple[Sequence[Motion], Sequence[Motion]]:
    """Those before the last days, and those of the last days."""
    if not motions:
        return (), ()
    since = motions[-1].at - LATELY
    at = next(number for number, each in enumerate(motions) if each.at >= since)
    return motions[:at], motions[at:]


def own_machine_of(store: MachineStore, settings: MachineSettings) -> OwnMachine:
    """The machine of the settings with the store's trays, learnt where its log tells enough."""
    trays = store.tray_numbers(settings.name)
    if settings.kind != "lift":
        return own_carousel(trays)
    positions = 2 if settings.prefetch == "on" else 1
    levels, how = said_levels(settings, trays), ""
    if levels is None:
        times = learnt_from(store.travels(settings.name, settings.opening))
        levels, how = guessed_levels(trays, times, settings.height_mm)
    learnt = learn(_motions(store, settings, levels))
    return own_lift(levels, learnt, positions=positions, assumed=(how,) if how else ())


def operator_of(store: MachineStore, settings: MachineSettings) -> LearntOperator:
    """The people at this bay."""
    rows = store.events(kinds=visit_log.KINDS, limit=NEWEST_VISITS, newest_first=True)
    return learn_operator(visits_of(facts_of(reversed(rows)), machine=settings.name, opening=settings.opening))


def _motions(store: MachineStore, settings: MachineSettings, levels: Levels) -> tuple[Motion, ...]:
    rows = store.events(kinds=motion_log.KINDS, limit=NEWEST, newest_first=True)
    return motions_of(facts_of(reversed(rows)), machine=settings.name, opening=settings.opening, levels=levels)


def said_levels(settings: MachineSettings, trays: Collection[int] = ()) -> Levels | None:
    """The levels of the settings; None where the bay's or one of these trays' is missing."""
    bay_mm, places_mm = levels_of(settings.levels_mm)
    if bay_mm is None or not places_mm or not set(trays) <= set(places_mm):
        return None
    return Levels(bay_mm=bay_mm, trays_mm={tray: places_mm[tray] for tray in trays} if trays else places_mm)
