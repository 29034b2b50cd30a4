"""What stands on the emergency list: open lines with where their stock is, and every tray with its contents. Pure.

It is worked from by people without a screen, so it says more than a plan: stock of every status and in every tray is there, what
lies longest first, and a line names the place it would be taken from and some more in case that one cannot be reached.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from station.values import EmergencyFacts, Item, LineState, Order, OrderKind, OrderLine, Outage, Place, Stock, StockStatus, Tray

SPARE_PLACES = 2  # beside those that hold enough for the line
MOST_PLACES = 8
_OPEN = (LineState.OPEN, LineState.SKIPPED)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenLine:
    """A line that is not done. `quantity` is what is still asked, None for a count; `places` are where its stock is, or where it
    is to go, the first one first, and `more` counts those that are in the second part only."""

    line: str
    item_code: str
    item: Item | None
    quantity: int | None
    lot: str
    note: str
    places: tuple[tuple[Place, Stock | None], ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenOrder:
    order: str
    kind: OrderKind
    destination: str
    need_by: datetime | None
    is_started: bool
    lines: tuple[OpenLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrayContents:
    """A tray with its compartments by their label, each with what the book has in it; () for an empty one."""

    machine: str
    number: int
    name: str
    out_of_service: str
    compartments: tuple[tuple[str, tuple[Stock, ...]], ...]


def open_orders(facts: EmergencyFacts) -> tuple[OpenOrder, ...]:
    """The open orders with the lines that are left, in the order of the work list."""
    by_item: dict[str, list[Stock]] = defaultdict(list)
    for each in facts.stock:
        by_item[each.key.item].append(each)
    found = (_order(each, by_item, facts.items) for each in facts.orders)
    return tuple(each for each in found if each.lines)


def _order(order: Order, stock: Mapping[str, Sequence[Stock]], items: Mapping[str, Item]) -> OpenOrder:
    left = [each for each in order.lines if each.state in _OPEN]
    return OpenOrder(
        order=order.order,
        kind=order.kind,
        destination=order.destination,
        need_by=order.need_by,
        is_started=order.state.value == "started",
        lines=tuple(_line(order.kind, each, stock.get(each.item, ()), items.get(each.item)) for each in left),
    )


def _line(kind: OrderKind, line: OrderLine, stock: Sequence[Stock], item: Item | None) -> OpenLine:
    quantity = max(0, line.quantity - line.done_quantity)
    candidates = _candidates(kind, line, stock)
    shown = candidates[: _enough(candidates, quantity if kind is OrderKind.PICK else 0)]
    return OpenLine(
        line=line.line,
        item_code=line.item,
        item=item,
        quantity=None if kind is OrderKind.COUNT else quantity,
        lot=line.lot,
        note=line.note,
        places=shown,
        more=len(candidates) - len(shown),
    )


def _candidates(kind: OrderKind, line: OrderLine, stock: Sequence[Stock]) -> tuple[tuple[Place, Stock | None], ...]:
    """Where the line can be worked. A place that the order names comes alone, whether the book has something in it or not."""
    if line.place is not None and line.place.compartment:
        there = [each for each in stock if each.place == line.place]
        return tuple((line.place, each) for each in there) or ((line.place, None),)
    fits = [each for each in stock if each.key.owner == line.owner and line.lot in ("", each.key.lot) and each.quantity > 0]
    if kind is OrderKind.PICK:
        fits = [each for each in fits if each.key.status is StockStatus.FREE]
    return tuple((each.place, each) for each in fits)


def _enough(candidates: Sequence[tuple[Place, Stock | None]], quantity: int) -> int:
    """How many places hold the quantity together, with some to spare."""
    have, count = 0, 0
    while count < len(candidates) and have < quantity:
        found = candidates[count][1]
        have += found.quantity if found is not None else 0
        count += 1
    return min(len(candidates), count + SPARE_PLACES, MOST_PLACES)


def trays(facts: EmergencyFacts) -> tuple[TrayContents, ...]:
    """Every tray by machine and number; stock in a place that no tray file names is there too."""
    held: dict[tuple[str, int], dict[str, list[Stock]]] = defaultdict(dict)
    for tray in facts.trays:
        held[tray.machine, tray.number] = {each.label: [] for each in tray.compartments}
    for each in facts.stock:
        held[each.place.machine, each.place.tray].setdefault(each.place.compartment, []).append(each)
    known = {(each.machine, each.number): each for each in facts.trays}
    out = {(each.machine, each.tray): each for each in facts.outages if each.tray is not None}
    return tuple(_tray(carrier, held[carrier], known.get(carrier), out.get(carrier)) for carrier in sorted(held))


def _tray(
    carrier: tuple[str, int], held: Mapping[str, Sequence[Stock]], tray: Tray | None, outage: Outage | None
) -> TrayContents:
    return TrayContents(
        machine=carrier[0],
        number=carrier[1],
        name=tray.name if tray is not None else "",
        out_of_service=outage.reason if outage is not None else "",
        compartments=tuple((label, tuple(there)) for label, there in held.items()),
    )
