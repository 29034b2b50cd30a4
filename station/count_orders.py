"""Count orders that are made here: of an item, a tray, an area of trays, a programme, or a random sample. Blocks: called on a
reader thread.

An order has one line for each item, lot and owner in each compartment, so that each can be counted, held and finished by itself.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import asdict, dataclass
from datetime import datetime
from random import Random
from typing import Protocol

from db.records.files import Imported
from station.count_offer import Candidate, cell_of, histories, risk
from station.values import EventRow, Item, Order, OrderKind, OrderLine, Stock

STORE_TIMEOUT_S = 30.0
MOST_LINES = 2000
COUNT = "COUNT-"  # begins the name of an order that was made here
SAMPLE = "SAMPLE-"  # begins the name of an order that was drawn: its counts speak for all places (station.accuracy)
HISTORY_EVENTS = 400  # of a tray: what says how risky its stock is


class CountOrderError(Exception):
    """No order is made. `code`: unknown_machine, which_machine, unknown_item, unknown_tray, nothing_to_count, too_much."""

    def __init__(self, code: str, about: str) -> None:
        super().__init__(f"{code}: {about}" if about else code)
        self.code = code
        self.about = about


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatToCount:
    """Of one machine ("": the only one): an item or some `items`, the trays from `first_tray` to `last_tray`, or of all of it the
    `riskiest` compartments, or so many drawn at random by a seed as `sample`. What is given limits together: an item on some
    trays, the riskiest of some trays; `compartments`: only those of them."""

    machine: str = ""
    item: str = ""
    items: frozenset[str] = frozenset()
    first_tray: int | None = None
    last_tray: int | None = None
    compartments: tuple[str, ...] = ()
    riskiest: int | None = None
    sample: int | None = None
    seed: int = 0


class CountOrderStore(Protocol):
    """What is needed of the store."""

    def machines(self) -> tuple[str, ...]: ...

    def tray_numbers(self, machine: str) -> frozenset[int]: ...

    def item(self, code: str) -> Item | None: ...

    def stock(self) -> tuple[Stock, ...]: ...

    def order(self, order: str) -> Order | None: ...

    def events_of_tray(self, machine: str, tray: int, *, before_seq: int | None, limit: int) -> tuple[EventRow, ...]: ...

    def import_orders(self, orders: Sequence[Order], imported: Imported, *, operator: str = "") -> Future[tuple[str, ...]]: ...


def order_count(store: CountOrderStore, what: WhatToCount, now: datetime, *, operator: str = "") -> Order:
    """Make the order; it is in the work list then. Raises CountOrderError, StoreError."""
    machine = _machine(store, what.machine)
    _check(store, what, machine)
    stock = [each for each in store.stock() if each.place.machine == machine and _is_meant(each, what)]
    if what.riskiest is not None:
        stock = _riskiest(store, stock, what.riskiest, now)
    if what.sample is not None:
        stock = _drawn(stock, what.sample, what.seed)
    if not stock:
        raise CountOrderError("nothing_to_count", "")
    order = _order(_free_name(store, now, SAMPLE if what.sample is not None else COUNT), stock)
    if len(order.lines) > MOST_LINES:
        raise CountOrderError("too_much", str(len(order.lines)))
    text = json.dumps(asdict(order), default=str, sort_keys=True)
    sha256 = hashlib.sha256(text.encode("utf-8")).hexdigest()
    imported = Imported(what="order", file=f"count {order.order}", sha256=sha256, rows=len(order.lines), rejected=0)
    store.import_orders((order,), imported, operator=operator).result(STORE_TIMEOUT_S)
    return order


def _machine(store: CountOrderStore, named: str) -> str:
    machines = store.machines()
    if named and named not in machines:
        raise CountOrderError("unknown_machine", named)
    if not named and len(machines) != 1:
        raise CountOrderError("which_machine", ", ".join(machines))
    return named or machines[0]


def _check(store: CountOrderStore, what: WhatToCount, machine: str) -> None:
    if what.item and store.item(what.item) is None:
        raise CountOrderError("unknown_item", what.item)
    known = store.tray_numbers(machine)
    if what.first_tray is not None and not known & set(range(what.first_tray, (what.last_tray or what.first_tray) + 1)):
        raise CountOrderError("unknown_tray", str(what.first_tray))


def _is_meant(stock: Stock, what: WhatToCount) -> bool:
    if (what.item and stock.key.item != what.item) or (what.items and stock.key.item not in what.items):
        return False
    if what.compartments and stock.place.compartment not in what.compartments:
        return False
    if what.first_tray is None:
        return True
    return what.first_tray <= stock.place.tray <= (what.last_tray or what.first_tray)


def _riskiest(store: CountOrderStore, stock: Sequence[Stock], count: int, now: datetime) -> list[Stock]:
    """So many of them whose book is the likeliest to be wrong, by `station.count_offer`; of equals the first by place."""
    seen = {
        tray: histories(store.events_of_tray(stock[0].place.machine, tray, before_seq=None, limit=HISTORY_EVENTS))
        for tray in sorted({each.place.tray for each in stock})
    }
    found: list[tuple[float, Stock]] = []
    for each in stock:
        item, history = store.item(each.key.item), seen[each.place.tray].get(cell_of(each))
        if item is not None:
            candidate = Candidate(stock=each, item=item, history=history) if history else Candidate(stock=each, item=item)
            found.append((risk(candidate, now), each))
    ranked = sorted(found, key=lambda each: (-each[0], each[1].place.tray, cell_of(each[1])))
    return [each for _, each in ranked[:count]]


def _drawn(stock: Sequence[Stock], count: int, seed: int) -> list[Stock]:
    """All that lies at so many places, each as likely as any other. The same seed on the same stock draws the same."""
    places = sorted({each.place for each in stock}, key=lambda place: (place.tray, place.compartment))
    drawn = set(Random(seed).sample(places, min(count, len(places))))
    return [each for each in stock if each.place in drawn]


def _order(name: str, stock: Sequence[Stock]) -> Order:
    """Serials and statuses of a lot at one place are counted under one line, each as a task of its own. A line without a lot
    means every lot: where some has none, one line is enough."""
    without = {(each.place, each.key.item, each.key.owner) for each in stock if not each.key.lot}
    cells = [(each.place, each.key.item, each.key.owner, each.key.lot) for each in stock]
    meant = dict.fromkeys((*cell[:2], "" if cell[:3] in without else cell[3], cell[2]) for cell in cells)
    lines = tuple(
        OrderLine(order=name, line=str(number), item=item, quantity=0, lot=lot, owner=owner, place=place)
        for number, (place, item, lot, owner) in enumerate(meant, start=1)
    )
    return Order(order=name, kind=OrderKind.COUNT, lines=lines)


def _free_name(store: CountOrderStore, now: datetime, begins: str) -> str:
    """By the moment, with a number behind it where that is taken."""
    name = f"{begins}{now:%y%m%d-%H%M%S}"
    return next(each for each in (name, *(f"{name}-{number}" for number in range(2, 1000))) if store.order(each) is None)
