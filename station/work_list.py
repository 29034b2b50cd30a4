"""The work list: which orders wait, by when, and what blocks them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime

from station.allocation import ANYBODY, NONE_OUT, OPEN_STATES, Allocation, Missing, OutOfService, StockByItem, Terms, allocate
from station.quantity import to_text
from station.values import Item, Order, OrderLine, OrderState, Stock
from station.view.message import Level, Message
from station.view.work import OrderTag

HELD_ORDER = "held_order"
AT_BAY = "at_bay"  # all of it is worked on foot


def by_item(stock: Sequence[Stock]) -> dict[str, list[Stock]]:
    """All stock by its item, in the given order."""
    found: dict[str, list[Stock]] = {}
    for each in stock:
        found.setdefault(each.key.item, []).append(each)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What the look of all orders hangs on. An empty position of a sequence (`gaps`) makes its order an express one as soon as
    its part is here; what lies in `zones` is worked on foot and starts from a list of its own."""

    out_of_service: OutOfService = field(default_factory=lambda: NONE_OUT)
    terms: Terms = ANYBODY
    gaps: Set[tuple[str, str]] = frozenset()
    zones: Set[str] = frozenset()


def tag_of(order: Order, given: Circumstances, *, items: Mapping[str, Item], stock: StockByItem, now: datetime) -> OrderTag:
    """The order's row. It is looked at as if it were the next one started, so that one order does not hide the stock from
    another."""
    found = allocate([order], items=items, stock=stock, promised={}, out_of_service=given.out_of_service, terms=given.terms)
    return _tag(order, found, items, now=now, gaps=given.gaps, zones=given.zones)


def in_working_order(tags: Iterable[OrderTag]) -> tuple[OrderTag, ...]:
    """What can be worked before what cannot; among each express orders, then started ones, then by need-by time, then priority,
    then name."""
    return tuple(sorted(tags, key=_rank))


def _rank(tag: OrderTag) -> tuple[bool, bool, bool, float, int, str]:
    is_blocked = any(each.level is not Level.NOTE for each in tag.blocked)
    need_by_s = tag.need_by.timestamp() if tag.need_by else float("inf")
    return is_blocked, not tag.is_express, not tag.is_started, need_by_s, tag.priority, tag.order


def _tag(
    order: Order,
    allocation: Allocation,
    items: Mapping[str, Item],
    *,
    now: datetime,
    gaps: Set[tuple[str, str]],
    zones: Set[str],
) -> OrderTag:
    open_lines = [line for line in order.lines if line.state in OPEN_STATES]
    at_bay = [task for task in allocation.tasks if task.place.machine not in zones]
    on_foot = len(allocation.tasks) - len(at_bay)
    is_possible = bool(at_bay or allocation.unplaced)
    return OrderTag(
        order=order.order,
        kind=order.kind.value,
        destination=order.destination,
        lines=len(order.lines),
        open_lines=len(open_lines),
        trays=len({task.place.tray for task in at_bay}),
        on_foot=on_foot,
        need_by=order.need_by,
        is_late=is_late(order, now),
        priority=order.priority,
        is_started=order.state is OrderState.STARTED,
        kits=_kits(open_lines),
        is_express=order.is_express or any((task.order, task.line) in gaps for task in allocation.tasks),
        blocked=_blocked(order, allocation, items, is_possible=is_possible, on_foot=on_foot),
    )


def is_late(order: Order, now: datetime) -> bool:
    """Whether its time is over."""
    return order.need_by is not None and order.need_by < now


def _kits(lines: Sequence[OrderLine]) -> tuple[tuple[str, int], ...]:
    return tuple(dict.fromkeys((each.kit.kit, each.kit.asked) for each in lines if each.kit is not None))


def _blocked(
    order: Order, allocation: Allocation, items: Mapping[str, Item], *, is_possible: bool, on_foot: int
) -> tuple[Message, ...]:
    """A held order is worked by nobody, whatever lies there for it; one that is all in places without a lift not at the bay."""
    if order.state is OrderState.HELD:
        return (Message(f"missing_{HELD_ORDER}", Level.ACT),)
    here = () if is_possible or not on_foot else (Message(f"missing_{AT_BAY}", Level.ACT, {"count": on_foot}),)
    return here + tuple(_why(missing, items, is_possible=is_possible) for missing in allocation.missing)


def _why(missing: Missing, items: Mapping[str, Item], *, is_possible: bool) -> Message:
    """What a line lacks. Amber: the order as a whole cannot be worked; a note: the rest of it can."""
    item = items.get(missing.item)
    params: dict[str, str | int] = {
        "item": missing.item,
        "line": missing.line,
        "quantity": to_text(missing.quantity, item.decimals) if item else missing.quantity,
        "unit": item.unit if item else "",
    }
    if missing.tray:
        params["tray"] = missing.tray
    if missing.why:
        params["why"] = missing.why
    if missing.right:
        params |= {"right": missing.right}
    reason = f"{missing.reason}_tray" if missing.right and missing.tray else missing.reason
    return Message(f"missing_{reason}", Level.NOTE if is_possible else Level.ACT, params)
