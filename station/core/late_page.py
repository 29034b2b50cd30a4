"""The page of what was done without the station: trays to be counted, and the questions before one is marked. Nothing moves."""

from __future__ import annotations

from dataclasses import replace

from db.records.count_due import CountDue
from station import commands as do
from station.core.effects import Declare, Effect, ReadOrders
from station.core.late_rights import may_enter_late
from station.core.leaving import left
from station.core.state import LatePage, StationState, TrayPage
from station.core.writing import written
from station.flows import late
from station.flows.late import Marked, Marking, MarkStep
from station.flows.turn import Say
from station.view.message import Level, Message

LateTurn = tuple[StationState, tuple[Effect, ...]]


def opened(state: StationState) -> LateTurn:
    """Open the list over the work."""
    return (replace(state, page=LatePage()), (ReadOrders(),)) if may_enter_late(state) else _no_right(state)


def asked_of_tray(state: StationState, behind: TrayPage) -> LateTurn:
    """Ask about the tray of the tray page, and go back there."""
    if not may_enter_late(state):
        return _no_right(state)
    if behind.number is None:
        return state, ()
    return replace(state, page=LatePage(behind=behind, marking=Marking(MarkStep.WHY, behind.number))), ()


def command(state: StationState, page: LatePage, given: do.Command) -> LateTurn:
    """What a person does on the page."""
    match given:
        case _ if page.marking is not None:
            return _marking(state, page, page.marking, given)
        case do.AskMarkTray():
            return replace(state, page=replace(page, marking=Marking(MarkStep.WHICH))), ()
        case do.AskMarkAll():
            return replace(state, page=replace(page, marking=Marking(MarkStep.WHY))), ()
        case do.Back() | do.ClosePage():
            return left(state), ()
        case _:
            return state, ()


def _marking(state: StationState, page: LatePage, marking: Marking, given: do.Command) -> LateTurn:
    asked, said = late.advance(marking, given, state.trays)
    over = page.behind if page.behind is not None and asked is None else replace(page, marking=asked)
    state = replace(state, page=over)
    effects: list[Effect] = []
    for each in said:
        match each:
            case Say(message):
                state = state.said(message)
            case Marked():
                state, declared = _mark(state, each)
                effects += declared
    return state, tuple(effects)


def _mark(state: StationState, marked: Marked) -> LateTurn:
    """One record for each tray, in one transaction."""
    if not may_enter_late(state):
        return _no_right(state)
    trays = sorted(state.trays) if marked.tray is None else [marked.tray]
    note = written(state, *(CountDue(machine=state.custody.machine, tray=each, why=marked.why) for each in trays))
    return state, (Declare(records=note.records, operator=note.operator, role=note.role),)


def _no_right(state: StationState) -> LateTurn:
    return state.said(Message("no_right", Level.ACT, error="O319")), ()
