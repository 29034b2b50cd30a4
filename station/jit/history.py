"""Demand by periods from the days of the record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from station.jit.demand import Series
from station.values import Demand


def series_of(demand: Demand, decimals: Mapping[str, int], *, period_days: int, periods: int) -> tuple[Series, ...]:
    """A series for each item that was asked for or that is named, by code. A period without a single event of the station is no
    period: it was not in service, and nobody knows what would have been asked."""
    served = {day // period_days for day in demand.in_service}
    sums: dict[str, list[int]] = {item: [0] * periods for item in decimals}
    asked_in: set[int] = set()
    for each in demand.asked:
        place = (each.day - demand.first).days // period_days
        if 0 <= place < periods:
            sums.setdefault(each.item, [0] * periods)[place] += each.quantity
            asked_in.add(place)
    counts = served | asked_in
    return tuple(
        Series(item, tuple(max(0, value) if place in counts else None for place, value in enumerate(sums[item])), places)
        for item, places in _with_decimals(sums, decimals)
    )


def _with_decimals(items: Iterable[str], decimals: Mapping[str, int]) -> list[tuple[str, int]]:
    return [(item, decimals.get(item, 0)) for item in sorted(items)]
