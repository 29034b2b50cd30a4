"""The state a station begins with: what the log remembers of the bay, and which devices are fitted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from station.core.state import Beside, LightState, Rules, ScaleState, StationState, SyncSeen
from station.custody import Custody, remembered
from station.message_reading import heard_before
from station.messages import MessageLog
from station.runner.parts import LiftBeside, Parts
from station.travel_times import learnt_from
from station.view.status import Light


def first_state(parts: Parts, visits: Mapping[int, int]) -> StationState:
    """Read the bay's memory from the library. `visits` has the highest visit of every tray. Raises StoreError."""
    custody, *others = (_remembered(parts, each, visits) for each in parts.lifts)
    causes, now = parts.rules.stop_causes, parts.utc()
    said = heard_before(parts.library, machine=parts.machine, stop_causes=causes, now=now)
    return StationState(
        station=parts.station,
        simulated=parts.simulated,
        rules=_rules(parts),
        custody=custody,
        beside=tuple(Beside(custody=each) for each in others),
        trays=frozenset(visits),
        taught=parts.taught.calibration if parts.taught is not None else None,
        display=Light.OFF if parts.display is None else Light.BAD,
        lights={name: LightState() for name, each in (("pointer", parts.pointer), ("totes", parts.totes)) if each is not None},
        scale=None if parts.scale is None else ScaleState(),
        messages=MessageLog(said=said),
        travel_times=learnt_from(travel for each in parts.lifts for travel in parts.library.travels(parts.machine, each.opening)),
        sync=None if parts.sync is None else SyncSeen(status=parts.sync.status),
    )


def _remembered(parts: Parts, each: LiftBeside, visits: Mapping[int, int]) -> Custody:
    return remembered(parts.library.bay(parts.machine, each.opening), visits, reports_tray=each.lift.reports_tray)


def _rules(parts: Parts) -> Rules:
    return replace(parts.rules, may_prefetch=parts.rules.may_prefetch and parts.lift.takes_next_tray)
