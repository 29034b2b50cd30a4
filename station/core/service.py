"""Trays and bays out of service: who may say so, and what then is not called for work. Pure.

A tray that stands at the bay may be worked at to the end of its task. Whoever may take it out of service may call it by hand:
somebody has to look at it.
"""

from __future__ import annotations

from db.records.record import Record
from db.records.service import BayInService, BayOutOfService, TrayInService, TrayOutOfService
from station import commands as do
from station.core import access
from station.core.effects import Declare, Effect
from station.core.state import CalibrationPage, DevicesPage, StationState
from station.core.writing import written
from station.elsewhere import why_elsewhere
from station.outages import clean_reason
from station.side_by_side import lift_of
from station.view.message import Level, Message

ServiceTurn = tuple[StationState, tuple[Effect, ...]]


def may_declare(state: StationState) -> bool:
    """Whether the person who works here may take things out of service and back."""
    return state.person is not None and state.person.role in state.rules.service


def declared(state: StationState, command: do.ServiceCommand) -> ServiceTurn:
    """Take a tray or this bay out of service, or back. What is not news is not written."""
    if not may_declare(state):
        return state.said(Message("no_right", Level.ACT, error="O319")), ()
    tray = getattr(command, "tray", None)
    if tray is not None and tray not in state.trays:
        return state.said(Message("no_such_tray", Level.ACT, {"tray": tray}, error="O304")), ()
    record = _record(state, command)
    if record is None:
        return state, ()
    note = written(state, record)
    return state, (Declare(records=note.records, operator=note.operator, role=note.role),)


def _record(state: StationState, command: do.ServiceCommand) -> Record | None:
    machine, opening = state.custody.machine, state.custody.opening
    match command:
        case do.TakeTrayOut(tray=tray, reason=reason):
            said = clean_reason(reason)
            is_news = bool(said) and state.trays_out.get(tray) != said
            return TrayOutOfService(machine=machine, tray=tray, reason=said) if is_news else None
        case do.ReturnTray(tray=tray):
            return TrayInService(machine=machine, tray=tray) if tray in state.trays_out else None
        case do.TakeBayOut(reason=reason):
            said = clean_reason(reason)
            is_news = bool(said) and state.bay_out != said
            return BayOutOfService(machine=machine, opening=opening, reason=said) if is_news else None
        case do.ReturnBay():
            return BayInService(machine=machine, opening=opening) if state.bay_out else None


def why_not_called(state: StationState, tray: int | None) -> Message | None:
    """Why this tray is not called now, None when it may be. By hand, those who may take it out of service may call it."""
    locked = access.refused(state, tray)
    if locked is not None:
        return locked
    is_at_panel = isinstance(state.page, DevicesPage | CalibrationPage)
    elsewhere = why_elsewhere(state.other_bays, tray)
    if elsewhere is not None and not is_at_panel:
        return elsewhere
    is_by_hand = state.round is None or is_at_panel
    if is_by_hand and may_declare(state):
        return None
    if bay_out := _bay_out(state, tray):
        return Message("bay_out_of_service", Level.ACT, {"why": bay_out}, error="O318")
    if tray is not None and tray in state.trays_out:
        return Message("tray_out_of_service", Level.ACT, {"tray": tray, "why": state.trays_out[tray]}, error="O317")
    return None


def _bay_out(state: StationState, tray: int | None) -> str:
    """Why the bay that this tray comes to is out of service; of lifts side by side each has its own."""
    lift = lift_of(state.rules.lifts, tray) if tray is not None else None
    beside = {each.custody.opening: each.bay_out for each in state.beside}
    return state.bay_out if lift is None else beside.get(lift.opening, state.bay_out)
