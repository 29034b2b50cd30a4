"""What this machine is like, from its own log: speed, acceleration and transfer time, and whether it has become slower. Pure.

A motion is ways from rest to rest and transfers between rack or bay and lift. What is known is how long it took; what it is made
of follows from where the lift stood before, the tray's level and the bay's. One speed stands for the empty and the loaded lift,
and settling at a level is in the transfer: what remains is the residual, which is always shown beside the figures.

Stops, faults and hands in the curtain make a few motions long. Those with a stop or a lost line between their two events do not
come here at all (`motion_log`); what else is far out counts nothing (`fitting`), and is counted as left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import exp, log, sqrt
from statistics import fmean, median
from typing import Final

from station.planner.fitting import MAD, fit
from station.planner.travel import leg_s

LEAST: Final = 20  # motions, below which nothing is said
MOST: Final = 1200  # the newest; more tell nothing new
FAR: Final = 3.0  # standard errors from which on a shift is no chance
FAR_SHARE: Final = 0.05  # of a motion, below which nobody needs to know
FAR_S: Final = 0.3
TRIED_SPEEDS: Final = tuple(0.2 * 1.25**step for step in range(14))  # 0.2 to 3.6 m/s
TRIED_ACCELERATIONS: Final = tuple(0.1 * 1.5**step for step in range(10))  # 0.1 to 3.8 m/s2
SHORT_SHARE: Final = 0.05  # of the ways must be too short for full speed, or the acceleration is not told
SAMPLE: Final = 240  # motions that choose the start


@dataclass(frozen=True, slots=True)
class Motion:
    """One that was done: the tray, its ways in m from rest to rest, its transfers, and the seconds from command to answer."""

    at: datetime
    tray: int
    ways_m: tuple[float, ...]
    transfers: int
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LearntMachine:
    """`rms_s` is what the motions that count (`n`) differ from the model; `left_out` are those too far out to count. `mean_s` is
    what a motion takes. `tells_acceleration`: some ways were short enough to tell it from the transfer."""

    speed_m_s: float
    acceleration_m_s2: float
    transfer_s: float
    rms_s: float
    n: int
    left_out: int
    mean_s: float
    tells_acceleration: bool = True

    def expected_s(self, motion: Motion) -> float:
        """What the model says of a motion."""
        ways = sum(leg_s(each, self.speed_m_s, self.acceleration_m_s2) for each in motion.ways_m)
        return ways + motion.transfers * self.transfer_s


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """The machine against itself: how much longer (below 0: shorter) its later motions take than the earlier ones say, with the
    standard error. `later` is what it is like now, None where that cannot be said. `is_found`: maintenance should know."""

    earlier: LearntMachine
    later: LearntMachine | None
    earlier_from: datetime
    later_from: datetime
    later_n: int
    shift_s: float
    error_s: float

    @property
    def share(self) -> float:
        """Of a motion's usual time."""
        return self.shift_s / self.earlier.mean_s if self.earlier.mean_s else 0.0

    @property
    def is_found(self) -> bool:
        return abs(self.shift_s) > max(FAR * self.error_s, FAR_SHARE * self.earlier.mean_s, FAR_S)


def learn(motions: Sequence[Motion]) -> LearntMachine | None:
    """The machine that these motions are of; None where they are too few, or all of one way."""
    used = [each for each in motions if each.seconds > 0][-MOST:]
    if len(used) < LEAST or len({round(sum(each.ways_m), 2) for each in used}) < 3:
        return None
    seconds = [each.seconds for each in used]

    def model(parameters: Sequence[float], number: int) -> float:
        speed, acceleration = _unlogged(parameters[0]), _unlogged(parameters[1])
        motion = used[number]
        return sum(leg_s(each, speed, acceleration) for each in motion.ways_m) + motion.transfers * parameters[2]

    found = fit(model, seconds, _start(used))
    speed, acceleration, transfer_s = _unlogged(found.parameters[0]), _unlogged(found.parameters[1]), found.parameters[2]
    ways = [way for each in used for way in each.ways_m if way > 0]
    short = sum(way < speed**2 / acceleration for way in ways)
    return LearntMachine(
        speed_m_s=speed,
        acceleration_m_s2=acceleration,
        transfer_s=max(0.0, transfer_s),
        rms_s=found.rms,
        n=found.counted,
        left_out=len(motions) - found.counted,
        mean_s=median(seconds),
        tells_acceleration=short >= SHORT_SHARE * len(ways),
    )


def drift(earlier: Sequence[Motion], later: Sequence[Motion]) -> Drift | None:
    """Whether the machine has changed; None where one of the two times has too few motions."""
    before = learn(earlier)
    if before is None or len(later) < LEAST:
        return None
    off = [each.seconds - before.expected_s(each) for each in later[-MOST:]]
    shift_s = median(off)
    spread_s = max(before.rms_s, MAD * median(abs(each - shift_s) for each in off))
    error_s = 1.2533 * spread_s * sqrt(1 / len(off) + 1 / before.n)
    now = learn(later)
    return Drift(
        earlier=before,
        later=now,
        earlier_from=earlier[0].at,
        later_from=later[0].at,
        later_n=len(off),
        shift_s=shift_s,
        error_s=error_s,
    )


def _unlogged(value: float) -> float:
    """Out of its logarithm, within what any lift may be."""
    return exp(max(-5.0, min(5.0, value)))


def _start(motions: Sequence[Motion]) -> tuple[float, float, float]:
    """The best of a coarse grid, by the median of what is left: no wild value has a say in it."""
    step = max(1, len(motions) // SAMPLE)
    sample = motions[::step]
    found = [_tried(sample, speed, acceleration) for speed in TRIED_SPEEDS for acceleration in TRIED_ACCELERATIONS]
    _, speed, acceleration, transfer_s = min(found)
    return log(speed), log(acceleration), transfer_s


def _tried(motions: Sequence[Motion], speed: float, acceleration: float) -> tuple[float, float, float, float]:
    left = [each.seconds - sum(leg_s(way, speed, acceleration) for way in each.ways_m) for each in motions]
    transfers = [each.transfers for each in motions]
    rests = [rest / each for rest, each in zip(left, transfers, strict=True) if each]
    transfer_s = max(0.0, median(rests)) if rests else 0.0
    off = sorted(abs(rest - each * transfer_s) for rest, each in zip(left, transfers, strict=True))
    return fmean(off[: 3 * len(off) // 4 + 1]), speed, acceleration, transfer_s
