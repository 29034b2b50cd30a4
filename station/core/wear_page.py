"""The service page: how worn the machine is, and the booking of a service or an inspection by maintenance. It moves nothing."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date

from db.records.service import DriftSeen, ServiceDone
from station import commands as do
from station.core.effects import Declare, Effect, ReadDevices, ReadWear
from station.core.inputs import Declared, Now, WearRead
from station.core.state import DevicesPage, ServiceEntry, StationState, WearPage
from station.core.writing import written
from station.outages import clean_reason
from station.view.message import Level, Message
from station.wear import INSPECTION, SERVICE

BOOK = "book"
NO_DATE = "no_date"
NEXT_IN_MONTHS = (6, 12, 24)

WearTurn = tuple[StationState, tuple[Effect, ...]]


def may_book(state: StationState) -> bool:
    """Whether the person who is signed on may book a service."""
    return state.person is not None and state.person.role in state.rules.book_service


def opened(state: StationState, behind: DevicesPage) -> WearTurn:
    """Open the page over the machine panel; not while a command by hand is asked about or on its way."""
    return (state, ()) if behind.hand is not None else (replace(state, page=WearPage(behind=behind)), (ReadWear(),))


def command(state: StationState, page: WearPage, given: do.Command, now: Now) -> WearTurn:
    """What a person does on the page. The booking asks for one thing after the other, and at the end whether it is right."""
    entry = page.entry
    match given:
        case do.Back() | do.ClosePage():
            return _back(state, page)
        case do.BookService() if entry is None and not awaits_report(state, page):
            return _begin(state, page)
        case do.SeeDrift() if entry is None:
            return _drift_seen(state)
        case do.Choose(key=key) if entry is not None:
            return _chosen(state, page, entry, key, now)
        case do.EnterText(text=text) if entry is not None and asks_note(entry) and clean_reason(text):
            return _entered(state, page, replace(entry, note=clean_reason(text))), ()
        case _:
            return state, ()


def _drift_seen(state: StationState) -> WearTurn:
    if not may_book(state) or state.person is None:
        return state.said(Message("no_right", Level.ACT, error="O319")), ()
    if state.drift is None or state.drift.is_seen or state.store_code:
        return state, ()
    note = written(state, DriftSeen(machine=state.custody.machine, person=state.person.person))
    seen = replace(state, drift=replace(state.drift, is_seen=True))
    return seen, (Declare(records=note.records, operator=note.operator, role=note.role),)


def awaits_report(state: StationState, page: WearPage) -> bool:
    """Whether what is shown may be older than a booking: another one would be the same once more."""
    return page.report is None or page.is_booking or state.is_booking_service


def asks_note(entry: ServiceEntry) -> bool:
    """Whether the next thing to be said is by whom, or which report."""
    return bool(entry.what) and not asks_date(entry) and not entry.note


def asks_date(entry: ServiceEntry) -> bool:
    """Whether the next thing to be said is when the next inspection is."""
    return entry.what == INSPECTION and entry.next_inspection is None


def next_dates(today: date) -> tuple[date, ...]:
    """The days to choose from for the next inspection: so many months from today, in a shorter month its last."""
    return tuple(_months_on(today, months) for months in NEXT_IN_MONTHS)


def _months_on(day: date, months: int) -> date:
    place = day.month - 1 + months
    year, month = day.year + place // 12, place % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _begin(state: StationState, page: WearPage) -> WearTurn:
    if not may_book(state):
        return state.said(Message("no_right", Level.ACT, error="O319")), ()
    return _entered(state, page, ServiceEntry()), ()


def _entered(state: StationState, page: WearPage, entry: ServiceEntry | None) -> StationState:
    return replace(state, page=replace(page, entry=entry))


def _chosen(state: StationState, page: WearPage, entry: ServiceEntry, key: str, now: Now) -> WearTurn:
    if not entry.what:
        return (_entered(state, page, replace(entry, what=key)) if key in (SERVICE, INSPECTION) else state), ()
    if asks_date(entry):
        named = {each.isoformat() for each in next_dates(now.utc.date())}
        chosen = "" if key == NO_DATE else key
        return (_entered(state, page, replace(entry, next_inspection=chosen)) if not chosen or chosen in named else state), ()
    if asks_note(entry):
        return state, ()
    return _book(state, page, entry) if key == BOOK else (_entered(state, page, None), ())


def _book(state: StationState, page: WearPage, entry: ServiceEntry) -> WearTurn:
    if not may_book(state) or state.person is None:
        return state.said(Message("no_right", Level.ACT, error="O319")), ()
    record = ServiceDone(
        machine=state.custody.machine,
        person=state.person.person,
        what=entry.what,
        note=entry.note,
        next_inspection=entry.next_inspection or "",
    )
    note = written(state, record)
    state = replace(state, is_booking_service=True, page=replace(page, entry=None, is_booking=True))
    return state, (Declare(records=note.records, operator=note.operator, role=note.role),)


def _back(state: StationState, page: WearPage) -> WearTurn:
    """One step back: out of the questions, then to the panel."""
    if page.entry is not None:
        return _entered(state, page, None), ()
    return replace(state, page=page.behind), (ReadDevices(page.behind.device),)


def read(state: StationState, event: WearRead) -> StationState:
    """The store's answer. That a booking is in it is said when it is seen there: something else may have changed the store."""
    page, report = state.page, event.report
    if not isinstance(page, WearPage):
        return state
    before = page.report
    is_booked = before is not None and (report.service, report.inspection) != (before.service, before.inspection)
    is_ours = page.is_booking and is_booked
    state = replace(state, page=replace(page, report=report, is_booking=page.is_booking and not is_booked))
    return state.said(Message("service_booked", params={"machine": report.machine})) if is_ours else state


def stale(state: StationState) -> tuple[Effect, ...]:
    """The store has changed, perhaps by a booking: the page is read again."""
    return (ReadWear(),) if isinstance(state.page, WearPage) else ()


def declared(state: StationState, event: Declared) -> WearTurn:
    """The booking is on the disk, and the report that has it is read, also behind a locked screen; or it could not be written."""
    state = replace(state, store_code=event.code) if event.code else state
    if not any(isinstance(record, ServiceDone) for record in event.records):
        return state, ()
    state = replace(state, is_booking_service=False)
    page = state.page
    if event.code and isinstance(page, WearPage):
        state = replace(state, page=replace(page, is_booking=False))
    return state, () if event.code else stale(state)
