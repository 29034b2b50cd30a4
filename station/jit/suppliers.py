"""What a supplier does, measured from deliveries against what was asked of him."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from station.jit.lots import DAYS_A_YEAR
from station.jit.percentile import percentile


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What came of one request. Quantities are scaled integers of the item. `rejected` is a part of `received`; `asked_on` None:
    nobody knows when it was asked."""

    supplier: str
    item: str
    asked_on: date | None
    due_on: date
    received_on: date
    asked: int
    received: int
    rejected: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What was agreed with a supplier about an item; None: nothing. Shares are of deliveries."""

    lead_time_days: float | None = None
    weekdays: frozenset[int] = frozenset()  # 0 is Monday; empty: any day
    lot: int | None = None
    service: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Performance:
    """Measured. Lead times of those of which it is known when they were asked, None without any. `on_time`: on the due day or
    before; `in_full`: what was asked or more, good; `otif`: both; `quantity_accuracy`: 1 - sum |received - asked| / sum asked;
    `per_month`: deliveries a month; `ppm`: rejected of a million received."""

    deliveries: int
    lead_time_days: float | None
    lead_time_sd_days: float | None
    lead_time_p95_days: float | None
    on_time: float
    in_full: float
    otif: float
    quantity_accuracy: float
    per_month: float | None
    rejected: float
    ppm: float


def performance(deliveries: Sequence[Delivery]) -> Performance:
    """Of one supplier, or of one item of his. Names as in SCOR (RL.2.1, RL.2.2); ValueError without a delivery."""
    if not deliveries:
        raise ValueError("nothing was delivered")
    count = len(deliveries)
    leads = [float((each.received_on - each.asked_on).days) for each in deliveries if each.asked_on is not None]
    on_time = [each.received_on <= each.due_on for each in deliveries]
    in_full = [each.received - each.rejected >= each.asked for each in deliveries]
    asked, received = sum(each.asked for each in deliveries), sum(each.received for each in deliveries)
    rejected = sum(each.rejected for each in deliveries)
    share = rejected / received if received else 0.0
    wrong = sum(abs(each.received - each.asked) for each in deliveries)
    return Performance(
        deliveries=count,
        lead_time_days=sum(leads) / len(leads) if leads else None,
        lead_time_sd_days=_sd(leads),
        lead_time_p95_days=percentile(leads, 0.95) if leads else None,
        on_time=sum(on_time) / count,
        in_full=sum(in_full) / count,
        otif=sum(a and b for a, b in zip(on_time, in_full, strict=True)) / count,
        quantity_accuracy=max(0.0, 1 - wrong / asked) if asked else 0.0,
        per_month=_per_month([each.received_on for each in deliveries]),
        rejected=share,
        ppm=share * 1_000_000,
    )


def by_supplier(deliveries: Iterable[Delivery]) -> dict[str, Performance]:
    """Each supplier's, by name."""
    found: dict[str, list[Delivery]] = {}
    for each in deliveries:
        found.setdefault(each.supplier, []).append(each)
    return {name: performance(found[name]) for name in sorted(found)}


def breaches(deliveries: Sequence[Delivery], agreed: Agreement) -> dict[str, float]:
    """What was agreed and is not kept, each with the measured figure: the share of deliveries that took longer, came on another
    weekday or in another lot, and the service that was reached where it lies below the agreed one."""
    found: dict[str, float] = {}
    if not deliveries:
        return found
    count = len(deliveries)
    if agreed.lead_time_days is not None:
        known = [(e.received_on - e.asked_on).days for e in deliveries if e.asked_on is not None]
        found["lead_time"] = sum(each > agreed.lead_time_days for each in known) / len(known) if known else 0.0
    if agreed.weekdays:
        found["weekday"] = sum(each.received_on.weekday() not in agreed.weekdays for each in deliveries) / count
    if agreed.lot:
        found["lot"] = sum(each.received % agreed.lot != 0 for each in deliveries) / count
    broken = {name: share for name, share in found.items() if share > 0}
    reached = performance(deliveries).otif
    return broken | ({"service": reached} if agreed.service is not None and reached < agreed.service else {})


@dataclass(frozen=True, slots=True, kw_only=True)
class MoreOften:
    """What deliveries `times` as often bring a year, in minor units: less stock saves, more orders cost."""

    times: float
    lot_before: float
    lot_after: float
    saved_minor: float
    cost_minor: float
    cash_minor: float

    @property
    def net_minor(self) -> float:
        return self.saved_minor - self.cost_minor


def more_often(
    *, per_year: float, lot: float, unit_value: float, order_cost: float, avoidable_rate: float, times: float = 2.0
) -> MoreOften:
    """Smaller, more frequent deliveries: stock of half a lot less, so many orders more. Source: as `economic_lot`, its two terms
    apart; only the avoidable part of the carrying cost is counted."""
    after = lot / times
    less = (lot - after) / 2 * unit_value
    orders = per_year / after - per_year / lot
    return MoreOften(
        times=times,
        lot_before=lot,
        lot_after=after,
        saved_minor=less * avoidable_rate,
        cost_minor=orders * order_cost,
        cash_minor=less,
    )


def _sd(values: Sequence[float]) -> float | None:
    if len(values) < 2:
        return None
    mean = sum(values) / len(values)
    return math.sqrt(sum((each - mean) ** 2 for each in values) / (len(values) - 1))


def _per_month(days: Sequence[date]) -> float | None:
    """Intervals between different delivery days by the months they span; None with one day only."""
    different = sorted(set(days))
    span = (different[-1] - different[0]).days
    return (len(different) - 1) * DAYS_A_YEAR / 12 / span if span else None
