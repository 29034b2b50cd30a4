"""Demand by periods from the days of the record."""

from __future__ import annotations

from collections.abc import Mapping

from station.jit.demand import Series
from station.values import Demand


def series_of(demand: Demand, decimals: Mapping[str, int], *, period_days: int, periods: int) -> tuple[Series, ...]:
    """A series for each item that was asked for or that is named, by code. A period without a single event of the station is no
    period: it was not in service, and nobody knows what would have been asked."""
    served = {day // period_days for day in demand.in_service}
    sums: dict[str, list[int]] = {item: [0] * periods for item in decimals}
    asked_in: set[int] = set()
    places = {day: (day - demand.first).days // period_days for day in {each.day for each in demand.asked}}
    for each in demand.asked:
        place = places[each.day]
        if 0 <= place < periods:
            sums.setdefault(each.item, [0] * periods)[place] += each.quantity
            asked_in.add(place)
    counts = served | asked_in
    return tuple(
        Series(
            item,
            tuple(max(0, value) if place in counts else None for place, value in enumerate(sums[item])),
            decimals.get(item, 0),
        )
        for item in sorted(sums)
    )
