"""What just-in-time has brought so far, from the log: the worth of the stock day by day, and the time before a day beside the
time since. Pure; money in minor units.

Compared are only items whose stock is known on every day: one that was loaded meanwhile would look as if stock had grown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from station.jit.money import Aged, CarryingCost, above_and_below, aged
from station.jit.stock_days import daily
from station.values import EventFact, StockChange, Tray

RECEIVED, LOT_HELD, PICKED = "received", "lot_held", "picked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An item's stock now with its changes, scaled integers; `unit_value_minor` of one such unit. `top`: above it stock is too
    much, None where nobody said; `use_per_day` as it is now."""

    item: str
    now: int
    changes: tuple[StockChange, ...]
    unit_value_minor: float
    top: int | None
    use_per_day: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Some days together, of the items compared. `mean_minor`: worth of the stock, mean of the days; `above_minor` of it over the
    tops; `days_out`: days with nothing of an item, `lost_minor` what was used on such a day otherwise; `carrying_minor` and
    `avoidable_minor` a year at this worth. Of receipts and picks all that were booked."""

    first: date
    last: date
    mean_minor: float
    above_minor: float
    days_out: int
    lost_minor: float
    carrying_minor: float
    avoidable_minor: float
    receipts: int
    refused_receipts: int  # put on hold or rejected: the defects found at receipt
    picks: int
    defects_at_pick: int


@dataclass(frozen=True, slots=True)
class Space:
    """How much of a machine is used: compartments with stock, and their share of the area of all."""

    machine: str
    compartments: int
    used: int
    area_share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """`days`: the worth of the compared items at the end of each day. `before` is None where the day lies before the log."""

    items: int
    compared: int
    days: tuple[tuple[date, float], ...]
    before: Stretch | None
    since: Stretch
    idle: tuple[Aged, ...]


def brought_of(
    held: Sequence[Held], facts: Sequence[EventFact], *, cost: CarryingCost, days: int, since: date, today: date, idle_days: int
) -> Brought:
    """The history of so many days up to today, parted at `since`, which counts to the time after."""
    series = {each.item: daily(each.now, each.changes, days=days, today=today) for each in held}
    compared = [each for each in held if len(series[each.item]) == days]
    every = [today - timedelta(days=days - 1 - at) for at in range(days)]
    worth = [sum(series[each.item][at] * each.unit_value_minor for each in compared) for at in range(days)]
    cut = next((at for at, day in enumerate(every) if day >= since), days - 1)

    def stretch(first: int, end: int) -> Stretch:
        return _stretch(compared, series, worth, facts, cost=cost, days=every, first=first, end=end)

    return Brought(
        items=len(held),
        compared=len(compared),
        days=tuple(zip(every, worth, strict=True)),
        before=stretch(0, cut) if cut else None,
        since=stretch(cut, days),
        idle=aged({each.item: _idle(each, today=today, days=days) for each in held}, from_days=idle_days),
    )


def _stretch(
    compared: Sequence[Held],
    series: Mapping[str, Sequence[int]],
    worth: Sequence[float],
    facts: Sequence[EventFact],
    *,
    cost: CarryingCost,
    days: Sequence[date],
    first: int,
    end: int,
) -> Stretch:
    above, out, lost = 0.0, 0, 0.0
    for each in compared:
        found = above_and_below(
            series[each.item][first:end],
            top=each.now if each.top is None else each.top,
            use_per_day=each.use_per_day,
            unit_value_minor=each.unit_value_minor,
        )
        above += 0.0 if each.top is None else found.above_minor
        out, lost = out + found.days_out, lost + found.lost_minor
    own = [each for each in facts if days[first] <= each.at.date() <= days[end - 1]]
    mean = sum(worth[first:end]) / (end - first)
    return Stretch(
        first=days[first],
        last=days[end - 1],
        mean_minor=mean,
        above_minor=above,
        days_out=out,
        lost_minor=lost,
        carrying_minor=mean * cost.rate,
        avoidable_minor=mean * cost.avoidable_rate,
        receipts=_count(own, RECEIVED),
        refused_receipts=sum(each.kind == RECEIVED and each.data.get("verdict", "release") != "release" for each in own),
        picks=_count(own, PICKED),
        defects_at_pick=_count(own, LOT_HELD),
    )


def _count(facts: Iterable[EventFact], kind: str) -> int:
    return sum(each.kind == kind for each in facts)


def _idle(held: Held, *, today: date, days: int) -> tuple[int | None, float]:
    """Days since stock of it last went out, or since it was loaded; None where neither was in these days."""
    moved = [each.day for each in held.changes if each.delta < 0 or each.is_loaded]
    worth = held.now * held.unit_value_minor
    return ((today - max(moved)).days if moved else None), worth


def space_of(machine: str, trays: Sequence[Tray], used: Iterable[tuple[int, str]]) -> Space:
    """How much of a machine is used; `used` are (tray, compartment) with stock."""
    full = set(used)
    cells = [(tray.number, cell.label, cell.width_mm * cell.depth_mm) for tray in trays for cell in tray.compartments]
    area = sum(each for _, _, each in cells)
    taken = [size for number, label, size in cells if (number, label) in full]
    return Space(machine, len(cells), len(taken), sum(taken) / area if area else 0.0)
