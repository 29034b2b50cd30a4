"""Counts that wait for a second person: each in a row, and what is said before one is decided. No figure stands in the list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from station.view.held import HeldFace, HeldRow
from station.zones import place_text
from ui.local_state import Local
from ui.texts import Texts
from ui.view_models.buttons import ActionRowModel, arrange
from ui.view_models.rows import ListModel, RowModel, paged


@dataclass(frozen=True, slots=True)
class HeldModel:
    """`summary` stands above the rows."""

    rows: ListModel
    summary: str


def present(face: HeldFace, local: Local, texts: Texts, *, now: datetime, rows: int) -> HeldModel:
    """The list's page and the line above it."""
    if face.is_settling:
        return HeldModel(paged("", [], texts, page=0, size=rows, empty=texts.message_of("booking")), "")
    models = [_row(number, each, texts, now) for number, each in enumerate(face.rows)]
    shown = paged("", models, texts, page=local.page, size=rows, empty=texts.label("no_held"))
    return HeldModel(shown, texts.label("held_counts", count=len(face.rows)) if face.rows else "")


def present_row(face: HeldFace, texts: Texts) -> ActionRowModel:
    return arrange(face.offers, texts)


def said_of(face: HeldFace, texts: Texts) -> tuple[str, ...]:
    """What a person must know before the answer."""
    row = face.about
    if row is None:
        return ()
    what = " · ".join(each for each in (row.order, *_what(row, texts)) if each)
    if face.book is None:
        return (what, _who(row, texts), texts.label("held_help_count"))
    return (what, _who(row, texts), texts.label("held_book", book=texts.quantity(face.book, row.item)))


def _row(number: int, row: HeldRow, texts: Texts, now: datetime) -> RowModel:
    since = texts.label("held_since", time=texts.moment(row.since, now))
    return RowModel(
        name=f"held_{number}",
        lead=place_text(row.place) if row.is_on_foot else f"{row.place.tray} · {row.place.compartment}",
        main=row.item.name,
        sub=" · ".join((*_what(row, texts), _who(row, texts))),
        right=since,
        right_sub=texts.label("held_mine" if row.is_mine else "held_touch"),
    )


def _what(row: HeldRow, texts: Texts) -> tuple[str, ...]:
    return tuple(each for each in (row.item.code, texts.stock_key(row.key)) if each)


def _who(row: HeldRow, texts: Texts) -> str:
    names = dict.fromkeys(name or texts.label("erased") for name in row.names)
    return texts.label("held_by", names=", ".join(names)) if names else texts.label("held_afresh")
