"""What waits at places without a lift: the list over the work list, and how the way along it begins. The page moves nothing."""

from __future__ import annotations

from dataclasses import replace

from station import commands as do
from station.core import work
from station.core.effects import Effect, MakeCountOrder, ReadOrders
from station.core.inputs import Now
from station.core.leaving import left
from station.core.page import may_order_count
from station.core.state import PlacesPage, StationState
from station.count_orders import WhatToCount
from station.view.message import Level, Message

PlacesTurn = tuple[StationState, tuple[Effect, ...]]


def opened(state: StationState) -> PlacesTurn:
    """Open the list; there is none where no zone is set."""
    if not state.rules.zones or state.person is None:
        return state, ()
    return replace(state, page=PlacesPage()), (ReadOrders(),)


def orders_there(state: StationState) -> tuple[str, ...]:
    """The orders of which something waits there, in walking order."""
    return tuple(dict.fromkeys(each.order for each in state.zone_tasks))


def command(state: StationState, page: PlacesPage, given: do.Command, now: Now) -> PlacesTurn:
    """What a person does on the page."""
    match given:
        case do.Back() if page.is_counting:
            return replace(state, page=PlacesPage()), ()
        case do.Back() | do.ClosePage():
            return left(state), ()
        case do.StartPlaces() if not page.is_counting and state.zone_tasks:
            return work.start(left(state), orders_there(state), now, is_walk=True)
        case do.StartPlace(number=number) if not page.is_counting and 0 <= number < len(state.zone_tasks):
            task = state.zone_tasks[number]
            single = (task.order, task.line), task.place
            return work.start(left(state), (task.order,), now, is_walk=True, single=single)
        case do.CountZone() if not may_order_count(state):
            return state.said(Message("no_right", Level.ACT, error="O319")), ()
        case do.CountZone():
            return replace(state, page=PlacesPage(is_counting=True)), ()
        case do.Choose(key=zone) if page.is_counting and zone in state.rules.zones:
            return _counted(state, zone)
        case _:
            return state, ()


def _counted(state: StationState, zone: str) -> PlacesTurn:
    """A count order of the whole zone; its lines wait in this list then."""
    state = replace(state, page=PlacesPage())
    if state.store_code or state.person is None or not may_order_count(state):
        return state, ()
    return state, (MakeCountOrder(WhatToCount(machine=zone), state.person.person),)
