"""What early warnings are made from: lines that stand, signals without slack, bays out of service, the newest counts. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from station.jit.exposure import EarlyWarning, warnings
from station.jit.line_stops import stand_now
from station.jit.readiness import accuracy
from station.values import Outage, PullSignal

EACH, STRETCHES = 100, 4  # counts of one stretch, and how many of them are looked at
HOUR = timedelta(hours=1)


def warned(
    signals: Iterable[PullSignal], outages: Iterable[Outage], counts: Sequence[tuple[int, int]], *, now: datetime
) -> tuple[EarlyWarning, ...]:
    """Everything that will hurt later; `counts` are the newest ones as (book, counted), the newest first."""
    told = tuple(signals)
    standing = tuple(
        EarlyWarning("line_stop", f"{each.consumer} {each.item}", (now - each.since) / HOUR, 0.0) for each in stand_now(told, now)
    )
    return standing + warnings(slack_hours=_slack(told, now), machines_out_hours=_out(outages, now), accuracy=accuracies(counts))


def _slack(signals: Iterable[PullSignal], now: datetime) -> Mapping[str, float]:
    """Hours that are left of each open signal, below zero for one that is late."""
    return {each.signal: (each.need_by - now) / HOUR for each in signals if each.is_open and each.need_by is not None}


def _out(outages: Iterable[Outage], now: datetime) -> Mapping[str, float]:
    """Hours for which each bay has been out of service; a single tray is no machine."""
    return {f"{each.machine} {each.opening}": (now - each.since) / HOUR for each in outages if each.opening}


def accuracies(counts: Sequence[tuple[int, int]]) -> tuple[float, ...]:
    """Of whole stretches of a hundred counts, the newest stretch last: fewer counts say nothing."""
    parts = [counts[first : first + EACH] for first in range(0, EACH * STRETCHES, EACH)]
    found = [accuracy(each) for each in parts if len(each) == EACH]
    return tuple(each for each in reversed(found) if each is not None)
