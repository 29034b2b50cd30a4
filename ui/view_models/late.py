"""What was done without the station: each tray that is to be counted in a row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from station.count_due import TrayToCount
from station.view.action import Action
from station.view.ask import AskChoice
from station.view.late import LateFace
from ui.local_state import Local
from ui.texts import Texts
from ui.view_models.buttons import ActionRowModel, arrange
from ui.view_models.rows import ListModel, RowModel, paged

MARKS = ("why_mark_tray", "why_mark_all", "mark_tray", "mark_all")
FIRST = (Action.BACK, Action.LATE_BOOKING, Action.MARK_TRAY, Action.MARK_ALL)


@dataclass(frozen=True, slots=True)
class LateModel:
    """`summary` stands above the rows."""

    rows: ListModel
    summary: str


def present(face: LateFace, local: Local, texts: Texts, *, now: datetime, rows: int) -> LateModel:
    """The list's page and the line above it."""
    if face.wait:
        return LateModel(paged("", [], texts, page=0, size=rows, empty=texts.message_of(face.wait)), "")
    models = [_row(each, texts, now) for each in face.rows]
    shown = paged("", models, texts, page=local.page, size=rows, empty=texts.label("no_trays_to_count"))
    return LateModel(shown, texts.label("trays_to_count", count=len(face.rows)) if face.rows else "")


def present_row(face: LateFace, texts: Texts) -> ActionRowModel:
    return arrange(face.offers, texts, first=FIRST)


def said_of(face: LateFace, texts: Texts) -> tuple[str, ...]:
    """What a person must know before the answer."""
    if face.said:
        return tuple(texts.message(each) for each in face.said)
    if not isinstance(face.ask, AskChoice) or face.ask.code not in MARKS:
        return ()
    why = face.ask.params.get("reason")
    because = (texts.label("because", why=texts.reason(str(why))),) if why else ()
    return (*because, texts.label("mark_help"))


def _row(row: TrayToCount, texts: Texts, now: datetime) -> RowModel:
    return RowModel(
        name=f"late_{row.tray}",
        lead=str(row.tray),
        main=texts.reason(row.why),
        sub=texts.label("marked_since", time=texts.moment(row.since, now)),
        right=texts.label("compartments_to_count", count=row.places),
        is_touchable=False,
    )
