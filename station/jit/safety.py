"""Safety stock: against what lies outside, the spread of demand and of the supplier's lead time.

A normal distribution is used only where demand is smooth or erratic; else the level is read off the demand that really fell into
lead times of the past.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from station.jit.demand import DemandClass
from station.jit.normal import z_of

FEWEST_WINDOWS = 20  # fewer cannot tell a level that 95 % of them stay under
REGULAR = frozenset({DemandClass.SMOOTH, DemandClass.ERRATIC})


class Method(StrEnum):
    NORMAL = "normal"
    DISTRIBUTION = "distribution"
    NONE = "none"  # too little history for either


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncertain:
    """What a level must cover: `lead` and `review` in periods, `lead_sd` the spread of the lead time, `service` the share of
    cycles without a stock-out."""

    lead: float
    review: float = 0.0
    lead_sd: float = 0.0
    service: float = 0.95

    @property
    def cover(self) -> float:
        """Periods from one order to the arrival of the next."""
        return self.lead + self.review


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """`level`: net position up to which is ordered; `mean`: demand expected meanwhile; `safety`: the rest. `windows`: how many
    lead times of the past it was read from (method distribution)."""

    method: Method
    level: float
    mean: float
    safety: float
    windows: int = 0


def level(values: Sequence[int], demand_class: DemandClass, *, asked: Uncertain) -> Level:
    """The level of an item by the method that fits its demand; method NONE with too little history."""
    if len(values) < 2:
        return Level(method=Method.NONE, level=0.0, mean=0.0, safety=0.0)
    if demand_class in REGULAR:
        mean = sum(values) / len(values)
        sd = math.sqrt(sum((each - mean) ** 2 for each in values) / (len(values) - 1))
        return normal_level(mean=mean, sd=sd, asked=asked)
    return distribution_level(values, asked)


def normal_level(*, mean: float, sd: float, asked: Uncertain) -> Level:
    """S = D (L + R) + z sqrt((L + R) sd² + D² sL²), of demand a period with this mean and standard deviation.

    Source: Silver, Pyke, Peterson 1998, 7.10; Snyder and Shen, 4.3.
    """
    expected = mean * asked.cover
    safety = z_of(asked.service) * math.sqrt(asked.cover * sd * sd + mean * mean * asked.lead_sd**2)
    return Level(method=Method.NORMAL, level=expected + safety, mean=expected, safety=safety)


def distribution_level(values: Sequence[int], asked: Uncertain) -> Level:
    """The smallest demand that `service` of the lead times of the past stayed at or under. A spread of the lead time is taken as
    half of them sL shorter and half sL longer, which has its mean and its variance.

    Source: Porras and Dekker 2008, An inventory control system for spare parts at a refinery, EJOR 184, 101-132 (the demand of
    overlapping windows of the length of the lead time).
    """
    lengths = {max(1, math.ceil(asked.cover - asked.lead_sd)), max(1, math.ceil(asked.cover + asked.lead_sd))}
    sums = [window_sums(values, length) for length in sorted(lengths)]
    fewest = min(map(len, sums))
    if fewest < FEWEST_WINDOWS:
        return Level(method=Method.NONE, level=0.0, mean=0.0, safety=0.0, windows=fewest)
    reached = float(_weighted_quantile(sums, asked.service))
    mean = asked.cover * sum(values) / len(values)
    return Level(
        method=Method.DISTRIBUTION, level=reached, mean=mean, safety=max(0.0, reached - mean), windows=sum(map(len, sums))
    )


def window_sums(values: Sequence[int], length: int) -> list[int]:
    """The demand of every run of so many periods."""
    if length > len(values):
        return []
    total = sum(values[:length])
    sums = [total]
    for place in range(length, len(values)):
        total += values[place] - values[place - length]
        sums.append(total)
    return sums


def _weighted_quantile(samples: Sequence[Sequence[int]], share: float) -> int:
    """The smallest value with `share` of the weight at or under it; each sample weighs the same, however many values it has."""
    if len(samples) == 1:
        ordered = sorted(samples[0])
        return ordered[min(len(ordered), math.ceil(share * len(ordered) - 1e-9)) - 1]
    weighted = sorted((value, 1 / len(sample)) for sample in samples for value in sample)
    reached, wanted = 0.0, share * len(samples) - 1e-9
    for value, weight in weighted:
        reached += weight
        if reached >= wanted:
            return value
    return weighted[-1][0]
