"""Work without an order: a tray that is called, a task of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from station.commands.answers import EnterNumber
from station.core import access, at_place, machine, service, walking
from station.core.effects import Divide, Effect, Play, ReadOrders, Sound
from station.core.round_turned import WorkTurn, round_turned
from station.core.state import StationState
from station.core.writing import written
from station.flows import round as rounds
from station.flows import tray_call
from station.flows.divide import Divided, DivideTray
from station.flows.tray_call import AskItem, AskTray, CallEvent, FindItem, ItemsFound, Leaving, ReadTray, StartDirect
from station.flows.turn import (
    Say,
)
from station.outages import FIRST_FILL
from station.task import Task


def direct(state: StationState, *tasks: Task) -> WorkTurn:
    """Work tasks of no order, from the work list."""
    if state.round is not None or state.call is not None or state.starting is not None or state.is_resuming:
        return state, ()
    begun, effects = rounds.direct(*tasks)
    if all(at_place.is_zone(state, each.place) for each in tasks):
        return round_turned(walking.begun(state), begun, effects)
    return round_turned(replace(machine.touched(state), is_leaving=False), begun, effects)


def begun(state: StationState, at: tray_call.TrayCall, start: StartDirect) -> WorkTurn:
    """Begin tasks of no order at the called tray, as if they had been asked for there."""
    return _call_turned(state, at, (start,))


def call(state: StationState, tray: int | None, compartment: str = "") -> WorkTurn:
    """Call a tray without an order, or ask which; `compartment` is the one that is looked at first."""
    if state.round is not None or state.person is None or state.starting is not None or state.is_resuming:
        return state, ()
    refused = service.why_not_called(state, tray)
    if refused is not None:
        return state.said(refused), access.noted(state, tray)
    called, effects = tray_call.begin(state.custody.machine, tray, compartment)
    return _call_turned(replace(machine.touched(state), is_leaving=False), called, effects)


def call_event(state: StationState, event: CallEvent) -> WorkTurn:
    """Hand an event to the tray call."""
    if state.call is None:
        return state, ()
    asks_tray = isinstance(state.call.step, AskTray) and isinstance(event, EnterNumber)
    refused = service.why_not_called(state, event.number) if asks_tray and isinstance(event, EnterNumber) else None
    if refused is not None and isinstance(event, EnterNumber):
        return state.said(refused), access.noted(state, event.number)
    if isinstance(event, ItemsFound) and isinstance(state.call.step, AskItem) and len(event.items) == 1:
        item = event.items[0]
        if (locked := access.item_refused(state, item)) is not None:
            return state.said(locked), access.item_noted(state, item, (state.call.machine, state.call.tray or 0))
    after, effects = tray_call.advance(state.call, event)
    if state.trays_out.get(after.tray or 0) == FIRST_FILL:  # why something is put there is known
        after, put = tray_call.put_because(after, FIRST_FILL)
        effects = (*effects, *put)
    if isinstance(after.step, Leaving) and not isinstance(state.call.step, Leaving):
        state = machine.touched(state)
    return _call_turned(state, after, effects)


def _call_turned(state: StationState, after: tray_call.TrayCall, asked: Sequence[tray_call.CallEffect]) -> WorkTurn:
    state = replace(state, call=after)
    effects: list[Effect] = []
    for effect in asked:
        match effect:
            case Say(message):
                state = state.said(message)
            case StartDirect(task, more_tasks):
                begun, more = rounds.direct(task, *more_tasks)
                state, done = round_turned(state, begun, more)
                effects += done
            case DivideTray():
                effects.append(_division(state, effect))
            case ReadTray() | FindItem():
                effects.append(effect)
    if isinstance(after.step, Leaving):
        state = replace(state, call=None, is_leaving=True, orders=None)
        effects.append(ReadOrders())
    return state, tuple(effects)


def _division(state: StationState, wish: DivideTray) -> Divide:
    """The wish in the name of who works here, in the visit of the tray at the bay."""
    by = written(state)
    wish = replace(wish, record=replace(wish.record, visit=state.custody.visit))
    return Divide(wish=wish, operator=by.operator, role=by.role)


def divided(state: StationState, event: Divided) -> WorkTurn:
    """The new layout is on the disk, or is not, and why."""
    if event.why.startswith("D4"):
        state = replace(state, store_code=event.why)
    after, effects = call_event(state, event)
    return (after, (*effects, Play(Sound.OK))) if not event.why else (after, effects)


def close_call(state: StationState) -> WorkTurn:
    """Back to the work list from the question which tray to call."""
    if state.call is None or not isinstance(state.call.step, AskTray):
        return state, ()
    return replace(state, call=None), (ReadOrders(),)
