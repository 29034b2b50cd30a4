"""What a command on the screen could be about. When it changes, the screen gets a new token and older commands are ignored."""

from __future__ import annotations

from dataclasses import replace

from station.core.at_place import may_work
from station.core.state import (
    CalibrationPage,
    DeskPage,
    DevicesPage,
    HeldPage,
    HistoryPage,
    JitPage,
    LatePage,
    LoadsPage,
    LotsPage,
    OrdersPage,
    OtherPage,
    OutagesPage,
    PeoplePage,
    PlacesPage,
    PrintersPage,
    PullPage,
    ReceiptsPage,
    ReplayPage,
    SearchPage,
    StationState,
    StoragePage,
    TeachPage,
    TrayPage,
    WearPage,
)
from station.custody import asks_for_tray
from station.flows.calibration import Teaching
from station.flows.receipt_state import Receipt
from station.flows.round import Round
from station.flows.sign_on import HandOver, Locked, SignedOut
from station.flows.turn import Step
from station.flows.walk import Typing

Signature = tuple[object, ...]


def signature(state: StationState) -> Signature:
    """Equal for two states whose screens ask the same of the person."""
    return (
        _session(state),
        asks_for_tray(state.custody),
        _round(state),
        _call(state),
        _page(state),
        state.ask_short,
        state.starting is not None,
        state.going is not None,
        _held_back(state),
        _undo(state),
        state.scale is not None and (state.scale.is_learning, state.scale.is_saving),
    )


def _held_back(state: StationState) -> Signature | bool:
    held = state.held_back
    return held is not None and (held.asking.act, held.asking.person is None, held.absent)


def _undo(state: StationState) -> Signature:
    """That its time runs out changes nothing else on the screen: the button says what it does."""
    return (type(state.undo.step),) if state.undo is not None and state.undo.is_asking else ()


def beneath(state: StationState) -> Signature:
    """The same without the question for the PIN: the screen that it lies over."""
    return signature(replace(state, held_back=None))


def _session(state: StationState) -> Signature:
    session = state.session
    if isinstance(session, SignedOut | Locked):
        gate = session.gate
        people = (each.person if each else "" for each in (gate.candidate, gate.locked, gate.helper))
        return type(session), *people, gate.step
    return type(session), session.person.person, session.owner.person if isinstance(session, HandOver) else ""


def _page(state: StationState) -> Signature:
    match state.page:
        case None:
            return (None,)
        case TrayPage(number=number):
            return ("tray", number)
        case DevicesPage(device=device, hand=hand, is_marking_lamp=is_marking):
            return ("devices", device, hand, is_marking)
        case OutagesPage(ask=ask):
            return ("outages", None if ask is None else (ask.step, ask.tray, ask.reason))
        case LatePage(marking=marking, draft=draft):
            return ("late", marking, draft)
        case HeldPage():
            still_waits = any(each.held == state.page.about for each in state.counts_held)
            return ("held", state.page, still_waits)  # a row is only opened: what it says then is what is decided on
        case OrdersPage(order=order, seen=seen, step=asking):  # what is done to it is looked at again when it is written
            return ("orders", order, asking, seen is None)
        case LoadsPage(draft=asked, placing=placing):
            return ("loads", asked, placing)
        case PlacesPage(is_counting=is_counting):  # all that is there is started, and looked for anew then
            return ("places", is_counting)
        case LotsPage(lots=lots, about=about):
            return ("lots", about, about is not None and about in (lots or ()))
        case ReceiptsPage(receipt=hand, placing=placing, is_typing=is_typing):
            return ("receipts", _in_hand(hand), placing, is_typing)
        case PullPage(about=signal):  # a row is named, wherever it stands now
            return ("pull", signal)
        case SearchPage(search=search):  # a key more is no other screen
            shown = None if search.item is None else (search.item.item.code, [each.place for each in search.item.stock])
            return ("search", search.at, search.first, shown, search.chosen)
        case OtherPage(draft=other, is_tools=is_tools, shows_lent=shows_lent):
            return ("other", other, is_tools, shows_lent)
        case HistoryPage(number=number, question=asking):  # another moment is the same screen
            return ("history", number, asking)
        case PeoplePage(at=at, person=person, question=asking):
            return ("people", at, person, asking, state.approvals if at == "approvals" else ())
        case StoragePage(show=list_shown, about=proposal, is_finding=finding, builder=built):
            look = None if built is None else (built.book.tray.number, built.draft, built.step, built.is_across, built.is_writing)
            return ("storage", list_shown, proposal, finding, look)
        case DeskPage(show=desk, about=case, steps=steps, step=todo, is_filtering=filtering, stretch=stretch, to_count=what):
            return ("desk", desk, case, steps, todo, filtering, stretch, what)
        case PrintersPage(job=job):
            return ("printers", job)
        case TeachPage(source=source, taught=taught, is_kept=is_kept):
            return ("teach", source, taught, is_kept)
        case JitPage(at=at, number=number, about=loop, supplier=supplier):
            return ("jit", at, number, loop, supplier)
        case ReplayPage(days=days, number=number, is_running=is_running, shows_policies=policies):
            return ("replay", days, number, is_running, policies)
        case WearPage(entry=entry):
            return ("wear", entry)
        case CalibrationPage(flow=flow):  # the arrows are quick: what they turn is not part of it
            step = len(flow.step.taught) if isinstance(flow.step, Teaching) else flow.step
            return ("calibration", step, flow.failed)


def _in_hand(hand: Receipt | None) -> Signature:
    if hand is None:
        return (None,)
    return hand.step, hand.goods, hand.offers, hand.is_locked, hand.photo_file, hand.is_waiting


def _round(state: StationState) -> Signature:
    work: Round | None = state.round
    if work is not None and work.gap is not None:
        return ("gap", work.gap)
    if work is None or work.task is None:
        return (work is None,)
    task = work.task
    step: Step | None = work.current.step if work.current else None
    is_here = not may_work(state, task.place)
    is_typing = isinstance(state.walk.step, Typing)
    return task.mode, task.order, task.line, task.number, task.place, step, is_here, work.is_searching, work.binding, is_typing


def _call(state: StationState) -> Signature:
    call = state.call
    return (None,) if call is None else (call.tray, call.step, call.selected, call.shows_quantities)
