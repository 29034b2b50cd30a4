"""Exposure: lean stock shows every failure at once, so it is shown first. Who stops, and when, if something does not come?"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

DAYS_A_YEAR = 365.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Stocked:
    """An item as it stands: free stock, daily use and what is on its way (days from now, quantity), in one unit."""

    item: str
    on_hand: float
    use_per_day: float
    arrivals: tuple[tuple[float, float], ...] = ()
    supplier: str = ""
    lane: str = ""
    unit_value: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A line of an order in work: what it needs, for whom, and in how many days. `is_under_way`: it is picked already."""

    order: str
    line: str
    item: str
    quantity: float
    in_days: float
    consumer: str = ""
    is_under_way: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A line that gets too little, and when. `missing` in the item's unit."""

    order: str
    line: str
    item: str
    in_days: float
    missing: float
    consumer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DryItem:
    """An item that runs out: in how many days, and for how long until the next arrival (None: none is on its way)."""

    item: str
    in_days: float
    for_days: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shield:
    """A temporary buffer that would bridge a delay, and what it costs against the stop it prevents; minor units."""

    item: str
    quantity: float
    value_minor: float
    carrying_minor: float
    stop_minor: float

    @property
    def is_worth_it(self) -> bool:
        return self.carrying_minor < self.stop_minor


def cover_days(stocked: Stocked) -> float | None:
    """For how many days the stock on hand lasts; None when nothing is used."""
    return stocked.on_hand / stocked.use_per_day if stocked.use_per_day > 0 else None


def cover_of_orders(stock: Mapping[str, Stocked], lines: Iterable[Asked]) -> dict[str, float | None]:
    """The days of cover of each order in work: of the item of it that runs out first; None when none of them does."""
    found: dict[str, float | None] = {}
    for line in lines:
        item = stock.get(line.item)
        cover = cover_days(item) if item is not None else 0.0
        before = found.get(line.order)
        found[line.order] = cover if before is None else before if cover is None else min(before, cover)
    return found


def late(stock: Iterable[Stocked], *, days: float, supplier: str = "", lane: str = "") -> tuple[Stocked, ...]:
    """The stock as it would be if this supplier, or this lane, were so many days late; infinity: nothing comes of it."""
    return tuple(_delayed(each, days) if _is_hit(each, supplier=supplier, lane=lane) else each for each in stock)


def runs_dry(stocked: Stocked) -> DryItem | None:
    """The first time the item runs out with its mean use; None when arrivals come in time for all that is known."""
    if stocked.use_per_day <= 0:
        return None
    there, now = stocked.on_hand, 0.0
    for at, quantity in sorted(stocked.arrivals):
        empty = now + max(0.0, there) / stocked.use_per_day
        if empty < at - 1e-9:
            return DryItem(item=stocked.item, in_days=empty, for_days=at - empty)
        there, now = there - stocked.use_per_day * (at - now) + quantity, at
    return DryItem(item=stocked.item, in_days=now + max(0.0, there) / stocked.use_per_day, for_days=None)


def stops(stock: Iterable[Stocked], lines: Iterable[Asked]) -> tuple[Stop, ...]:
    """Which lines get too little, the soonest first. Stock and arrivals go to lines by their need, each piece once."""
    waiting = {each.item: (each.on_hand, sorted(each.arrivals)) for each in stock}
    found = []
    for line in sorted(lines, key=lambda each: (each.in_days, each.order, each.line)):
        there, arrivals = waiting.get(line.item, (0.0, []))
        come = [each for each in arrivals if each[0] <= line.in_days]
        there += sum(quantity for _, quantity in come)
        missing = max(0.0, line.quantity - max(0.0, there))
        waiting[line.item] = (there - (line.quantity - missing), arrivals[len(come) :])
        if missing > 1e-9:
            found.append(
                Stop(
                    order=line.order,
                    line=line.line,
                    item=line.item,
                    in_days=line.in_days,
                    missing=missing,
                    consumer=line.consumer,
                )
            )
    return tuple(found)


def shield(
    stocked: Stocked, *, delay_days: float, stop_minor_per_day: float, carrying_rate: float, held_days: float
) -> Shield | None:
    """The buffer that bridges a delay, held for so long, against the days the line would stand. None where nothing runs dry for
    lack of it or the value is not known."""
    before, after = runs_dry(stocked), runs_dry(_delayed(stocked, delay_days))
    if after is None or stocked.unit_value is None:
        return None
    gap = _gap(after) - _gap(before)
    if gap <= 0:
        return None
    quantity = math.ceil(gap * stocked.use_per_day - 1e-9)
    value = quantity * stocked.unit_value
    return Shield(
        item=stocked.item,
        quantity=quantity,
        value_minor=value,
        carrying_minor=value * carrying_rate * held_days / DAYS_A_YEAR,
        stop_minor=gap * stop_minor_per_day,
    )


@dataclass(frozen=True, slots=True)
class EarlyWarning:
    """An early warning: a code, what it is about, the figure and its limit."""

    code: str
    about: str
    figure: float
    limit: float


def warnings(
    *,
    slack_hours: Mapping[str, float],
    machines_out_hours: Mapping[str, float],
    accuracy: Sequence[float],
    fall: float = 0.01,
) -> tuple[EarlyWarning, ...]:
    """Signals without slack, machines out of service, and accuracy that fell: `accuracy` is that of the newest periods, the last
    one against the mean of those before it."""
    found = [EarlyWarning("late_signal", name, hours, 0.0) for name, hours in sorted(slack_hours.items()) if hours < 0]
    found += [EarlyWarning("machine_out", name, hours, 0.0) for name, hours in sorted(machines_out_hours.items()) if hours > 0]
    if len(accuracy) > 1:
        usual = sum(accuracy[:-1]) / (len(accuracy) - 1)
        if accuracy[-1] < usual - fall:
            found.append(EarlyWarning("accuracy_falls", "", accuracy[-1], usual))
    return tuple(found)


def _is_hit(stocked: Stocked, *, supplier: str, lane: str) -> bool:
    return bool(supplier and stocked.supplier == supplier) or bool(lane and stocked.lane == lane)


def _delayed(stocked: Stocked, days: float) -> Stocked:
    return Stocked(
        item=stocked.item,
        on_hand=stocked.on_hand,
        use_per_day=stocked.use_per_day,
        arrivals=() if math.isinf(days) else tuple((at + days, quantity) for at, quantity in stocked.arrivals),
        supplier=stocked.supplier,
        lane=stocked.lane,
        unit_value=stocked.unit_value,
    )


def _gap(dry: DryItem | None) -> float:
    """Days without stock before something comes; what nothing comes after is another matter than a delay."""
    return 0.0 if dry is None or dry.for_days is None else dry.for_days
