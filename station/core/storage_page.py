"""Trays and items at the supervisor's desk, over the work list: how full trays are, what is empty, what should lie elsewhere,
where an item fits, and the builder of trays. Nothing here moves a lift; moves that are accepted are planned for the bay.
"""

from __future__ import annotations

from dataclasses import replace

from station import commands as do
from station import scan
from station.core import builder
from station.core.effects import Effect, Play, Sound
from station.core.leaving import left
from station.core.state import StationState, StoragePage
from station.core.writing import written
from station.storage.page import (
    BuilderRead,
    FindFit,
    FitFound,
    LayoutTold,
    LikeRead,
    MakeStorage,
    MovesTold,
    PlanMoves,
    ReadBuilder,
    ReadUses,
    Show,
    StorageAnswer,
    StorageRead,
    UsesRead,
)
from station.view.message import Level, Message

StorageTurn = tuple[StationState, tuple[Effect, ...]]
NO_FIGURES, NOT_PLANNED, UNKNOWN, NO_PLACE = "O564", "O566", "O567", "O568"
OF_DESK = (Show.SPARE, Show.NEARER, Show.TOGETHER, Show.FITS)


def may_open(state: StationState) -> bool:
    """Whether who works here may build trays and have goods moved: whoever may set stock right."""
    return state.rules.has_desk and state.person is not None and state.person.role in state.rules.approve_stock


def opened(state: StationState) -> StorageTurn:
    """Open the page over the work list."""
    if not may_open(state):
        return state.said(Message("no_right", Level.ACT, error="O319")), ()
    return _read(state, StoragePage())


def command(state: StationState, page: StoragePage, given: do.Command) -> StorageTurn:
    """What a person does on the page."""
    if page.builder is not None:
        state, effects = builder.command(state, page, page.builder, given)
        left_it = isinstance(state.page, StoragePage) and state.page.builder is None
        return _read(state, state.page) if left_it and isinstance(state.page, StoragePage) else (state, effects)
    match given:
        case do.Back() | do.ClosePage():
            return _back(state, page), ()
        case do.Choose(key=key) if page.about is not None:
            return _chosen(state, page, page.about, key)
        case do.EnterText(text=text) if page.is_finding and text.strip():
            page = replace(page, is_finding=False, asked=page.asked + 1)
            return replace(state, page=page), (FindFit(page.asked, text),)
        case _ if page.about is not None or page.is_finding:
            return state, ()
        case do.ShowStorage(show=show) if show in tuple(Show):
            return _shown(state, page, Show(show))
        case do.FindFitting():
            return replace(state, page=replace(page, is_finding=True)), ()
        case do.TouchStorage(number=number):
            return _touched(state, page, number)
        case _:
            return state, ()


def scanned(state: StationState, page: StoragePage, text: str) -> StorageTurn:
    """A label of a tray or a compartment opens the tray, an item shows where it fits."""
    if page.builder is not None and (page.builder.is_changed or page.builder.step is not None):
        return state, ()
    page = replace(page, asked=page.asked + 1, is_finding=False, about=None)
    own = state.custody.machine
    match scan.classify(text):
        case scan.TrayScan(machine=machine, tray=tray) if machine == own:
            return replace(state, page=page), (ReadBuilder(page.asked, tray),)
        case scan.PlaceScan(place=place) if place.machine == own:
            return replace(state, page=page), (ReadBuilder(page.asked, place.tray, place.compartment),)
        case scan.ItemScan() if page.builder is None:
            return replace(state, page=page), (FindFit(page.asked, text),)
        case _:
            return state, (Play(Sound.WRONG),)


def answered(state: StationState, event: StorageAnswer) -> StorageTurn:
    """An answer of the store or of the other process. One that is not the newest question's changes nothing."""
    page = state.page
    match event:
        case LayoutTold():
            return builder.told(state, event)
        case MovesTold():
            return _planned(state, event)
        case StorageRead(number=number, desk=desk):
            if not isinstance(page, StoragePage) or page.number != number:
                return state, ()
            return replace(state, page=replace(page, desk=desk, is_failed=desk is None)), ()
    if not isinstance(page, StoragePage) or event.number != page.asked:
        return state, ()
    match event:
        case UsesRead(uses=uses):
            return replace(state, page=replace(page, uses=uses)), ()
        case BuilderRead():
            return builder.opened(state, page, event)
        case LikeRead():
            return builder.liked(state, page, page.builder, event) if page.builder is not None else (state, ())
        case FitFound(item=""):
            return state.said(Message("storage_no_item", Level.ACT, error=UNKNOWN)), (Play(Sound.WRONG),)
        case FitFound(item=item):
            return _make(state, replace(page, show=Show.FITS, item=item))


def _read(state: StationState, page: StoragePage) -> StorageTurn:
    page = replace(page, asked=page.asked + 1)
    return replace(state, page=page), (ReadUses(page.asked),)


def _make(state: StationState, page: StoragePage) -> StorageTurn:
    """The figures are made anew; what was shown is not shown any more."""
    number = state.desks + 1
    page = replace(page, number=number, desk=None, is_failed=False, about=None)
    return replace(state, desks=number, page=page), (MakeStorage(number, page.item),)


def _back(state: StationState, page: StoragePage) -> StationState:
    if page.about is not None or page.is_finding:
        return replace(state, page=replace(page, about=None, is_finding=False))
    return left(state)


def _shown(state: StationState, page: StoragePage, show: Show) -> StorageTurn:
    if show is Show.TRAYS:
        return _read(state, replace(page, show=show))
    page = replace(page, show=show, is_finding=show is Show.FITS and not page.item)
    if page.desk is not None or (page.number and not page.is_failed):
        return replace(state, page=page), ()
    return _make(state, page)


def _touched(state: StationState, page: StoragePage, number: int) -> StorageTurn:
    desk, page = page.desk, replace(page, asked=page.asked + 1)
    match page.show:
        case Show.TRAYS if page.uses is not None and 0 <= number < len(page.uses):
            return replace(state, page=page), (ReadBuilder(page.asked, page.uses[number].number),)
        case Show.NEARER | Show.TOGETHER if desk is not None and 0 <= number < len(proposals_of(page)):
            return replace(state, page=replace(page, about=number)), ()
        case Show.SPARE | Show.FITS if desk is not None:
            rows = desk.spare if page.show is Show.SPARE else desk.fits.places if desk.fits is not None else ()
            if 0 <= number < len(rows):
                place = rows[number].place
                return replace(state, page=page), (ReadBuilder(page.asked, place.tray, place.compartment),)
    return state, ()


def proposals_of(page: StoragePage) -> tuple[object, ...]:
    """The proposals of the list that is shown."""
    if page.desk is None:
        return ()
    return page.desk.nearer if page.show is Show.NEARER else page.desk.together if page.show is Show.TOGETHER else ()


def _chosen(state: StationState, page: StoragePage, number: int, key: str) -> StorageTurn:
    page = replace(page, about=None)
    if key != builder.YES or page.desk is None or state.store_code:
        return replace(state, page=page), ()
    proposed = (page.desk.nearer if page.show is Show.NEARER else page.desk.together)[number]
    return replace(state, page=page), (PlanMoves(records=proposed.records, operator=written(state).operator),)


def _planned(state: StationState, event: MovesTold) -> StorageTurn:
    """The moves are planned, or why not: the bay offers them among its other work."""
    if event.code:
        state = replace(state, store_code=event.code)
    if event.code or event.why:
        return state.said(Message("moves_not_planned", Level.ACT, error=NOT_PLANNED)), (Play(Sound.WRONG),)
    if event.without:
        params: dict[str, str | int] = {"count": event.count, "without": event.without}
        return state.said(Message("moves_without_place", Level.ACT, params, error=NO_PLACE)), (Play(Sound.WRONG),)
    return state.said(Message("moves_planned", Level.NOTE, {"count": event.count})), (Play(Sound.OK),)
