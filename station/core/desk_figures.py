"""The figures on the supervisor's desk: which stretch, of whom, and onto paper. Those by person are looked at by an event."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC

from db.records.review import FiguresLooked
from station.core.effects import Declare, Effect
from station.core.state import DeskPage, StationState
from station.core.writing import written
from station.desk.values import WITH_PEOPLE, ExportSheet, ReadSheet, SheetExported, SheetRead, Show
from station.figures.sheet import EVERYBODY, Stretch
from station.view.message import Level, Message

FigureTurn = tuple[StationState, tuple[Effect, ...]]
OFF, NOT_WRITTEN = "O598", "O597"


def may_see_own(state: StationState) -> bool:
    """Whether who works here may see his own figures: everybody may, where the site tells figures by person at all."""
    return state.rules.by_person.is_on and state.person is not None and state.person.role in state.rules.direct_work


def opened(state: StationState, page: DeskPage) -> FigureTurn:
    """Read what is shown; those by person once it is in the record that somebody looks at them."""
    by_person = state.rules.by_person
    if page.show in (Show.PEOPLE, Show.OWN) and not by_person.is_on:
        return state.said(Message("figures_off", Level.ACT, error=OFF)), ()
    page = replace(page, sheet=None, asked=page.asked + 1, exported="")
    after = replace(state, page=page)
    if page.show is Show.PEOPLE:
        note = written(state, FiguresLooked(purpose=by_person.purpose, stretch=page.stretch.value, most_days=by_person.days))
        return after, (Declare(records=note.records, operator=note.operator, role=note.role),)
    return after, (_question(state, page),)


def _question(state: StationState, page: DeskPage) -> ReadSheet:
    days = state.rules.by_person.days
    if page.show is Show.PEOPLE:
        return ReadSheet(page.asked, page.stretch, EVERYBODY, days)
    if page.show is Show.OWN and state.person is not None:
        return ReadSheet(page.asked, page.stretch, state.person.person, days)
    return ReadSheet(page.asked, page.stretch)


def shown(state: StationState, page: DeskPage, show: Show) -> FigureTurn:
    """Another list of the same sheet, which is read anew only where it is another sheet."""
    if show is Show.PEOPLE or page.sheet is None:
        return opened(state, replace(page, show=show))
    return replace(state, page=replace(page, show=show)), ()


def looked(state: StationState, page: DeskPage, code: str) -> FigureTurn:
    """That somebody looks is in the record; where it could not be written nothing of a person is shown."""
    if page.show is not Show.PEOPLE:
        return state, ()
    if code:
        return opened(state, replace(page, show=Show.FIGURES))
    return state, (_question(state, page),)


def stretched(state: StationState, page: DeskPage, key: str) -> FigureTurn:
    """So far back from now on."""
    return opened(state, replace(page, is_filtering=False, stretch=Stretch(key)))


def exported(state: StationState, page: DeskPage) -> FigureTurn:
    """Write what is shown as a table and on paper; never what one person did."""
    sheet = page.sheet
    if sheet is None or page.is_exporting or page.show not in WITH_PEOPLE:
        return state, ()
    page = replace(page, is_exporting=True, exported="")
    return replace(state, page=page), (ExportSheet(page.asked, sheet.first.astimezone(UTC), sheet.until.astimezone(UTC)),)


def answered(state: StationState, page: DeskPage, event: SheetRead | SheetExported) -> FigureTurn:
    """The figures are read, or written."""
    if isinstance(event, SheetRead):
        return replace(state, page=replace(page, sheet=event.sheet)), ()
    state = replace(state, page=replace(page, is_exporting=False, exported=event.path))
    if event.code:
        return state.said(Message("figures_not_written", Level.ACT, error=event.code)), ()
    return state.said(Message("figures_written", params={"path": event.path})), ()
