"""The page of what was done without the station: trays to be counted, and the questions before one is marked. Nothing moves."""

from __future__ import annotations

from dataclasses import replace

from db.records.count_due import CountDue
from station import commands as do
from station import scan
from station.core.effects import Declare, Effect, EnterLate, Play, ReadLate, ReadOrders, Sound
from station.core.inputs import Now
from station.core.late_rights import may_enter_late
from station.core.leaving import left
from station.core.state import LatePage, StationState, TrayPage
from station.core.writing import written
from station.flows import late, late_booking
from station.flows.late import Marked, Marking, MarkStep
from station.flows.late_booking import Enter, LookUp
from station.flows.late_draft import Draft, LateEntered, LateRead, Step, values
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


def command(state: StationState, page: LatePage, given: do.Command, now: Now) -> LateTurn:
    """What a person does on the page."""
    match given:
        case _ if page.marking is not None:
            return _marking(state, page, page.marking, given)
        case _ if page.draft is not None:
            return _drafted(state, page, *late_booking.advance(page.draft, given, trays=state.trays, now=now.utc))
        case do.AskLate() if not state.store_code:
            return replace(state, page=replace(page, draft=Draft())), (ReadLate(),)
        case do.AskMarkTray():
            return replace(state, page=replace(page, marking=Marking(MarkStep.WHICH))), ()
        case do.AskMarkAll():
            return replace(state, page=replace(page, marking=Marking(MarkStep.WHY))), ()
        case do.Back() | do.ClosePage():
            return left(state), ()
        case _:
            return state, ()


def scanned(state: StationState, page: LatePage, read: scan.Scan, now: Now) -> LateTurn | None:
    """A scan answers the open question where that asks for what it says: tray, compartment, item, lot or serial. None: it is no
    answer here."""
    machine = state.custody.machine
    answers: tuple[do.Command, ...] = ()
    if page.draft is not None:
        answers = late_booking.scan_answers(page.draft, read, machine)
    elif page.marking is not None and page.marking.step is MarkStep.WHICH and isinstance(read, scan.TrayScan):
        answers = (do.EnterNumber(state.token, read.tray),) if read.machine == machine else ()
    effects: list[Effect] = []
    for each in answers:
        if not isinstance(state.page, LatePage):
            break
        state, more = command(state, state.page, each, now)
        effects += more
    return (state, tuple(effects)) if answers else None


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


def _drafted(state: StationState, page: LatePage, draft: Draft | None, said: tuple[Say | LookUp | Enter, ...]) -> LateTurn:
    state = replace(state, page=replace(page, draft=draft))
    effects: list[Effect] = []
    for each in said:
        match each:
            case Say(message):
                state = state.said(message)
            case LookUp(text):
                effects.append(ReadLate(text))
            case Enter(entered) if may_enter_late(state):
                by = written(state)
                effects.append(EnterLate(values(entered, state.custody.machine), by.operator, by.role))
            case Enter():
                return _no_right(state)
    return state, tuple(effects)


def read(state: StationState, event: LateRead) -> LateTurn:
    """What can be chosen, or the item that was asked for."""
    page = state.page
    if not isinstance(page, LatePage) or page.draft is None:
        return state, ()
    if not event.asked:
        return replace(state, page=replace(page, draft=late_booking.known_now(page.draft, event.known))), ()
    return _drafted(state, page, *late_booking.item_found(page.draft, event.asked, event.found))


def entered(state: StationState, event: LateEntered) -> LateTurn:
    """It is on the disk, or what is wrong is asked again."""
    page = state.page
    state = replace(state, store_code=event.code) if event.code else state
    if not isinstance(page, LatePage) or page.draft is None or page.draft.step is not Step.BOOKING:
        return state, (ReadOrders(),)
    if event.code:
        return replace(state, page=replace(page, draft=replace(page.draft, step=Step.SURE))), ()
    if event.why:
        return _drafted(state, page, *late_booking.refused(page.draft, event.field, event.why))
    state = replace(state, page=replace(page, draft=None))
    return state.said(Message("late_booked")), (Play(Sound.OK), ReadOrders())


def _mark(state: StationState, marked: Marked) -> LateTurn:
    """One record for each tray, in one transaction."""
    if not may_enter_late(state):
        return _no_right(state)
    trays = sorted(state.trays) if marked.tray is None else [marked.tray]
    note = written(state, *(CountDue(machine=state.custody.machine, tray=each, why=marked.why) for each in trays))
    return state, (Declare(records=note.records, operator=note.operator, role=note.role),)


def _no_right(state: StationState) -> LateTurn:
    return state.said(Message("no_right", Level.ACT, error="O319")), ()
