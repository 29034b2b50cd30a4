"""Free stock at the end of each day, walked back from what is there now."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from station.values import StockChange


def by_item(changes: Iterable[StockChange]) -> dict[str, tuple[StockChange, ...]]:
    """The changes of each item."""
    found: dict[str, list[StockChange]] = {}
    for each in changes:
        found.setdefault(each.item, []).append(each)
    return {item: tuple(rows) for item, rows in found.items()}


def daily(now: int, changes: Iterable[StockChange], *, days: int, today: date) -> list[int]:
    """The stock of up to so many days, the newest (today, as it is now) last. Before a day on which stock was loaded nobody knows
    what there was: the list begins there."""
    of_day = {each.day: each for each in changes}
    stock, found = now, [now]
    for back in range(days - 1):
        change = of_day.get(today - timedelta(days=back))
        if change is not None:
            if change.is_loaded:
                break
            stock -= change.delta
        found.append(stock)
    return found[::-1]
