"""Days of the record worked again, over the work list: which days, how far it is, what came of it. It moves and books nothing.

A process of its own works, so that neither the window nor a booking waits for it. When the page goes, it is told to end.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from station import commands as do
from station.core.effects import Effect, StartReplay, StopReplay
from station.core.inputs import ReplayEnded, ReplayTold
from station.core.leaving import left
from station.core.state import ReplayPage, StationState
from station.view.message import Level, Message

DAYS: Final = (1, 7, 28)

ReplayTurn = tuple[StationState, tuple[Effect, ...]]


def may_open(state: StationState) -> bool:
    """Whether who works here may see how the bay does: whoever may set stock right, where there is a record to read."""
    return state.rules.can_replay and state.person is not None and state.person.role in state.rules.approve_stock


def opened(state: StationState) -> ReplayTurn:
    """Open the page over the work list."""
    if not may_open(state):
        return state.said(Message("no_right", Level.ACT, error="O319")), ()
    return replace(state, page=ReplayPage()), ()


def command(state: StationState, page: ReplayPage, given: do.Command) -> ReplayTurn:
    """What a person does on the page."""
    match given:
        case do.Choose(key=key) if not page.days and key in {str(each) for each in DAYS}:
            number = state.replays + 1
            state = replace(state, replays=number, page=ReplayPage(days=int(key), number=number))
            return state, (StartReplay(number, int(key)),)
        case do.StopReplay() | do.Back() | do.ClosePage() if page.is_running:
            return replace(state, page=ReplayPage()), (StopReplay(),)
        case do.ShowPolicies() if page.report is not None:
            return replace(state, page=replace(page, shows_policies=True)), ()
        case do.Back() | do.ClosePage() if page.shows_policies:
            return replace(state, page=replace(page, shows_policies=False)), ()
        case do.Back() | do.ClosePage() if page.days:
            return replace(state, page=ReplayPage()), ()
        case do.Back() | do.ClosePage():
            return left(state), ()
        case _:
            return state, ()


def told(state: StationState, event: ReplayTold) -> ReplayTurn:
    """How far it is. Nobody waits for it any more: it ends."""
    page = state.page
    if not isinstance(page, ReplayPage) or page.number != event.number or not page.is_running:
        return state, (StopReplay(),) if event.number == state.replays else ()
    return replace(state, page=replace(page, done=event.done, of=event.of)), ()


def ended(state: StationState, event: ReplayEnded) -> ReplayTurn:
    """What came of it, or why nothing did."""
    page = state.page
    if not isinstance(page, ReplayPage) or page.number != event.number:
        return state, ()
    if event.why:
        return replace(state, page=replace(page, why=event.why)), ()
    return replace(state, page=replace(page, report=event.report)), ()
