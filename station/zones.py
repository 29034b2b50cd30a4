"""Zones: places without a lift. In the store a zone stands where a machine's name stands, its sections where trays do.

So its stock is the same stock. What differs is how a person comes to a place: no motion brings it, a scan of its label proves it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from station.task import Task
from station.tray_order import Trays, natural, sort_by_tray
from station.values import Place


class ZoneKind(StrEnum):
    """What a zone is for. Nothing is ever taken out of quarantine for an order."""

    SHELF = "shelf"
    RECEIVING = "receiving"
    LINE_SIDE = "line_side"
    QUARANTINE = "quarantine"


@dataclass(frozen=True, slots=True)
class Zone:
    """Places without a lift. `always_proposed`: goods are sent there also when they fit the lift."""

    name: str
    kind: ZoneKind = ZoneKind.SHELF
    title: str = ""
    always_proposed: bool = False


Zones = Mapping[str, Zone]  # by name, in the order in which they are walked
WalkingOrder = tuple[int, int, tuple[tuple[int, str], ...]]


def named(zones: Iterable[Zone]) -> dict[str, Zone]:
    """The zones by their names, in this order."""
    return {each.name: each for each in zones}


def of_kind(zones: Zones, *kinds: ZoneKind) -> tuple[str, ...]:
    """The names of the zones of these kinds."""
    return tuple(each.name for each in zones.values() if each.kind in kinds)


def walking_order(place: Place, zones: Iterable[str]) -> WalkingOrder:
    """Sorts places as a person walks: zone by zone as they are set, in each section by section, then by label (C2 before C10).
    A place of no zone comes first."""
    order = {name: number for number, name in enumerate(zones, 1)}
    return order.get(place.machine, 0), place.tray, natural(place.compartment)


def in_turn(
    tasks: Sequence[Task],
    *,
    at: Place | None = None,
    tray_at_bay: int | None = None,
    zones: Sequence[str] = (),
    trays: Trays | None = None,
) -> tuple[Task, ...]:
    """The tasks as they are worked: tray by tray at the bay, then on foot, from the place `at` on and never back and forth."""
    is_walking = at is not None and at.machine in zones
    here = at.tray if at is not None and not is_walking else tray_at_bay
    bay = sort_by_tray([each for each in tasks if each.place.machine not in zones], here, trays=trays)
    start = walking_order(at, zones) if at is not None and is_walking else (0, 0, ())

    def key(task: Task) -> tuple[bool, WalkingOrder]:
        order = walking_order(task.place, zones)
        return order < start, order

    return (*bay, *sorted((each for each in tasks if each.place.machine in zones), key=key))


def place_text(place: Place) -> str:
    """A place of a zone as a person reads it on its label."""
    return f"{place.machine} {place.tray}-{place.compartment}"
