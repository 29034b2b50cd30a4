"""A line stop is inferred: what a consumer asked for inside the house was not there by the time it was needed. Pure.

Baylight does not see the line itself. Where a consumer holds more than its loop says, it may have gone on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from station.values import PullSignal

DELIVERED, CANCELLED = "delivered", "cancelled"


@dataclass(frozen=True, slots=True)
class LineStop:
    """A consumer lacked an item from `since` on; `until` None: it still does."""

    consumer: str
    item: str
    signal: str
    since: datetime
    until: datetime | None


def stop_of(signal: PullSignal, now: datetime) -> LineStop | None:
    """The stop that this signal tells of; None where it came in time, was taken back, or is asked of a supplier."""
    if signal.supplier or signal.need_by is None or signal.state == CANCELLED:
        return None
    until = dict(signal.steps).get(DELIVERED)
    if signal.need_by >= (until or now):
        return None
    return LineStop(signal.consumer, signal.item, signal.signal, signal.need_by, until)


def stand_now(signals: Iterable[PullSignal], now: datetime) -> tuple[LineStop, ...]:
    """One for each consumer that lacks something now: what it lacks for longest."""
    found: dict[str, LineStop] = {}
    for each in signals:
        stop = stop_of(each, now)
        if stop is not None and stop.until is None and each.is_open:
            before = found.get(stop.consumer)
            found[stop.consumer] = stop if before is None or stop.since < before.since else before
    return tuple(sorted(found.values(), key=lambda each: (each.since, each.consumer)))
