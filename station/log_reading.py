"""What the log says that the projections do not: who said it, who began it, and why something was left."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from db.records.service import BayOutOfService, TrayOutOfService
from station.flows.defect import DEFECTIVE
from station.flows.late_draft import Known, LateRead
from station.flows.lines import LineId
from station.flows.pick import SHORT_REASONS
from station.flows.put import PUT_REASONS
from station.outages import OutageSeen
from station.ports import Library
from station.scan import clean
from station.undone import standing
from station.values import EventRow, Order, OrderKind, OrderState, Outage, Person, Place, StockKey, StockStatus, ZeroCheck


def outages_seen(library: Library, outages: Sequence[Outage]) -> tuple[OutageSeen, ...]:
    """Each outage with who said it last."""
    if not outages:
        return ()
    said = library.events(kinds=(TrayOutOfService.kind, BayOutOfService.kind))
    by: dict[tuple[object, ...], str] = {}
    for row in said:
        data = json.loads(row.body)["data"]
        by[data["machine"], data.get("tray"), data.get("opening", "")] = row.operator
    people = {each: by.get((each.machine, each.tray, each.opening), "") for each in outages}
    names = {person: library.person(person) for person in set(people.values()) if person}
    return tuple(OutageSeen(each, person, found.name if (found := names.get(person)) else "") for each, person in people.items())


def who_started(library: Library, orders: Sequence[str]) -> Person | None:
    """Who worked on these orders last."""
    if not orders:
        return None
    events = library.events(kinds=("order_started", "handed_over"), order=orders[0], limit=1, newest_first=True)
    return library.person(events[0].operator) if events else None


def who_was_asked(library: Library, checks: Sequence[ZeroCheck]) -> Person | None:
    """Who made the pick that the newest open zero check is about."""
    if not checks:
        return None
    events = library.events(kinds=("zero_check_asked",), limit=1, newest_first=True)
    return library.person(events[0].operator) if events else None


_SAID = ("picked", "corrected", "put", "line_closed")


def said_of(library: Library, orders: Sequence[str]) -> dict[LineId, str]:
    """Why a person took or put less, of lines that were still looking for the rest when the program ended."""
    rows = [row for order in orders for row in library.events(kinds=_SAID, order=order, limit=None)]
    said = [json.loads(row.body)["data"] for row in standing(rows) if row.kind != "line_closed"]
    reasons = (*SHORT_REASONS, DEFECTIVE, *PUT_REASONS)
    return {(each["order"], each["line"]): each["reason"] for each in said if each["reason"] in reasons}


Counted = tuple[LineId, Place, StockKey]


def counted_of(library: Library, orders: Sequence[str]) -> dict[Counted, int]:
    """What was counted for the lines of these count orders already, with its figure."""
    rows = [row for order in orders for row in library.events(kinds=("counted",), order=order, limit=None)]
    said = [json.loads(row.body)["data"] for row in rows]
    return {_counted(each): int(each["counted"]) for each in said}


def counted_for(counted: Mapping[Counted, int], line: LineId) -> int:
    """What was counted for one line, over all its compartments."""
    return sum(figure for (of, _, _), figure in counted.items() if of == line)


def _counted(data: Mapping[str, Any]) -> Counted:
    key = StockKey(
        item=data["item"], lot=data["lot"], serial=data["serial"], owner=data["owner"], status=StockStatus(data["status"])
    )
    return (data["order"], data["line"]), Place(data["machine"], data["tray"], data["compartment"]), key


def done_by(event: EventRow) -> str:
    """Who did what was booked late, "" for what was booked as it happened."""
    return str(json.loads(event.body)["data"].get("done_by", ""))


def _may_be_late(order: Order) -> bool:
    """What comes in is booked when it is received."""
    return order.state is OrderState.RELEASED and order.kind is not OrderKind.RECEIPT


def late_choices(library: Library, item: str) -> LateRead:
    """What a late booking can be of; of a text only the items that it means."""
    if item:
        return LateRead(Known(), item, library.items_by_scan(clean(item)))
    orders = tuple(each for each in library.open_orders() if _may_be_late(each))
    codes = sorted({line.item for order in orders for line in order.lines})
    items = tuple(found for code in codes if (found := library.item(code)) is not None)
    return LateRead(Known(orders, tuple(each for each in library.people() if each.is_active), items))
