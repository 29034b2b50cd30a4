"""The ways to consumers, as exposure shows them at the bay: who waits for how much, what stops while one is closed. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from station.jit.exposure import Asked, Stocked, Stop
from station.jit.lane_use import under_way
from station.jit.lanes import BETWEEN, Closed, lane_of, stops_of
from station.values import PullSignal

MOST_WAYS = 50


@dataclass(frozen=True, slots=True)
class Way:
    """To a consumer: so many lines are asked for, the first of them needed in so many days."""

    consumer: str
    lines: int
    in_days: float

    @property
    def name(self) -> str:
        """As the lane is said."""
        return BETWEEN + self.consumer


def is_way(text: str) -> bool:
    """Whether it names a way, and no supplier."""
    return text.startswith(BETWEEN)


def ways_of(lines: Iterable[Asked]) -> tuple[Way, ...]:
    """What is needed first before the others."""
    found: dict[str, list[float]] = {}
    for each in lines:
        if each.consumer:
            found.setdefault(each.consumer, []).append(each.in_days)
    ways = (Way(consumer, len(days), min(days)) for consumer, days in found.items())
    return tuple(sorted(ways, key=lambda each: (each.in_days, each.consumer)))[:MOST_WAYS]


def stops_if_closed(
    name: str,
    days: float,
    stock: Iterable[Stocked],
    lines: tuple[Asked, ...],
    signals: Iterable[PullSignal],
    *,
    now: datetime,
    scales: Mapping[str, int],
) -> tuple[Stop, ...]:
    """What stops while this way is closed; infinite days: nobody knows until when."""
    closed = Closed(lane=lane_of(name), days=None if math.isinf(days) else days, behind={})
    return stops_of(stock, (*lines, *under_way(signals, scales, now)), closed)
