"""The supervisor's desk: it reads cases, alarms and health, and writes what is done about them. It moves nothing."""

from __future__ import annotations

from dataclasses import replace

from db.records.record import Record
from db.records.review import CaseAnswered, FiguresLooked, TellingAnswered
from station import commands as do
from station.core import desk_counts, desk_figures
from station.core import page as tray_page
from station.core.effects import Declare, Effect, MakeCountOrder
from station.core.inputs import CountOrdered, Declared
from station.core.leaving import left
from station.core.state import DeskPage, StationState
from station.core.writing import written
from station.count_orders import WhatToCount
from station.desk.values import (
    OF_CASES,
    OF_COUNTS,
    OF_OWN,
    CasesRead,
    CountsRead,
    DeskAnswer,
    HealthRead,
    ReadCases,
    ReadCounts,
    ReadHealth,
    ReadSteps,
    SheetExported,
    SheetRead,
    Show,
    StepsRead,
    group_of,
    is_of_figures,
)
from station.exceptions.case import Case
from station.exceptions.steps import COUNT, COUNTER_BOOK, REASONS, counted, counter_booked, dismissed
from station.figures.sheet import Stretch
from station.view.message import Level, Message

DeskTurn = tuple[StationState, tuple[Effect, ...]]
NO_RIGHT, NOTHING_TO_DO, GONE = "O590", "O591", "O592"
ALL = "all"


def may_open(state: StationState) -> bool:
    """Whether who works here may see what went otherwise, and do something about it."""
    return state.person is not None and state.person.role in state.rules.approve_stock


def opened(state: StationState, show: str) -> DeskTurn:
    """Open the page over the work list."""
    if show in OF_OWN and desk_figures.may_see_own(state):
        return _read(state, DeskPage(show=Show(show)))
    if not may_open(state):
        return state.said(Message("no_right", Level.ACT, error=NO_RIGHT)), ()
    return (_read(state, DeskPage(show=Show(show)))) if show in tuple(Show) else (state, ())


def command(state: StationState, page: DeskPage, given: do.Command) -> DeskTurn:
    """What a person does on the page."""
    match given:
        case do.Back() | do.ClosePage():
            return _back(state, page), ()
        case do.Choose(key=key) if page.is_filtering and key in kinds_of(page) and is_of_figures(page.show):
            return desk_figures.stretched(state, page, key)
        case do.Choose(key=key) if page.is_filtering and key in kinds_of(page):
            return _with(state, replace(page, is_filtering=False, kind="" if key == ALL else key)), ()
        case do.Choose(key=key) if page.to_count is not None:
            return desk_counts.chosen(state, page, key)
        case do.Choose(key=key) if page.about is not None:
            return _chosen(state, page, page.about, key)
        case _ if page.about is not None or page.is_filtering or page.to_count is not None:
            return state, ()
        case do.ShowDesk(show=show) if show in group_of(page.show, with_people=state.rules.by_person.is_on):
            if is_of_figures(page.show):
                return desk_figures.shown(state, page, Show(show))
            if page.show in OF_COUNTS:
                return _read(state, replace(page, show=Show(show), counts=None))
            return _with(state, replace(page, show=Show(show))), ()
        case do.ExportDesk():
            return desk_figures.exported(state, page)
        case do.FilterDesk() if page.is_filterable:
            return _with(state, replace(page, is_filtering=True)), ()
        case do.TouchDesk(number=number) if page.show is Show.CASES and 0 <= number < len(page.listed):
            about = page.listed[number]
            page = replace(page, about=about, steps=None, step="", asked=page.asked + 1)
            return _with(state, page), (ReadSteps(page.asked, about),)
        case do.TouchDesk(number=number) if page.show in OF_COUNTS and page.counts is not None:
            return desk_counts.touched(state, page, number)
        case do.TouchDesk(number=number) if page.show is Show.TOLD and page.health is not None:
            return _seen(state, page, number)
        case _:
            return state, ()


def kinds_of(page: DeskPage) -> tuple[str, ...]:
    """The kinds that there are cases of, and all; of figures how far back."""
    if is_of_figures(page.show):
        return tuple(Stretch)
    found = {each.kind.value for each in page.cases.cases} if page.cases is not None else set()
    return (ALL, *sorted(found))


def answered(state: StationState, event: DeskAnswer) -> DeskTurn:
    """An answer of the store. One that is not the newest question's changes nothing."""
    page = state.page
    if not isinstance(page, DeskPage) or event.number != page.asked:
        return state, ()
    match event:
        case CasesRead(cases=cases):
            return _with(state, replace(page, cases=cases)), ()
        case CountsRead(counts=counts):
            return _with(state, replace(page, counts=counts)), ()
        case SheetRead() | SheetExported():
            return desk_figures.answered(state, page, event)
        case HealthRead(health=health):
            return _with(state, replace(page, health=health)), ()
        case StepsRead(steps=()):
            return _with(state, replace(page, about=None)).said(Message("case_nothing", Level.ACT, error=NOTHING_TO_DO)), ()
        case StepsRead(steps=steps):
            return _with(state, replace(page, steps=steps)), ()


def count_ordered(state: StationState, event: CountOrdered) -> DeskTurn:
    """The count that was asked for a case stands in the work list: that is its answer. Or why it does not."""
    page = state.page
    after, effects = tray_page.count_ordered(state, event)
    if not isinstance(page, DeskPage) or page.about is None or page.step != COUNT:
        return after, effects
    if not event.order:
        return _with(after, replace(page, step="")), effects
    return _with(after, replace(page, about=None, step="")), (*effects, _declare(state, *counted(page.about, event.order)))


def declared(state: StationState, event: Declared) -> DeskTurn:
    """What was done is on the disk, or could not be written."""
    page = state.page
    if isinstance(page, DeskPage) and any(isinstance(each, FiguresLooked) for each in event.records):
        return desk_figures.looked(state, page, event.code)
    is_ours = any(isinstance(each, CaseAnswered | TellingAnswered) for each in event.records)
    if not isinstance(page, DeskPage) or not is_ours or event.code:
        return state, ()
    return _read(state.said(Message("case_answered")), page)


def _read(state: StationState, page: DeskPage) -> DeskTurn:
    if is_of_figures(page.show):
        return desk_figures.opened(state, page)
    page = replace(page, asked=page.asked + 1)
    if page.show in OF_COUNTS:
        return _with(state, page), (ReadCounts(page.asked, page.show, state.custody.machine, state.rules.counts),)
    asked: Effect = ReadCases(page.asked) if page.show in OF_CASES else ReadHealth(page.asked)
    return _with(state, page), (asked,)


def _with(state: StationState, page: DeskPage) -> StationState:
    return replace(state, page=page)


def _back(state: StationState, page: DeskPage) -> StationState:
    """One step: out of the reason, out of the case, to the work."""
    if page.is_filtering:
        return _with(state, replace(page, is_filtering=False))
    if page.to_count is not None:
        return _with(state, replace(page, to_count=None))
    if page.step and page.step != COUNT:
        return _with(state, replace(page, step=""))
    return left(state) if page.about is None else _with(state, replace(page, about=None, step="", steps=None))


def _chosen(state: StationState, page: DeskPage, case: Case, key: str) -> DeskTurn:
    if state.store_code or not may_open(state) or state.person is None:
        return state, ()
    if not page.step and key in (page.steps or ()):
        page = replace(page, step=key)
        if key != COUNT:
            return _with(state, page), ()
        what = WhatToCount(machine=case.machine, item=case.item, first_tray=case.tray)
        return _with(state, page), (MakeCountOrder(what, state.person.person),)
    if key not in REASONS.get(page.step, ()):
        return state, ()
    return _acted(state, page, case, key)


def _acted(state: StationState, page: DeskPage, case: Case, reason: str) -> DeskTurn:
    """The act itself; it comes here a second time once the PIN was right. What has changed since it was shown is not done."""
    if case not in page.listed:
        page = replace(page, about=None, step="", steps=None)
        return _read(state.said(Message("case_gone", Level.ACT, error=GONE)), page)
    records = counter_booked(case, reason) if page.step == COUNTER_BOOK else dismissed(case, reason)
    return _with(state, replace(page, about=None, step="", steps=None)), (_declare(state, *records),)


def _seen(state: StationState, page: DeskPage, number: int) -> DeskTurn:
    """Somebody sees to what was told: nobody else is told of it."""
    tellings = page.health.tellings if page.health is not None else ()
    if not 0 <= number < len(tellings) or tellings[number].answered_by or state.store_code:
        return state, ()
    told = tellings[number]
    return state, (_declare(state, TellingAnswered(topic=told.topic, about=told.about)),)


def _declare(state: StationState, *records: Record) -> Declare:
    note = written(state, *records)
    return Declare(records=note.records, operator=note.operator, role=note.role)
