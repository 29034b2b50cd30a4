"""Whether demand grows or falls, and which periods stick out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median

SPIKE_RATIO = 5.0
SURE = 0.05
FEWEST_PAIRS = 6  # fewer cannot reach SURE on both sides: 2 / 2^5 is 0.0625


class Direction(StrEnum):
    UP = "up"
    DOWN = "down"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Trend:
    """`ratio`: mean demand of the later half by that of the earlier, None when there was none. `chance`: how likely so one-sided
    a run is without any trend."""

    direction: Direction
    ratio: float | None
    chance: float


@dataclass(frozen=True, slots=True)
class Spike:
    """A period whose demand is `ratio` times what is usual for the item (median of its other demands)."""

    period: int
    ratio: float


def trend(values: Sequence[int], *, sure: float = SURE) -> Trend:
    """The trend by the sign test of paired halves, which asks nothing of the distribution.

    Source: Cox and Stuart 1955, Some quick sign tests for trend in location and dispersion, Biometrika 42, 80-95.
    """
    half = len(values) // 2
    early, late = values[:half], values[len(values) - half :]
    up = sum(b > a for a, b in zip(early, late, strict=True))
    down = sum(b < a for a, b in zip(early, late, strict=True))
    chance = two_sided_chance(min(up, down), up + down)
    ratio = sum(late) / sum(early) if any(early) else None
    if up + down < FEWEST_PAIRS or chance > sure:
        return Trend(Direction.NONE, ratio, chance)
    return Trend(Direction.UP if up > down else Direction.DOWN, ratio, chance)


def two_sided_chance(fewer: int, pairs: int) -> float:
    """How likely a fair coin falls so one-sidedly: 2 P(X <= fewer), X ~ B(pairs, 1/2), at most 1."""
    return min(1.0, 2 * sum(math.comb(pairs, k) for k in range(fewer + 1)) / 2**pairs) if pairs else 1.0


def spikes(values: Sequence[int], *, ratio: float = SPIKE_RATIO) -> tuple[Spike, ...]:
    """The periods with `ratio` times the usual demand or more (5: a spike of 500 %). With fewer than three demands nothing is
    usual yet. The median is of the other demands, so that a spike does not hide itself."""
    sizes = sorted(each for each in values if each > 0)
    if len(sizes) < 3 or sizes[-1] < ratio * median(sizes[:-1]):
        return ()
    found = []
    for period, value in enumerate(values):
        if value >= ratio * sizes[0]:
            usual = median(_without(sizes, value))
            if value >= ratio * usual:
                found.append(Spike(period, value / usual))
    return tuple(found)


def _without(sizes: list[int], value: int) -> list[int]:
    place = sizes.index(value)
    return sizes[:place] + sizes[place + 1 :]
