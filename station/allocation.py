"""Which compartments serve which order lines: pure, from the stock as it is and what is promised already.

Only free stock of the line's owner is allocated, and of its lot when it asks for one. Oldest lot first; within a lot the fewest
compartments; last what is stocked of a tracked item without its lot or serial. The tasks of a line never sum to more than it
still needs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from station.flows.lines import OUT_OF_SERVICE
from station.task import Mode, Task
from station.tracking import lacks
from station.values import (
    Item,
    LineState,
    Order,
    OrderKind,
    OrderLine,
    Place,
    Stock,
    StockKey,
    StockStatus,
)

Carrier = tuple[str, int]  # machine and tray
OutOfService = Mapping[Carrier, str]  # and why
StockByItem = Mapping[str, Sequence[Stock]]
Promised = Mapping[tuple[Place, StockKey], int]
NONE_OUT: Final[OutOfService] = MappingProxyType({})

OPEN_STATES = frozenset({LineState.OPEN, LineState.SKIPPED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """What a line still needs and no free stock covers. `reason`: unknown_item; no_stock (there is none at all); held (only stock
    that is not free); other_stock (only of another owner or lot); promised (all that fits serves other lines); not_enough;
    out_of_service (it lies on, or belongs on, `tray`, which is out of service: `why`)."""

    order: str
    line: str
    item: str
    quantity: int
    reason: str
    tray: int = 0
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocation:
    """`tasks` in the order of the orders and their lines; `unplaced` are put lines whose compartment is still to be proposed."""

    tasks: tuple[Task, ...]
    missing: tuple[Missing, ...] = ()
    unplaced: tuple[OrderLine, ...] = ()


def allocate(
    orders: Sequence[Order],
    *,
    items: Mapping[str, Item],
    stock: StockByItem,
    promised: Promised,
    out_of_service: OutOfService = NONE_OUT,
) -> Allocation:
    """Tasks for every open line of the orders, in the given urgency.

    `stock` holds all stock of each item, oldest first; `promised` what other work will take from it. A line that is partly
    done asks for the rest only. Trays out of service get no task: a line is planned from its other homes, or waits as a whole.
    """
    taken = dict(promised)
    lines = [(order, line) for order in orders for line in order.lines if line.state in OPEN_STATES]
    found = [
        _of_line(order, line, items.get(line.item), stock=stock.get(line.item, ()), taken=taken, out=out_of_service)
        for order, line in lines
    ]
    return Allocation(
        tasks=tuple(task for each in found for task in each.tasks),
        missing=tuple(lack for each in found for lack in each.missing),
        unplaced=tuple(line for each in found for line in each.unplaced),
    )


def _of_line(
    order: Order,
    line: OrderLine,
    item: Item | None,
    *,
    stock: Sequence[Stock],
    taken: dict[tuple[Place, StockKey], int],
    out: OutOfService,
) -> Allocation:
    """What one open line gets. What it takes is added to `taken`."""
    needed = still_needed(line)
    if item is None:
        return Allocation(tasks=(), missing=(_missing(line, needed, "unknown_item"),))
    if order.kind is OrderKind.PICK:
        tasks, lack = _pick_tasks(order, line, item=item, stock=stock, taken=taken, out=out)
        return Allocation(tasks=tuple(tasks), missing=tuple(lack))
    if order.kind is OrderKind.COUNT:
        tasks, lack = _count_tasks(order, line, item=item, stock=stock, out=out)
        return Allocation(tasks=tuple(tasks), missing=tuple(lack))
    if line.place is None:
        return Allocation(tasks=(), unplaced=(line,))
    if needed and _carrier(line.place) in out:
        return Allocation(tasks=(), missing=(_waiting(line, needed, line.place, out),))
    return Allocation(tasks=(put_task(order, line, item=item, place=line.place),) if needed else ())


def still_needed(line: OrderLine) -> int:
    """What of the line is not done yet; never negative, even when more than asked has left."""
    return max(0, line.quantity - line.done_quantity)


def next_home(
    order: Order,
    line: OrderLine,
    *,
    quantity: int,
    first_number: int,
    item: Item,
    stock: Sequence[Stock],
    promised: Promised,
    exclude: Set[Place],
    out_of_service: OutOfService = NONE_OUT,
) -> tuple[Task, ...]:
    """Where else the item lives when a compartment held less than the book said: tasks for as much of `quantity` as there is.

    `exclude` are the places already found empty; `first_number` numbers the new tasks after those the line has.
    """
    homes = [each for each in stock if each.place not in exclude and _carrier(each.place) not in out_of_service]
    parts = _cover(quantity, _usable(line, item, homes, taken=promised))
    return tuple(
        _task(order, line, item=item, key=each.key, place=each.place, quantity=part, number=number)
        for number, (each, part) in enumerate(parts, start=first_number)
    )


def put_task(order: Order, line: OrderLine, *, item: Item, place: Place, quantity: int | None = None, number: int = 1) -> Task:
    """The task that puts a line's goods, or a part of them, into a place (named by the order or accepted from a proposal)."""
    key = StockKey(item=line.item, lot=line.lot, owner=line.owner)
    asked = still_needed(line) if quantity is None else quantity
    return _task(order, line, item=item, key=key, place=place, quantity=asked, number=number)


def _pick_tasks(
    order: Order,
    line: OrderLine,
    *,
    item: Item,
    stock: Sequence[Stock],
    taken: dict[tuple[Place, StockKey], int],
    out: OutOfService,
) -> tuple[list[Task], list[Missing]]:
    needed = still_needed(line)
    fitting = _usable(line, item, stock, taken=taken)
    usable = [(each, left) for each, left in fitting if _carrier(each.place) not in out]
    parts = _cover(needed, usable)
    lack = needed - sum(part for _, part in parts)
    waiting = next((each.place for each, _ in fitting if _carrier(each.place) in out), None)
    if lack and waiting is not None:  # the line as a whole: a part of it would be reported short, and nothing is missing
        return [], [_waiting(line, needed, waiting, out)]
    tasks: list[Task] = []
    for number, (each, part) in enumerate(parts, start=1):
        tasks.append(_task(order, line, item=item, key=each.key, place=each.place, quantity=part, number=number))
        taken[each.place, each.key] = taken.get((each.place, each.key), 0) + part
    if not lack:
        return tasks, []
    return tasks, [_missing(line, lack, "not_enough" if tasks else _why_none(line, stock))]


def _count_tasks(
    order: Order, line: OrderLine, *, item: Item, stock: Sequence[Stock], out: OutOfService
) -> tuple[list[Task], list[Missing]]:
    """One task for each stock key that the line means, in every status; where the book knows none, one for the named place."""
    meant = [each for each in stock if line.place in (None, each.place) and line.lot in ("", each.key.lot)]
    homes = [(each.place, each.key) for each in meant if each.key.owner == line.owner]
    if not homes and line.place is not None:
        homes = [(line.place, StockKey(item=line.item, lot=line.lot, owner=line.owner))]
    waiting = next((place for place, _ in homes if _carrier(place) in out), None)
    if waiting is not None:
        return [], [_waiting(line, 0, waiting, out)]
    tasks = [
        _task(order, line, item=item, key=key, place=place, quantity=0, number=number)
        for number, (place, key) in enumerate(homes, start=1)
    ]
    return tasks, []


def _carrier(place: Place) -> Carrier:
    return place.machine, place.tray


def _waiting(line: OrderLine, quantity: int, place: Place, out: OutOfService) -> Missing:
    """What waits until the tray is back in service."""
    missing = _missing(line, quantity, OUT_OF_SERVICE)
    return replace(missing, tray=place.tray, why=out[_carrier(place)])


def _fits(line: OrderLine, key: StockKey) -> bool:
    return key.item == line.item and key.owner == line.owner and line.lot in ("", key.lot)


def _usable(line: OrderLine, item: Item, stock: Iterable[Stock], *, taken: Promised) -> list[tuple[Stock, int]]:
    """The stock that may serve the line with what is left of it, in the given order; last what nothing tells apart. What is
    held for other stations is not left."""
    fitting = (each for each in stock if each.key.status is StockStatus.FREE and _fits(line, each.key))
    left = ((each, each.quantity - each.held - taken.get((each.place, each.key), 0)) for each in fitting)
    usable = [(each, quantity) for each, quantity in left if quantity > 0]
    return sorted(usable, key=lambda each: bool(lacks(item, each[0].key)))


def _cover(needed: int, usable: Sequence[tuple[Stock, int]]) -> list[tuple[Stock, int]]:
    """What to take from where: lot by lot as they first appear, from the fewest compartments of each lot."""
    lots: dict[str, list[tuple[Stock, int]]] = {}
    for each, left in usable:
        lots.setdefault(each.key.lot, []).append((each, left))
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


def _why_none(line: OrderLine, stock: Sequence[Stock]) -> str:
    present = [each for each in stock if each.quantity > 0]
    fitting = [each for each in present if _fits(line, each.key)]
    if any(each.key.status is StockStatus.FREE for each in fitting):
        return "promised"
    if fitting:
        return "held"
    return "other_stock" if present else "no_stock"


def _missing(line: OrderLine, quantity: int, reason: str) -> Missing:
    return Missing(order=line.order, line=line.line, item=line.item, quantity=quantity, reason=reason)


def _task(order: Order, line: OrderLine, *, item: Item, key: StockKey, place: Place, quantity: int, number: int) -> Task:
    line_no = next((no for no, each in enumerate(order.lines, start=1) if each.line == line.line), 1)
    return Task(
        mode=Mode(order.kind.value),
        order=order.order,
        line=line.line,
        number=number,
        line_no=line_no,
        line_count=len(order.lines),
        item=item,
        key=key,
        place=place,
        quantity=quantity,
        line_asked=line.quantity,
        destination=order.destination,
        note=line.note,
        sequence=order.sequence,
        rank=line.rank,
    )
