"""A lane that closes: the way from a place or a supplier to a consumer. Which lines and orders stop then, and when? Pure.

A lane is said as `FROM>TO` (either side may be empty: all of them) or by a name that the facts of items give. What is picked and
on its way stands still with it; what the consumer holds already lasts as long as its use lets it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from station.jit.exposure import Asked, Stocked, Stop, late

BETWEEN = ">"
LEAST = 1e-9


@dataclass(frozen=True, slots=True)
class Lane:
    """`source` is a machine, a place or a supplier, `consumer` who is served; "" is any. `name` is that of the items' facts."""

    source: str = ""
    consumer: str = ""
    name: str = ""

    def leads_to(self, consumer: str) -> bool:
        """Whether what this consumer asks for comes over it. A named lane leads into the house only."""
        return not self.name and self.consumer in ("", consumer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """A lane with how it is used. `days` None: nobody knows until when. `behind`: free stock of each item at its source, in stock
    units; `suppliers`: whose goods come over it."""

    lane: Lane
    days: float | None
    behind: Mapping[str, float]
    suppliers: frozenset[str] = frozenset()

    @property
    def until(self) -> float:
        return math.inf if self.days is None else self.days

    def shuts(self, line: Asked) -> bool:
        """Whether the line needs the lane while it is closed. That of a supplier brings less stock, and shuts no way."""
        return self.lane.leads_to(line.consumer) and line.in_days < self.until and not self.suppliers


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What a consumer holds of an item, and what is used of it a day; in stock units."""

    consumer: str
    item: str
    on_hand: float
    use_per_day: float


@dataclass(frozen=True, slots=True)
class ConsumerStop:
    """A line that stands for lack of an item: so many days from now."""

    consumer: str
    item: str
    in_days: float


def lane_of(text: str) -> Lane:
    """`FROM>TO`, or a name."""
    source, between, consumer = text.partition(BETWEEN)
    return Lane(source.strip(), consumer.strip()) if between else Lane(name=text.strip())


def without_arrivals(stock: Iterable[Stocked], closed: Closed) -> tuple[Stocked, ...]:
    """The stock as it would be: what comes over the lane comes later, or does not come."""
    found = tuple(stock)
    if closed.lane.name:
        return late(found, days=closed.until, lane=closed.lane.name)
    for supplier in sorted(closed.suppliers):
        found = late(found, days=closed.until, supplier=supplier)
    return found


def stops_of(stock: Iterable[Stocked], lines: Iterable[Asked], closed: Closed) -> tuple[Stop, ...]:
    """Which lines get too little. One that needs the lane while it is closed takes only what lies elsewhere; all others take
    first what lies behind it. `stock` is that of `without_arrivals`."""
    told = {each.item: each for each in stock}
    behind = {item: min(closed.behind.get(item, 0.0), max(0.0, each.on_hand)) for item, each in told.items()}
    elsewhere = {item: each.on_hand - behind[item] for item, each in told.items()}
    arrivals = {item: sorted(each.arrivals) for item, each in told.items()}
    found = []
    for line in sorted(lines, key=lambda each: (each.in_days, each.order, each.line)):
        is_shut = closed.shuts(line)
        if line.is_under_way:
            found += [_stop(line, line.quantity)] if is_shut else []  # it is picked: it takes nothing more
            continue
        come = [each for each in arrivals.get(line.item, []) if each[0] <= line.in_days]
        arrivals[line.item] = arrivals.get(line.item, [])[len(come) :]
        elsewhere[line.item] = elsewhere.get(line.item, 0.0) + sum(quantity for _, quantity in come)
        first = 0.0 if is_shut else min(line.quantity, behind.get(line.item, 0.0))
        has_way = not is_shut or bool(closed.lane.source)
        second = min(line.quantity - first, max(0.0, elsewhere[line.item])) if has_way else 0.0
        behind[line.item] = behind.get(line.item, 0.0) - first
        elsewhere[line.item] -= second
        if (missing := line.quantity - first - second) > LEAST:
            found.append(_stop(line, missing))
    return tuple(found)


def _stop(line: Asked, missing: float) -> Stop:
    return Stop(order=line.order, line=line.line, item=line.item, in_days=line.in_days, missing=missing, consumer=line.consumer)


def consumers_stopped(stops: Iterable[Stop], held: Iterable[Held], closed: Closed | None = None) -> tuple[ConsumerStop, ...]:
    """Which consumers stand, the soonest first: with the first order of theirs that gets too little, or when what they hold is
    used up while their lane is closed."""
    first: dict[str, ConsumerStop] = {}
    found = [ConsumerStop(each.consumer, each.item, each.in_days) for each in stops if each.consumer]
    if closed is not None and not closed.suppliers:
        found += [
            ConsumerStop(each.consumer, each.item, each.on_hand / each.use_per_day)
            for each in held
            if each.use_per_day > 0 and closed.lane.leads_to(each.consumer) and each.on_hand / each.use_per_day < closed.until
        ]
    for each in sorted(found, key=lambda stop: (stop.in_days, stop.consumer, stop.item)):
        first.setdefault(each.consumer, each)
    return tuple(first.values())
