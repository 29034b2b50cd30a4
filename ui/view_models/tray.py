"""A tray: its map beside its contents or its events. At the bay (direct work) and on the tray page (looking only)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from station.view.action import Action
from station.view.tray import BayFace, ContentRow, TrayEventRow, TrayPageFace
from station.view.tray_map import CellState, TrayMap
from ui.local_state import Local
from ui.texts import Texts
from ui.view_models.buttons import ActionRowModel, ButtonModel, arrange, primary
from ui.view_models.rows import ListModel, RowModel, Tone, paged
from ui.view_models.task import WaitModel, load_text, present_wait

PRIMARY: Final = (Action.DIRECT_PICK, Action.FETCH_AGAIN, Action.DIVIDE_HERE)
RELEASE: Final = (Action.RELEASE_TRAY,)  # before a first fill or an opening check ends, nothing is taken


@dataclass(frozen=True, slots=True)
class TrayModel:
    tray: str
    where: str
    compartment: str
    map: TrayMap | None
    rows: ListModel
    detail: str  # what is in the selected compartment
    is_dim: bool
    wait: WaitModel | None


def present_bay(face: BayFace, local: Local, texts: Texts, *, rows: int, is_stopped: bool) -> TrayModel:
    """The called tray and what is on it."""
    return TrayModel(
        tray=str(face.tray),
        where=_where(face, texts),
        compartment=face.selected,
        map=_selected(face.map, face.selected),
        rows=_contents(face.contents, face.selected, local, texts, size=rows),
        detail=_detail(face.contents, face.selected, texts),
        is_dim=is_stopped or not face.is_here,
        wait=present_wait(face.wait, texts),
    )


def _where(face: BayFace, texts: Texts) -> str:
    """Where it is, and how it is loaded: to be known before it is sent."""
    load = load_text(face.load, texts) if face.load is not None and face.load.weight_g else ""
    return " · ".join(each for each in (texts.place("at_bay") if face.is_here else "", load) if each)


def present_page(face: TrayPageFace, local: Local, texts: Texts, *, now: datetime, rows: int) -> TrayModel:
    """Any tray, with its events or its contents."""
    if local.shows_events:
        shown = _events(face, local, texts, now=now, size=rows)
    else:
        shown = _contents(face.contents, face.selected, local, texts, size=rows)
    return TrayModel(
        tray="" if face.tray is None else str(face.tray),
        where=texts.place(face.where),
        compartment=face.selected,
        map=_selected(face.map, face.selected),
        rows=shown,
        detail=_detail(face.contents, face.selected, texts),
        is_dim=False,
        wait=None,
    )


def present_bay_row(face: BayFace, texts: Texts) -> ActionRowModel:
    """Taking without an order is the primary button where it is offered; fetching again, where a touch is awaited."""
    row = RELEASE if any(each.action in RELEASE for each in face.offers) else PRIMARY
    offer = next((each for each in face.offers if each.action in row), None)
    button = None
    if offer is not None:
        button = primary(f"action_{offer.action.value}", texts.action(offer.action), reason=texts.refusal(offer.refused))
    first = (Action.DIVIDER_LEFT, Action.DIVIDER_RIGHT, Action.OTHER_PART, Action.DIRECT_PUT, Action.COUNT)
    return arrange(face.offers, texts, primary_button=button, without=(*PRIMARY, *RELEASE), first=first)


def present_page_row(face: TrayPageFace, local: Local, texts: Texts) -> ActionRowModel:
    """The page's own switch between events and contents stands beside what the station offers."""
    name = "show_contents" if local.shows_events else "show_events"
    return arrange(face.offers, texts, extra=[ButtonModel(f"action_{name}", texts.action(name))])


def _selected(tray_map: TrayMap | None, selected: str) -> TrayMap | None:
    """The map with the selected compartment as its target, where the station has not marked it."""
    if tray_map is None or not selected or any(cell.state is CellState.TARGET for cell in tray_map.cells):
        return tray_map
    cells = tuple(replace(each, state=CellState.TARGET) if each.label == selected else each for each in tray_map.cells)
    return replace(tray_map, cells=cells)


def _contents(contents: tuple[ContentRow, ...], selected: str, local: Local, texts: Texts, *, size: int) -> ListModel:
    models = [_content(row, selected, texts) for row in contents]
    return paged(texts.label("contents"), models, texts, page=local.page, size=size, empty=texts.label("no_contents"))


def _content(row: ContentRow, selected: str, texts: Texts) -> RowModel:
    counted = texts.label("counted_at", time=texts.day(row.counted_at)) if row.counted_at else texts.label("never_counted")
    is_empty = row.item is None
    what = " · ".join(each for each in (row.item.code if row.item else "", texts.stock_key(row.key)) if each)
    return RowModel(
        name=f"content_{row.compartment}",
        lead=row.compartment,
        main=row.item.name if row.item else texts.label("empty_compartment"),
        sub=texts.label("count_waits_second") if row.is_held else what,
        right="" if row.quantity is None or is_empty else texts.quantity(row.quantity, row.item),
        right_sub="" if is_empty or row.is_held else counted,
        tone=Tone.LATE if row.is_held else Tone.PLAIN,
        is_chosen=row.compartment == selected,
    )


def _detail(contents: tuple[ContentRow, ...], selected: str, texts: Texts) -> str:
    parts = [
        row.item.name if row.quantity is None else f"{row.item.name}: {texts.quantity(row.quantity, row.item)}"
        for row in contents
        if row.compartment == selected and row.item
    ]
    return "  ·  ".join(parts) if parts else (texts.label("empty_compartment") if selected else "")


def _events(face: TrayPageFace, local: Local, texts: Texts, *, now: datetime, size: int) -> ListModel:
    models = [_event(row, texts, now) for row in face.events]
    return paged(
        texts.label("events"), models, texts, page=local.page, size=size, empty=texts.label("no_events"), more=face.has_older
    )


def _event(row: TrayEventRow, texts: Texts, now: datetime) -> RowModel:
    quantity = "" if row.quantity is None else texts.signed(row.quantity, row.item)
    what = " · ".join(each for each in (texts.event(row.kind), row.item.code if row.item else "") if each)
    late = texts.late_mark(row.late_at, row.late_reason, row.done_by, now) if row.late_at else ""
    why = " · ".join(each for each in (late, row.name or texts.label("erased"), row.order, texts.reason(row.reason)) if each)
    return RowModel(
        name=f"event_{row.seq}",
        lead=row.compartment,
        main=what,
        sub=why if row.person else " · ".join(each for each in (late, row.order, texts.reason(row.reason)) if each),
        right=quantity,
        right_sub=texts.moment(row.at, now),
        is_touchable=False,
    )
