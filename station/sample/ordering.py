"""Orders of the sample site, drawn per (seed, order, line): the same names and seed give the same orders."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from station.sample.family import CatalogueItem, Tracking
from station.values import Order, OrderKind, OrderLine, Place, Stock, StockStatus

LINES_WEIGHTS = (30, 25, 18, 12, 9, 6)  # of 1, 2, ... 6 lines
DESTINATIONS = ("Assembly 1", "Assembly 2", "Assembly 3", "Test bench", "Repair", "Cabinet shop", "Service van 4", "Prototype")
FAVOURITES = 2.2  # exponent of the popularity curve: a fifth of the items gets about half of the lines
HORIZON_MIN = 480  # need-by times spread over one shift
LATE_MIN = 25


class OrderBook:
    """Draws orders over one catalogue and its stock. Owns nothing but the ranking of the items by popularity."""

    def __init__(self, catalogue: Sequence[CatalogueItem], stock: Sequence[Stock], seed: int, *, now: datetime) -> None:
        self._seed = seed
        self._now = now.replace(second=0, microsecond=0)
        free: dict[str, list[Place]] = {}
        for row in stock:
            if row.key.status is StockStatus.FREE:
                free.setdefault(row.key.item, []).append(row.place)
        self._free = free
        self._ranked = [each for each in catalogue if each.item.code in free]
        Random(f"ranking/{seed}").shuffle(self._ranked)
        self._missing = [each for each in catalogue if each.item.code not in free]

    def order(self, name: str, kind: OrderKind, *, is_starved: bool = False) -> Order:
        """One order; a starved one asks for something of which nothing free is left."""
        rng = Random(f"order/{self._seed}/{name}")
        count = rng.choices(range(1, len(LINES_WEIGHTS) + 1), LINES_WEIGHTS)[0]
        items = self._items(name, kind, count=count)
        if is_starved and self._missing:
            items[-1] = rng.choice(self._missing)
        lines = tuple(self._line(name, kind, number=number, each=each) for number, each in enumerate(items, start=1))
        need_by = self._now + timedelta(minutes=5 * rng.randint(-LATE_MIN // 5, HORIZON_MIN // 5))
        priority = rng.choices((1, 3, 5, 7), (4, 12, 70, 14))[0]
        destination = "" if kind is OrderKind.COUNT else "Stores" if kind is OrderKind.PUT else rng.choice(DESTINATIONS)
        return Order(order=name, kind=kind, destination=destination, need_by=need_by, priority=priority, lines=lines)

    def _items(self, name: str, kind: OrderKind, *, count: int) -> list[CatalogueItem]:
        """Different items, popular ones more often; a line's draw does not depend on how many lines there are.

        A put brings no serials: nobody upstream knows them before the piece is in hand.
        """
        chosen: dict[str, CatalogueItem] = {}
        line = 0
        while len(chosen) < count:
            line += 1
            share: float = Random(f"item/{self._seed}/{name}/{line}").random() ** FAVOURITES
            each = self._ranked[int(share * len(self._ranked))]
            if kind is OrderKind.PICK or each.family.tracking is not Tracking.SERIAL:
                chosen.setdefault(each.item.code, each)
        return list(chosen.values())

    def _line(self, name: str, kind: OrderKind, *, number: int, each: CatalogueItem) -> OrderLine:
        rng = Random(f"line/{self._seed}/{name}/{number}")
        place = rng.choice(self._free[each.item.code]) if kind is OrderKind.COUNT else None
        lot = f"26{rng.randint(40, 48)}-{rng.randint(1, 99):02d}" if kind is OrderKind.PUT and _has_lots(each) else ""
        return OrderLine(
            order=name,
            line=str(number),
            item=each.item.code,
            quantity=_quantity(each, kind, rng),
            host_key=f"H-{name}-{number}",
            lot=lot,
            owner=each.family.owner,
            place=place,
        )


def _has_lots(each: CatalogueItem) -> bool:
    return each.family.tracking is Tracking.LOT


def _quantity(each: CatalogueItem, kind: OrderKind, rng: Random) -> int:
    """Small numbers are asked more often than large ones; a put brings about a pack, a count asks no quantity."""
    family = each.family
    scale: int = 10**family.decimals
    if kind is OrderKind.COUNT:
        return 0
    if kind is OrderKind.PUT:
        return scale * max((family.pack[1] if family.pack else family.bulk // 3), 1)
    if family.decimals:
        step = scale // 4  # a quarter of a metre
        return max(round(_leaning_low(rng) * family.most * 4), 1) * step
    return max(round(_leaning_low(rng) * family.most), 1)


def _leaning_low(rng: Random) -> float:
    return math.pow(rng.random(), 1.5)


def kinds_in_turn(count: int, seed: int, *, prefix: str) -> list[OrderKind]:
    """Mostly picks: about one order in twelve is a put and one in twenty-five a count."""
    kinds = (OrderKind.PICK, OrderKind.PUT, OrderKind.COUNT)
    return [Random(f"kind/{seed}/{prefix}/{number}").choices(kinds, (88, 8, 4))[0] for number in range(1, count + 1)]
