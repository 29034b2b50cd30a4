"""The limit of a loop's work in progress, and what waits for whom because of it. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from station.jit.conwip import WipCount, wip_count
from station.values import PULL_AT_WORK, PullLoop, PullSignal

PER = 1000  # rates of a loop are whole containers in so many hours
MINUTES_AN_HOUR = 60


@dataclass(frozen=True, slots=True)
class Room:
    """So many signals of its consumer are at work, and so many may be."""

    at_work: int
    limit: int


def wip_of(*, bottleneck_per_1000h: int, raw_time_min: int, wanted_per_1000h: int) -> WipCount | None:
    """The limit that these figures make; None where one of them is not said. ValueError as `conwip_limit`."""
    if not (bottleneck_per_1000h and raw_time_min and wanted_per_1000h):
        return None
    return wip_count(
        bottleneck_per_hour=bottleneck_per_1000h / PER,
        raw_hours=raw_time_min / MINUTES_AN_HOUR,
        wanted_per_hour=wanted_per_1000h / PER,
    )


def wip_of_loop(loop: PullLoop) -> WipCount | None:
    """The limit by formula of a loop as it is kept."""
    return wip_of(
        bottleneck_per_1000h=loop.bottleneck_per_1000h,
        raw_time_min=loop.raw_time_min,
        wanted_per_1000h=loop.wanted_per_1000h,
    )


def waiting_for(signals: Iterable[PullSignal], loops: Iterable[PullLoop]) -> Mapping[str, Room]:
    """By the name of each signal that waits for room: how full its consumer is. One that is to be work in a moment waits too."""
    told = tuple(signals)
    limits = {each.loop: each.wip_limit for each in loops if each.wip_limit}
    at_work = Counter(each.consumer for each in told if each.state in PULL_AT_WORK)
    return {
        each.signal: Room(at_work[each.consumer], limits[each.loop])
        for each in told
        if each.state == "signalled" and not each.supplier and each.loop in limits
    }
