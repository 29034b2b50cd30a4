"""This station's machine as the planner knows machines: its trays on slots, with what is learnt or configured, and what of it is
assumed. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, reduce
from math import ceil, gcd
from typing import Final

from station.planner.learning import LearntMachine
from station.planner.motion_log import Levels
from station.planner.problem import Carousel, Lift
from station.travel_times import TravelTimes

SPEED_M_S: Final = 1.0  # the standard machine, where the log tells nothing yet
ACCELERATION_M_S2: Final = 0.5
TRANSFER_S: Final = 4.0
LOOP_SPEED_M_S: Final = 0.4
BIN_PITCH_M: Final = 0.6
BAY_MM: Final = 900
LEAST_PITCH_MM: Final = 50
MOST_SLOTS: Final = 1024
FETCH: Final = "fetch"


@dataclass(frozen=True)
class OwnMachine:
    """`slots` has the planner's number of each tray. `assumed` are codes of what nobody said and the log does not tell: machine
    (the figures of a standard one), levels_by_times, levels_by_number."""

    machine: Lift | Carousel
    slots: Mapping[int, int]
    learnt: LearntMachine | None = None
    assumed: tuple[str, ...] = ()

    @cached_property
    def trays(self) -> Mapping[int, int]:
        """The tray on each slot."""
        return {slot: tray for tray, slot in self.slots.items()}

    def with_positions(self, positions: int) -> OwnMachine:
        """The same machine with so many tray positions at its bay; a carousel has one."""
        if isinstance(self.machine, Carousel):
            return self
        return replace(self, machine=replace(self.machine, positions=positions))


def own_lift(levels: Levels, learnt: LearntMachine | None, *, positions: int = 1, assumed: Sequence[str] = ()) -> OwnMachine:
    """A lift whose levels are known, or taken as known (`assumed`)."""
    pitch_mm, lift_mm, slots = _slots(levels)
    figures = (learnt.speed_m_s, learnt.acceleration_m_s2, learnt.transfer_s) if learnt else None
    speed, acceleration, transfer_s = figures or (SPEED_M_S, ACCELERATION_M_S2, TRANSFER_S)
    lift = Lift(
        trays=max(slots.values(), default=0) + 1,
        pitch_m=pitch_mm / 1000,
        bay_height_m=(levels.bay_mm + lift_mm) / 1000,
        speed_m_s=speed,
        acceleration_m_s2=acceleration,
        transfer_s=transfer_s,
        positions=positions,
    )
    return OwnMachine(lift, slots, learnt, (*(() if learnt else ("machine",)), *assumed))


def own_carousel(bins: Collection[int]) -> OwnMachine:
    """A carousel: its bins stand by number, and its figures are assumed."""
    slots = {each: at for at, each in enumerate(sorted(bins))}
    loop_m = max(1, len(slots)) * BIN_PITCH_M
    return OwnMachine(Carousel(max(1, len(slots)), loop_m, LOOP_SPEED_M_S), slots, None, ("machine", "levels_by_number"))


def guessed_levels(trays: Collection[int], times: TravelTimes, height_mm: int) -> tuple[Levels, str]:
    """Levels that nobody said: the trays evenly up the machine, two a level, nearest to the bay those that come fastest; by
    number as long as no tray was fetched. And which of the two it was."""
    ordered = sorted(trays)
    has_times = any(verb == FETCH for verb, _ in times.by_way)
    if has_times:
        ordered.sort(key=lambda tray: (times.expected_s(FETCH, tray), tray))
    pitch_mm = max(LEAST_PITCH_MM, (height_mm - BAY_MM) // (len(ordered) // 2 + 1)) if ordered else LEAST_PITCH_MM
    places_mm = {tray: BAY_MM + pitch_mm * (at // 2 + 1) for at, tray in enumerate(ordered)}
    return Levels(bay_mm=BAY_MM, trays_mm=places_mm), "levels_by_times" if has_times else "levels_by_number"


def _slots(levels: Levels) -> tuple[int, int, dict[int, int]]:
    """The planner's pitch, by how much everything is lifted so that the bay stands above 0, and each tray's slot. Two trays
    share a level in the planner's shaft; a third one moves to the next level."""
    places = levels.trays_mm
    if not places:
        return LEAST_PITCH_MM, 0, {}
    lowest = min(places.values())
    pitch_mm = max(LEAST_PITCH_MM, reduce(gcd, (each - lowest for each in places.values()), 0) or LEAST_PITCH_MM)
    span = max(places.values()) - min(lowest, levels.bay_mm)
    while 2 * (span // pitch_mm + 2 + len(places)) > MOST_SLOTS:
        pitch_mm *= 2
    above = max(0, ceil((lowest - levels.bay_mm) / pitch_mm) - 1)  # so many empty levels under the lowest tray
    lift_mm = pitch_mm * (above + 1) - lowest
    taken: set[int] = set()
    slots: dict[int, int] = {}
    for tray, place_mm in sorted(places.items(), key=lambda each: (each[1], each[0])):
        slot = 2 * (round((place_mm + lift_mm) / pitch_mm) - 1)
        while slot in taken:
            slot += 1
        taken.add(slot)
        slots[tray] = slot
    return pitch_mm, lift_mm, slots
