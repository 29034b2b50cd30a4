"""Going live at the bay: the next tray that waits for its release is called, and released once it is filled or counted."""

from __future__ import annotations

from dataclasses import replace

from db.records.service import TrayInService
from station import commands as do
from station.core import calling, service
from station.core.effects import Declare, Effect, Play, Sound
from station.core.round_turned import WorkTurn
from station.core.state import StationState
from station.core.writing import written
from station.flows.tray_call import Looking, StartDirect, TrayCall
from station.go_live import unreleased
from station.interlocks import may_work
from station.outages import FIRST_FILL, OPENING_CHECK
from station.task import Task
from station.view.message import Level, Message


def waiting(state: StationState) -> tuple[int, ...]:
    """The trays that wait for their release, for whoever may release them."""
    return unreleased(state.trays_out) if service.may_declare(state) else ()


def moved(state: StationState) -> int:
    """How many trays are to be counted because they were moved without the station."""
    return sum(each.why != OPENING_CHECK for each in state.counts_due.values())


def is_offered(state: StationState, call: TrayCall) -> bool:
    """Whether the called tray can be released here."""
    return call.tray in waiting(state) and isinstance(call.step, Looking)


def fills(state: StationState, tray: int | None) -> bool:
    """Whether this tray is filled for the first time."""
    return tray is not None and state.trays_out.get(tray) == FIRST_FILL


def fetch(state: StationState) -> WorkTurn:
    """Call the next one."""
    trays = waiting(state)
    return calling.call(state, trays[0]) if trays else (state, ())


def release(state: StationState, token: int) -> WorkTurn:
    """Release the tray at the bay, and call the next one. What is still to be counted on it is counted first."""
    call = state.call
    if call is None or call.tray is None or not is_offered(state, call) or refusal(state, call.tray):
        return state, ()
    if due := due_on(state, call):
        return calling.begun(state, call, StartDirect(due[0], due[1:]))
    note = written(state, TrayInService(machine=state.custody.machine, tray=call.tray))
    effects: tuple[Effect, ...] = (Declare(records=note.records, operator=note.operator, role=note.role), Play(Sound.OK))
    left = {tray: why for tray, why in state.trays_out.items() if tray != call.tray}
    rest = unreleased(left)
    if rest:
        state, more = calling.call(replace(state, call=None), rest[0])
    else:
        state, more = calling.call_event(replace(state, call=replace(call, counts=())), do.SendBack(token))
    said = Message("tray_released" if rest else "last_tray_released", params={"tray": call.tray, "count": max(1, len(rest))})
    return replace(state, trays_out=left).said(said), (*effects, *more)


def refusal(state: StationState, tray: int) -> str:
    """The code of why this tray is not released now, "" when it may be."""
    return "store_read_only" if state.store_code else may_work(state.custody, tray)


def due_on(state: StationState, call: TrayCall) -> tuple[Task, ...]:
    """What is still to be counted; a count that waits for another person is his."""
    held = {(each.held.place, each.held.key) for each in state.counts_held}
    return tuple(each for each in call.counts if (each.place, each.key) not in held)


def bay_bar(state: StationState, call: TrayCall) -> Message:
    """What is to be done at a called tray that is here."""
    tray, why = call.tray or 0, state.trays_out.get(call.tray or 0, "")
    if is_offered(state, call):
        name = "first_fill_here" if why == FIRST_FILL else "opening_check_here" if due_on(state, call) else "opening_check_done"
        return Message(name, Level.NOTE, {"tray": tray})
    if call.counts and not call.has_asked_counts:
        return Message("tray_is_here_count", Level.ACT, {"tray": tray}, error="O337")
    return Message("tray_is_here", Level.NOTE, {"tray": tray})
