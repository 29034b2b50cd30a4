"""What the lift has to do for the orders of the last days, and what one move changes of that. Pure.

Counted order by order: an order needs each tray once that has an item of it and is the only home, or the cheapest one. With put
places trays are shared between orders, so that the true saving is less; between proposals the ranking is the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from station.storage.shop import Shop

Homes = Mapping[str, frozenset[int]]


class LiftTime:
    """Seconds for all orders as items lie now; `by` says what another home would change. Homes move with `move`."""

    def __init__(self, shop: Shop) -> None:
        self._visit_s = shop.visit_s
        self._homes: dict[str, set[int]] = {}
        for each in shop.holdings:
            self._homes.setdefault(each.item, set()).add(each.place.tray)
        self._orders: list[tuple[str, ...]] = [tuple(sorted(basket & self._homes.keys())) for basket in shop.baskets]
        self._of_item: dict[str, list[int]] = {}
        for number, order in enumerate(self._orders):
            for item in order:
                self._of_item.setdefault(item, []).append(number)
        self._cost = [self._seconds(order, {}) for order in self._orders]

    @property
    def total_s(self) -> float:
        return sum(self._cost)

    def homes(self, item: str) -> frozenset[int]:
        return frozenset(self._homes.get(item, ()))

    def by(self, changed: Homes) -> float:
        """By how many seconds all orders get longer (below 0: shorter) when these items have these homes instead."""
        touched = {number for item in changed for number in self._of_item.get(item, ())}
        return sum(self._seconds(self._orders[number], changed) - self._cost[number] for number in touched)

    def move(self, changed: Homes) -> None:
        """These items have these homes from now on."""
        for item, homes in changed.items():
            self._homes[item] = set(homes)
        for number in {number for item in changed for number in self._of_item.get(item, ())}:
            self._cost[number] = self._seconds(self._orders[number], {})

    def _seconds(self, order: Sequence[str], changed: Homes) -> float:
        """Trays that are the only home of an item, then for the rest the one that has most of it, the cheapest of equals."""
        homes = [changed.get(item) or frozenset(self._homes.get(item, ())) for item in order]
        chosen = {next(iter(each)) for each in homes if len(each) == 1}
        left = [each for each in homes if each and not each & chosen]
        while left:
            counts = Counter(tray for each in left for tray in each)
            best = min(counts, key=lambda tray: (-counts[tray], self._visit_s.get(tray, 0.0), tray))
            chosen.add(best)
            left = [each for each in left if best not in each]
        return sum(self._visit_s.get(tray, 0.0) for tray in chosen)
