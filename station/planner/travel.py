"""How long a machine needs from tray to tray. Lift: a trapezoid of speed; carousel: the shorter way round."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import sqrt

from station.planner.problem import Carousel, Lift, Machine, Timed

Row = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Times:
    """All times of one machine, in s, by its own tray numbers. `first[t]`: t into an empty position; `exchange[a][b]`: a away,
    b here."""

    first: Row
    exchange: tuple[Row, ...]

    @property
    def least_s(self) -> float:
        return min(min(row) for row in self.exchange)


def leg_s(distance_m: float, speed_m_s: float, acceleration_m_s2: float) -> float:
    """One leg from rest to rest; 0 acceleration means that only the speed counts."""
    if distance_m <= 0:
        return 0.0
    if acceleration_m_s2 <= 0:
        return distance_m / speed_m_s
    if distance_m >= speed_m_s**2 / acceleration_m_s2:
        return distance_m / speed_m_s + speed_m_s / acceleration_m_s2
    return 2 * sqrt(distance_m / acceleration_m_s2)


def times_of(machine: Machine) -> Times:
    """What is computed from a machine's build is kept; what was learnt changes with every motion."""
    if isinstance(machine, Timed):
        return Times(machine.fetch_s, tuple(tuple(away + here for here in machine.fetch_s) for away in machine.store_s))
    return _built(machine)


@cache
def _built(machine: Lift | Carousel) -> Times:
    return _of_lift(machine) if isinstance(machine, Lift) else _of_carousel(machine)


def _of_lift(lift: Lift) -> Times:
    """Dual command: bay, slot of the one, slot of the other, bay, and four transfers."""
    heights = [lift.pitch_m * (tray // 2 + 1) for tray in range(lift.trays)]

    def leg(from_m: float, to_m: float) -> float:
        return leg_s(abs(from_m - to_m), lift.speed_m_s, lift.acceleration_m_s2)

    bay = [leg(lift.bay_height_m, height) for height in heights]
    first = tuple(2 * each + 2 * lift.transfer_s for each in bay)
    trays = range(lift.trays)
    exchange = tuple(tuple(bay[a] + leg(heights[a], heights[b]) + bay[b] + 4 * lift.transfer_s for b in trays) for a in trays)
    return Times(first, exchange)


def _of_carousel(carousel: Carousel) -> Times:
    def turn(a: int, b: int) -> float:
        steps = abs(a - b)
        part = min(steps, carousel.trays - steps) / carousel.trays
        return leg_s(part * carousel.loop_m, carousel.speed_m_s, carousel.acceleration_m_s2)

    trays = range(carousel.trays)
    return Times(tuple(turn(0, b) for b in trays), tuple(tuple(turn(a, b) for b in trays) for a in trays))
