"""Which compartments serve which order lines: pure, from the stock as it is and what is promised already.

Only free stock of the line's owner is allocated, and of its lot when it asks for one; what is expired, or will not be good for
long enough, is not. Which lot leaves first the item's rule says (`station.rules.issue`); within a lot the fewest compartments;
last what is stocked of a tracked item without its lot or serial. The tasks of a line never sum to more than it still needs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from station.flows.lines import OUT_OF_SERVICE
from station.receiving import is_receiving
from station.rules.rights import NO_ACCESS, may
from station.task import KitTag, Mode, Task
from station.usable_stock import ANYBODY as ANYBODY
from station.usable_stock import Carrier, Promised, cover, usable, why_none, why_spoilt
from station.usable_stock import Terms as Terms
from station.values import (
    Item,
    LineState,
    Order,
    OrderKind,
    OrderLine,
    Place,
    Stock,
    StockKey,
)

OutOfService = Mapping[Carrier, str]  # and why
StockByItem = Mapping[str, Sequence[Stock]]
NONE_OUT: Final[OutOfService] = MappingProxyType({})


OTHER_MACHINE: Final = "other_machine"
OPEN_STATES = frozenset({LineState.OPEN, LineState.SKIPPED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """What a line still needs and no free stock covers. `reason`: unknown_item; no_stock (there is none at all); held (only
    stock that is not free); other_stock (only of another owner or lot); expired, too_short_life, expiry_not_known (it is not
    good, or not for long enough); promised (all that fits serves other lines); not_enough; out_of_service (it lies on, or
    belongs on, `tray`, which is out of service: `why`); no_access (the same of a tray, or an item, that asks for `right`);
    other_machine (it is to be done at `why`)."""

    order: str
    line: str
    item: str
    quantity: int
    reason: str
    tray: int = 0
    why: str = ""
    right: str = ""


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
    terms: Terms = ANYBODY,
) -> Allocation:
    """Tasks for every open line of the orders, in the given urgency.

    `stock` holds all stock of each item, oldest first; `promised` what other work will take from it. A line that is partly
    done asks for the rest only. Trays out of service, or locked for the person, get no task: a line is planned from its other
    homes, or waits as a whole.
    """
    taken = dict(promised)
    out = closed(out_of_service, terms)
    lines = [(order, line) for order in orders for line in order.lines if line.state in OPEN_STATES]
    found = [
        _of_line(order, line, items.get(line.item), stock=stock.get(line.item, ()), taken=taken, out=out, terms=terms)
        for order, line in lines
    ]
    return Allocation(
        tasks=tuple(task for each in found for task in each.tasks),
        missing=tuple(lack for each in found for lack in each.missing),
        unplaced=tuple(line for each in found for line in each.unplaced),
    )


def closed(out_of_service: OutOfService, terms: Terms) -> OutOfService:
    """The trays that get no task, and why: what is out of service is so for everybody."""
    return {**dict.fromkeys(terms.locked, NO_ACCESS), **out_of_service} if terms.locked else out_of_service


def _of_line(
    order: Order,
    line: OrderLine,
    item: Item | None,
    *,
    stock: Sequence[Stock],
    taken: dict[tuple[Place, StockKey], int],
    out: OutOfService,
    terms: Terms,
) -> Allocation:
    """What one open line gets. What it takes is added to `taken`."""
    needed = still_needed(line)
    if item is None:
        return Allocation(tasks=(), missing=(_missing(line, needed, "unknown_item"),))
    if terms.rights is not None and not may(item.access, terms.rights):
        return Allocation(tasks=(), missing=(replace(_missing(line, needed, NO_ACCESS), right=item.access),))
    if order.kind is OrderKind.PICK:
        tasks, lack = _pick_tasks(order, line, item=item, stock=stock, taken=taken, out=out, terms=terms)
        return Allocation(tasks=tuple(tasks), missing=tuple(lack))
    if line.place is not None and terms.is_elsewhere(line.place.machine):
        return Allocation(tasks=(), missing=(replace(_missing(line, needed, OTHER_MACHINE), why=line.place.machine),))
    if order.kind is OrderKind.COUNT:
        tasks, lack = _count_tasks(order, line, item=item, stock=stock, out=out, terms=terms)
        return Allocation(tasks=tuple(tasks), missing=tuple(lack))
    if line.place is None or is_receiving(line.place.machine):  # what was handed on before it was stored has no home yet
        return Allocation(tasks=(), unplaced=(line,))
    if needed and _carrier(line.place) in out:
        return Allocation(tasks=(), missing=(_waiting(line, needed, line.place, out, terms),))
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
    terms: Terms = ANYBODY,
) -> tuple[Task, ...]:
    """Where else the item lives when a compartment held less than the book said: tasks for as much of `quantity` as there is.

    `exclude` are the places already found empty; `first_number` numbers the new tasks after those the line has.
    """
    out = closed(out_of_service, terms)
    homes = [each for each in stock if each.place not in exclude and _carrier(each.place) not in out]
    parts = cover(quantity, usable(order, line, item, homes, taken=promised, terms=terms))
    return tuple(
        _task(order, line, item=item, key=each.key, place=each.place, quantity=part, number=number)
        for number, (each, part) in enumerate(parts, start=first_number)
    )


def other_lots(
    order: Order,
    task: Task,
    *,
    stock: Sequence[Stock],
    out_of_service: OutOfService = NONE_OUT,
    terms: Terms = ANYBODY,
    limit: int = 6,
) -> tuple[Task, ...]:
    """What else may serve a task's line than the lot that leaves first: a task for each other lot and place, as they would
    leave."""
    line = next((each for each in order.lines if each.line == task.line), None)
    if line is None:
        return ()
    out = closed(out_of_service, terms)
    homes = [each for each in stock if _carrier(each.place) not in out and (each.place, each.key) != (task.place, task.key)]
    others = [each for each in homes if not task.key.lot or each.key.lot != task.key.lot]
    found = usable(order, line, task.item, others, taken={}, terms=terms)[:limit]
    return tuple(
        replace(task, key=each.key, place=each.place, quantity=min(task.quantity, left), runners_up=()) for each, left in found
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
    terms: Terms,
) -> tuple[list[Task], list[Missing]]:
    needed = still_needed(line)
    fitting = usable(order, line, item, stock, taken=taken, terms=terms)
    within = [(each, left) for each, left in fitting if _carrier(each.place) not in out]
    parts = cover(needed, within)
    lack = needed - sum(part for _, part in parts)
    waiting = next((each.place for each, _ in fitting if _carrier(each.place) in out), None)
    if lack and waiting is not None:  # the line as a whole: a part of it would be reported short, and nothing is missing
        return [], [_waiting(line, needed, waiting, out, terms)]
    tasks: list[Task] = []
    for number, (each, part) in enumerate(parts, start=1):
        tasks.append(_task(order, line, item=item, key=each.key, place=each.place, quantity=part, number=number))
        taken[each.place, each.key] = taken.get((each.place, each.key), 0) + part
    if not lack:
        return tasks, []
    spoilt = why_spoilt(order, line, item, stock, terms=terms)
    return tasks, [_missing(line, lack, spoilt or ("not_enough" if tasks else why_none(line, stock, terms)))]


def _count_tasks(
    order: Order, line: OrderLine, *, item: Item, stock: Sequence[Stock], out: OutOfService, terms: Terms
) -> tuple[list[Task], list[Missing]]:
    """One task for each stock key that the line means, in every status; where the book knows none, one for the named place."""
    meant = [each for each in stock if line.place in (None, each.place) and line.lot in ("", each.key.lot)]
    homes = [(each.place, each.key) for each in meant if each.key.owner == line.owner]
    if not homes and line.place is not None:
        homes = [(line.place, StockKey(item=line.item, lot=line.lot, owner=line.owner))]
    waiting = next((place for place, _ in homes if _carrier(place) in out), None)
    if waiting is not None:
        return [], [_waiting(line, 0, waiting, out, terms)]
    tasks = [
        _task(order, line, item=item, key=key, place=place, quantity=0, number=number)
        for number, (place, key) in enumerate(homes, start=1)
    ]
    return tasks, []


def _carrier(place: Place) -> Carrier:
    return place.machine, place.tray


def _waiting(line: OrderLine, quantity: int, place: Place, out: OutOfService, terms: Terms) -> Missing:
    """What waits until the tray is back in service, or until somebody works here who may call it."""
    if out[_carrier(place)] == NO_ACCESS:
        return replace(_missing(line, quantity, NO_ACCESS), tray=place.tray, right=terms.locked[_carrier(place)])
    missing = _missing(line, quantity, OUT_OF_SERVICE)
    return replace(missing, tray=place.tray, why=out[_carrier(place)])


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
        kit=kit_tag(order, line),
    )


def kit_tag(order: Order, line: OrderLine) -> KitTag | None:
    """Which part of which kit the line is, None for none."""
    if line.kit is None:
        return None
    parts = [each.line for each in order.lines if each.kit and each.kit.name == line.kit.name and each.kit.each]
    number = parts.index(line.line) + 1 if line.kit.each else 0
    return KitTag(line.kit.kit, line.kit.asked, number, len(parts))
