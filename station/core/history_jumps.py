"""From the moment of a tray's past to the order it was for, and to what its person did there in that shift. Nothing moves."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import tzinfo

from station.audit.history import Beside, HistoryPage
from station.core.effects import Effect, ReadOrder
from station.core.state import OrdersPage, StationState
from station.figures.shifts import SHIFTS, shift_around
from station.values import PastAsk, PastFilter

JUMPS = ("order", "shift")


def order_of(page: HistoryPage) -> str:
    """The order that the shown event was for; "" for none."""
    event = page.page.past.event if page.page is not None else None
    return "" if event is None else str(json.loads(event.row.body)["data"].get("order", ""))


def person_of(page: HistoryPage) -> str:
    """Who did what the shown event says; "" for nobody."""
    event = page.page.past.event if page.page is not None else None
    return "" if event is None else event.row.operator


def may_jump(page: HistoryPage, what: str) -> bool:
    """Whether the shown event leads there."""
    return bool(order_of(page)) if what == "order" else what in JUMPS and bool(person_of(page))


def to_order(state: StationState, page: HistoryPage) -> tuple[StationState, tuple[Effect, ...]]:
    """The page of the order; "Back" leads to this moment again."""
    order = order_of(page)
    return replace(state, page=OrdersPage(order=order, before=page)), (ReadOrder(order),)


def of_shift(page: HistoryPage, zone: tzinfo | None = None) -> tuple[HistoryPage, PastAsk | None]:
    """The filter that leaves what this person did at the tray in that shift, and the moment to read then."""
    event = page.page.past.event if page.page is not None else None
    if event is None or page.page is None or page.number is None:
        return page, None
    since, until = shift_around(event.row.at, SHIFTS, zone)
    wanted = PastFilter(since=since, until=until)
    ask = PastAsk(machine=page.page.past.machine, tray=page.number, n=event.n, wanted=wanted)
    return replace(page, wanted=wanted, person=event.row.operator, beside=Beside.EVENTS, proof=None, exported=""), ask
