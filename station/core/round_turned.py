"""What a round asks for, as effects; and what its end leaves behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from db.records.orders import OrderClosed
from station.core import at_place, other_hand
from station.core.effects import Effect, ReadOrders
from station.core.flash import flash_of
from station.core.state import StationState
from station.core.writing import written
from station.flows import round as rounds
from station.flows.round_event import FindHomes, FindOffer, ReadBook, RoundEffect
from station.flows.tray_call import ReadTray
from station.flows.turn import (
    Book,
    CheckCode,
    FindLots,
    FindLotStock,
    NameScan,
    Note,
    Say,
)
from station.task import Task
from station.view.message import Message

WorkTurn = tuple[StationState, tuple[Effect, ...]]


def round_turned(state: StationState, after: rounds.Round, asked: Sequence[RoundEffect], *, is_retry: bool = False) -> WorkTurn:
    """What the round asks for. A booking that is tried again keeps the name it had: another task may be in hand."""
    worked = state.round.task if state.round else None
    state = replace(state, round=after)
    effects: list[Effect] = []
    for effect in asked:
        match effect:
            case Say(message=message, is_flashed=is_flashed):
                state = told(state, message) if is_flashed else state.said(message)
            case Note(records):
                effects.append(written(state, *records))
            case Book(records=records, planned=planned):
                if not is_retry:
                    ends = any(isinstance(record, OrderClosed) for record in records)
                    state = replace(state, flashing=flash_of(worked, records), is_finishing=ends)
                effects.append(replace(written(state, *records, is_awaited=True), planned=planned))
            case NameScan():
                by = written(state)
                effects.append(replace(effect, operator=by.operator, role=by.role))
            case CheckCode():
                effects.append(replace(effect, operator=written(state).operator))
            case ReadBook() | FindHomes() | FindOffer() | FindLots() | FindLotStock():
                effects.append(effect)
    if after.is_over:
        return _round_over(state, effects, worked)
    return state, tuple(effects)


def _round_over(state: StationState, effects: list[Effect], worked: Task | None) -> WorkTurn:
    """All is done: a direct round goes back to its tray, orders send the tray away and show the list."""
    was_direct = state.call is not None
    stays = worked is not None and at_place.is_zone(state, worked.place)  # work on foot leaves the lift and its tray alone
    state = replace(state, round=None)
    if was_direct and state.call is not None and state.call.tray is not None:
        return state, (*effects, ReadTray(state.call.tray))
    state = other_hand.after_round(replace(state, is_leaving=state.is_leaving or not stays, orders=None), worked)
    return state, (*effects, ReadOrders())


def told(state: StationState, message: Message) -> StationState:
    """Said, and flashed: the screen changes with what it tells, and takes the message bar with it."""
    return replace(state.said(message), flash=state.flash + 1, flashed=message)
