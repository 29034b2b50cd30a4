"""Lots on quality hold: the list, and their release by a supervisor with PIN and reason. The page moves nothing."""

from __future__ import annotations

from dataclasses import replace

from station import commands as do
from station.core.effects import Declare, Effect, ReadHeldLots
from station.core.inputs import HeldLotsRead
from station.core.leaving import left
from station.core.state import LotsPage, StationState
from station.core.writing import written
from station.held_lots import RELEASE_REASONS, HeldLot, release
from station.view.message import Level, Message

LotsTurn = tuple[StationState, tuple[Effect, ...]]


def may_release(state: StationState) -> bool:
    """Whether who works here may let held goods be used again."""
    return state.person is not None and state.person.role in state.rules.approve_stock


def opened(state: StationState) -> LotsTurn:
    """Open the list over the work list."""
    if not may_release(state):
        return state.said(Message("no_right", Level.ACT, error="O423")), ()
    return replace(state, page=LotsPage()), (ReadHeldLots(),)


def command(state: StationState, page: LotsPage, given: do.Command) -> LotsTurn:
    """What a person does on the page."""
    match given:
        case do.Back() if page.about is not None:
            return replace(state, page=replace(page, about=None)), ()
        case do.Back() | do.ClosePage():
            return left(state), ()
        case do.ShowLot(number=number) if page.lots and page.about is None and 0 <= number < len(page.lots):
            return replace(state, page=replace(page, about=page.lots[number])), ()
        case do.Choose(key=reason) if page.about is not None and reason in RELEASE_REASONS:
            return _released(state, page, page.about, reason)
        case _:
            return state, ()


def _released(state: StationState, page: LotsPage, lot: HeldLot, reason: str) -> LotsTurn:
    """The act itself; it comes here a second time once the PIN was right. What has changed since it was shown is not released."""
    if not may_release(state) or state.store_code:
        return state, ()
    if lot not in (page.lots or ()):
        said = Message("lot_changed", Level.ACT, {"item": lot.item.code, "lot": lot.lot}, error="O424")
        return replace(state, page=replace(page, about=None)).said(said), (ReadHeldLots(),)
    note = written(state, *release(lot, machine=state.custody.machine, reason=reason))
    declared = Declare(records=note.records, operator=note.operator, role=note.role)
    return replace(state, page=replace(page, about=None)), (declared,)


def lots_read(state: StationState, event: HeldLotsRead) -> StationState:
    """What is on hold now."""
    page = state.page
    return replace(state, page=replace(page, lots=event.lots)) if isinstance(page, LotsPage) else state


def stale(state: StationState) -> tuple[Effect, ...]:
    """The store has changed, perhaps by a release: the list is read again."""
    return (ReadHeldLots(),) if isinstance(state.page, LotsPage) else ()
