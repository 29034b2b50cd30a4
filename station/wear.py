"""How worn a machine is: cycles, hours and metres since its last service against the intervals of the settings. Pure.

Only the log is asked, so what is moved at the machine's own panel is not in it. Metres are those a tray was carried between its
place and the bay, by the levels of the settings; the lift's way without a tray is not seen. What is not known is None, never 0.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from station.settings import Settings
from station.values import MachineWear, ServiceBooked, TrayWear

SERVICE, INSPECTION = "service", "inspection"
HOUR_S = 3600.0

_LEVEL = re.compile(r"(?:(?P<bay>bay)|(?P<first>\d+)(?:-(?P<last>\d+))?)=(?P<level>\d+)(?:\+(?P<step>\d+))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Intervals:
    """What is due when; 0 and None: nobody has said. `travel_mm`: the way between the bay and each tray with a level."""

    cycles: int = 0
    hours: int = 0
    metres: int = 0
    days: int = 0
    next_inspection: date | None = None
    travel_mm: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Gauge:
    """One measure since the last service. `used` is None where it is not known; `interval` 0 where none is set."""

    measure: str  # cycles | hours | metres | days
    used: float | None
    interval: int = 0

    @property
    def left(self) -> float | None:
        """What is left of the interval, below 0 when it is over; None without an interval or a figure."""
        return self.interval - self.used if self.interval and self.used is not None else None

    @property
    def is_due(self) -> bool:
        return self.left is not None and self.left <= 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TrayReport:
    """One tray over the whole log."""

    tray: int
    cycles: int
    metres: float | None
    run_s: float
    bay_s: float
    not_done: int
    unknown: int
    last_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WearReport:
    """A machine's gauges and counts since its last service, or since the log began; its trays over the whole log, the busiest
    first. `since` is None while nothing has moved. `days_left` to the next inspection is below 0 when it is over."""

    machine: str
    gauges: tuple[Gauge, ...]
    motions: int = 0
    not_done: int = 0
    unknown: int = 0
    since: datetime | None = None
    service: ServiceBooked | None = None
    inspection: ServiceBooked | None = None
    next_inspection: date | None = None
    days_left: int | None = None
    trays: tuple[TrayReport, ...] = ()

    @property
    def due(self) -> tuple[str, ...]:
        """What is due: measures of the service, and the inspection on its day."""
        measures = tuple(each.measure for each in self.gauges if each.is_due)
        return (*measures, INSPECTION) if self.days_left is not None and self.days_left <= 0 else measures


def intervals_of(settings: Settings) -> Intervals:
    """The intervals and levels of the settings. A carousel's bins go round and have no level."""
    service, machine = settings.service, settings.machine
    return Intervals(
        cycles=service.cycles,
        hours=service.hours,
        metres=service.metres,
        days=service.days,
        next_inspection=date.fromisoformat(service.next_inspection) if service.next_inspection else None,
        travel_mm=travel_of(machine.levels_mm) if machine.kind == "lift" else {},
    )


def levels_of(levels: str) -> tuple[int | None, dict[int, int]]:
    """The mm above the floor of the bay (None: not said) and of each tray's place, of "bay=900, 1-2=2600, 3-20=2900+150"."""
    bay_mm: int | None = None
    places_mm: dict[int, int] = {}
    for found in _LEVEL.finditer(levels):
        level_mm = int(found["level"])
        if found["bay"]:
            bay_mm = level_mm
            continue
        first = int(found["first"])
        for tray in range(first, int(found["last"] or first) + 1):
            places_mm[tray] = level_mm + int(found["step"] or 0) * (tray - first)
    return bay_mm, places_mm


def travel_of(levels: str) -> dict[int, int]:
    """The mm between the bay and each tray's place; none without the bay's level."""
    bay_mm, places_mm = levels_of(levels)
    return {} if bay_mm is None else {tray: abs(place_mm - bay_mm) for tray, place_mm in places_mm.items()}


def assess(found: MachineWear, intervals: Intervals, now: datetime) -> WearReport:
    """The machine at this moment. Days are those of UTC."""
    worn = found.since_service
    begun = found.service.at if found.service else min((each.first_at for each in worn), default=None)
    busiest = sorted(found.in_log, key=lambda each: (-each.cycles, each.tray))
    following = found.inspection.next_inspection if found.inspection else intervals.next_inspection
    return WearReport(
        machine=found.machine,
        gauges=(
            Gauge("cycles", sum(each.cycles for each in worn), intervals.cycles),
            Gauge("hours", sum(each.run_s for each in worn) / HOUR_S, intervals.hours),
            Gauge("metres", metres(worn, intervals.travel_mm), intervals.metres),
            Gauge("days", (now - begun).days if begun else None, intervals.days),
        ),
        motions=sum(each.motions for each in worn),
        not_done=sum(each.not_done for each in worn),
        unknown=sum(each.unknown for each in worn),
        since=begun,
        service=found.service,
        inspection=found.inspection,
        next_inspection=following,
        days_left=(following - now.date()).days if following else None,
        trays=tuple(_tray(each, intervals.travel_mm) for each in busiest),
    )


def metres(worn: Sequence[TrayWear], travel_mm: Mapping[int, int]) -> float | None:
    """The metres that these trays were carried; None when one of them that moved has no level, or no level is known at all."""
    moved = [each for each in worn if each.motions]
    if not travel_mm or any(each.tray not in travel_mm for each in moved):
        return None
    return sum(each.motions * travel_mm[each.tray] for each in moved) / 1000


def _tray(worn: TrayWear, travel_mm: Mapping[int, int]) -> TrayReport:
    return TrayReport(
        tray=worn.tray,
        cycles=worn.cycles,
        metres=metres((worn,), travel_mm) if worn.tray in travel_mm else None,
        run_s=worn.run_s,
        bay_s=worn.bay_s,
        not_done=worn.not_done,
        unknown=worn.unknown,
        last_at=worn.last_at,
    )
