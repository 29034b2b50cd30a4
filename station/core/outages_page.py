"""What is out of service, and the questions before something goes out or comes back. Nothing moves while this page is open.

What is answered here is declared as `station.core.service` has it, with its rights and its records.
"""

from __future__ import annotations

from dataclasses import replace

from station import commands as do
from station.core import service
from station.core.effects import Effect, ReadDevices, ReadOrders, ReadOutageWork
from station.core.inputs import OutageWorkRead
from station.core.leaving import left
from station.core.state import DevicesPage, OutageAsk, OutagesPage, OutageStep, StationState, TrayPage
from station.outages import BAY_REASONS, TRAY_REASONS
from station.view.message import Level, Message

OutagesTurn = tuple[StationState, tuple[Effect, ...]]
TAKE_OUT, TAKE_BACK = "take_out", "take_back"  # the keys of the answers that change something


def opened(state: StationState, behind: DevicesPage | None) -> OutagesTurn:
    """Open the list, over the machine panel or the work."""
    if not service.may_declare(state):
        return _no_right(state)
    return replace(state, page=OutagesPage(behind=behind)), (ReadOrders(),)


def asked_of_tray(state: StationState, behind: TrayPage, given: do.AskTakeOut | do.AskReturn) -> OutagesTurn:
    """Ask about the tray of the tray page, and go back there."""
    if not service.may_declare(state):
        return _no_right(state)
    if behind.number is None:
        return state, ()
    page = OutagesPage(behind=behind, is_list=False)
    return _begin(state, page, given) if isinstance(given, do.AskReturn) else _why(state, page, behind.number)


def command(state: StationState, page: OutagesPage, given: do.Command) -> OutagesTurn:
    """What a person does on the page."""
    ask = page.ask
    match given:
        case do.Back() | do.ClosePage():
            return _back(state, page)
        case do.AskTakeOut() | do.AskTakeBayOut() | do.AskReturn() if ask is None:
            return _begin(state, page, given)
        case do.EnterNumber(number=tray) if ask is not None and ask.step is OutageStep.WHICH:
            return _named(state, page, tray)
        case do.Choose(key=key) if ask is not None:
            return _chosen(state, page, ask, key)
        case _:
            return state, ()


def work_read(state: StationState, event: OutageWorkRead) -> OutagesTurn:
    """The store's answer to how much work would wait."""
    page = state.page
    if not isinstance(page, OutagesPage) or page.ask is None or page.ask.tray != event.tray:
        return state, ()
    return replace(state, page=replace(page, ask=replace(page.ask, work=event.work))), ()


def _begin(state: StationState, page: OutagesPage, given: do.AskTakeOut | do.AskTakeBayOut | do.AskReturn) -> OutagesTurn:
    match given:
        case do.AskTakeOut():
            return _asking(state, page, OutageAsk(OutageStep.WHICH)), ()
        case do.AskTakeBayOut():
            return _why(state, page, None)
        case do.AskReturn(tray=tray):
            is_out = bool(state.bay_out) if tray is None else tray in state.trays_out
            return (_asking(state, page, OutageAsk(OutageStep.TAKE_BACK, tray)), ()) if is_out else (state, ())


def _named(state: StationState, page: OutagesPage, tray: int) -> OutagesTurn:
    if tray not in state.trays:
        return state.said(Message("no_such_tray", Level.ACT, {"tray": tray}, error="O304")), ()
    return _why(state, page, tray)


def _why(state: StationState, page: OutagesPage, tray: int | None) -> OutagesTurn:
    """Ask for the reason; what would wait is counted meanwhile."""
    return _asking(state, page, OutageAsk(OutageStep.WHY, tray)), (ReadOutageWork(tray),)


def _chosen(state: StationState, page: OutagesPage, ask: OutageAsk, key: str) -> OutagesTurn:
    match ask.step:
        case OutageStep.WHY if key in reasons(ask.tray):
            return _asking(state, page, replace(ask, step=OutageStep.TAKE_OUT, reason=key)), ()
        case OutageStep.TAKE_OUT if key == TAKE_OUT and ask.work is not None:
            out = do.TakeBayOut(ask.reason) if ask.tray is None else do.TakeTrayOut(ask.tray, ask.reason)
            return service.declared(_answered(state, page), out)
        case OutageStep.TAKE_BACK if key == TAKE_BACK:
            back = do.ReturnBay() if ask.tray is None else do.ReturnTray(ask.tray)
            return service.declared(_answered(state, page), back)
        case OutageStep.TAKE_OUT | OutageStep.TAKE_BACK if key not in (TAKE_OUT, TAKE_BACK):
            return _answered(state, page), ()
        case _:
            return state, ()


def reasons(tray: int | None) -> tuple[str, ...]:
    """What can be said of a tray, or of this bay (None)."""
    return BAY_REASONS if tray is None else TRAY_REASONS


def _back(state: StationState, page: OutagesPage) -> OutagesTurn:
    """Out of the question, then to the page behind."""
    if page.ask is not None:
        return _answered(state, page), ()
    refreshed = (ReadDevices(page.behind.device),) if isinstance(page.behind, DevicesPage) else ()
    return _behind(state, page), refreshed


def _asking(state: StationState, page: OutagesPage, ask: OutageAsk) -> StationState:
    return replace(state, page=replace(page, ask=ask))


def _answered(state: StationState, page: OutagesPage) -> StationState:
    """Nothing is asked any more."""
    return replace(state, page=replace(page, ask=None)) if page.is_list else _behind(state, page)


def _behind(state: StationState, page: OutagesPage) -> StationState:
    return left(state) if page.behind is None else replace(state, page=page.behind)


def _no_right(state: StationState) -> OutagesTurn:
    return state.said(Message("no_right", Level.ACT, error="O319")), ()
