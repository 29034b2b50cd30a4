"""Which stock may serve an order line, and in which turn it leaves: pure. A part of `station.allocation`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from station.receiving import is_receiving
from station.rules.issue import batch_of, in_turn
from station.rules.shelf_life import day_of, expiry_of, remaining_days, why_not
from station.tracking import lacks
from station.values import Item, LotHold, Order, OrderLine, Place, Stock, StockKey, StockStatus

Carrier = tuple[str, int]  # machine and tray
Promised = Mapping[tuple[Place, StockKey], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """When and for whom. `today` is the day on which expiry is judged (None: it is not); `rights` are those of the person who
    is to work it (None: nobody's, everything is seen); `locked` are the trays that he may not call, and the right that they ask
    for. `zones` are places without a lift: what lies in the one that an order is for serves it already. Nothing is offered out of
    those in `quarantine`, nor of what is `held`, wherever it lies. `machine` is the station's own, "" where the
    work of every machine is meant."""

    today: date | None = None
    rights: frozenset[str] | None = None
    locked: Mapping[Carrier, str] = field(default_factory=dict)
    zones: frozenset[str] = frozenset()
    quarantine: frozenset[str] = frozenset()
    machine: str = ""
    held: tuple[LotHold, ...] = ()

    def is_held(self, key: StockKey) -> bool:
        """Whether it is blocked, by a person or because of a defect."""
        return any(each.holds(key.item, key.lot, key.owner) for each in self.held)

    def is_elsewhere(self, machine: str) -> bool:
        """Whether what lies there comes to another station."""
        return bool(self.machine) and machine not in (self.machine, *self.zones) and not is_receiving(machine)


ANYBODY: Final = Terms()


def fits(line: OrderLine, key: StockKey) -> bool:
    return key.item == line.item and key.owner == line.owner and line.lot in ("", key.lot)


def _spoils(order: Order, line: OrderLine, item: Item, each: Stock, *, terms: Terms) -> str:
    """Why this stock is not good, or not for long enough; "" when it is, or when nobody asked."""
    if terms.today is None:
        return ""
    day, days = day_of(order, terms.today), remaining_days(item, line)
    return why_not(expiry_of(item, each), today=terms.today, day=day, days=days)


def why_spoilt(order: Order, line: OrderLine, item: Item, stock: Sequence[Stock], *, terms: Terms) -> str:
    """Why goods that are there do not serve the line: the first reason there is, "" when none of them is spoilt."""
    free = (each for each in stock if each.key.status is StockStatus.FREE and each.quantity > 0 and fits(line, each.key))
    free = (each for each in free if each.place.machine not in terms.quarantine)
    return next(filter(None, (_spoils(order, line, item, each, terms=terms) for each in free)), "")


def usable(
    order: Order, line: OrderLine, item: Item, stock: Iterable[Stock], *, taken: Promised, terms: Terms
) -> list[tuple[Stock, int]]:
    """The stock that may serve the line with what is left of it, as it leaves; last what nothing tells apart. What is held for
    other stations is not left."""
    fitting = [each for each in stock if each.key.status is StockStatus.FREE and fits(line, each.key)]
    fitting = [each for each in fitting if not terms.is_held(each.key)]
    barred = terms.quarantine | (terms.zones & {order.destination})
    fitting = [each for each in fitting if each.place.machine not in barred]
    fitting = in_turn(item, [each for each in fitting if not _spoils(order, line, item, each, terms=terms)])
    left = ((each, each.quantity - each.held - taken.get((each.place, each.key), 0)) for each in fitting)
    usable = [(each, quantity) for each, quantity in left if quantity > 0]
    return sorted(usable, key=lambda each: bool(lacks(item, each[0].key)))


def cover(needed: int, usable: Sequence[tuple[Stock, int]]) -> list[tuple[Stock, int]]:
    """What to take from where: lot by lot as they first appear, from the fewest compartments of each lot."""
    lots: dict[object, list[tuple[Stock, int]]] = {}
    for each, left in usable:
        lots.setdefault(batch_of(each), []).append((each, left))
    parts: list[tuple[Stock, int]] = []
    for homes in lots.values():
        part = _fewest(needed, homes)
        parts += part
        needed -= sum(quantity for _, quantity in part)
    return parts


def _fewest(needed: int, homes: Sequence[tuple[Stock, int]]) -> list[tuple[Stock, int]]:
    """The fullest first, until one compartment covers the rest; of those that do, the one with least, so that it gets empty."""
    left = sorted(homes, key=lambda home: -home[1])
    parts: list[tuple[Stock, int]] = []
    while needed > 0 and left:
        enough = [home for home in left if home[1] >= needed]
        home = min(enough, key=lambda each: each[1]) if enough else left[0]
        left.remove(home)
        part = min(needed, home[1])
        parts.append((home[0], part))
        needed -= part
    return parts


def why_none(line: OrderLine, stock: Sequence[Stock], terms: Terms = ANYBODY) -> str:
    """Why nothing of the stock serves the line."""
    present = [each for each in stock if each.quantity > 0]
    fitting = [each for each in present if fits(line, each.key)]
    free = (each for each in fitting if each.key.status is StockStatus.FREE and not terms.is_held(each.key))
    if any(each.place.machine not in terms.quarantine for each in free):
        return "promised"
    if fitting:
        return "held"
    return "other_stock" if present else "no_stock"
