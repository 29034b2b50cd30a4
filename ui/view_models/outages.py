"""What is out of service: each tray or bay in a row, and what is said before one goes out or comes back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from station.outage_work import OutageWork
from station.view.action import Action
from station.view.ask import AskChoice
from station.view.outages import OutageRow, OutagesFace
from ui.local_state import Local
from ui.texts import Texts
from ui.view_models.buttons import ActionRowModel, arrange
from ui.view_models.rows import ListModel, RowModel, Tone, paged

FIRST = (Action.BACK, Action.TAKE_OUT, Action.TAKE_BAY_OUT)
COUNTED = ("take_tray_out", "take_bay_out")  # the questions before which the work is counted


@dataclass(frozen=True, slots=True)
class OutagesModel:
    """`summary` stands above the rows."""

    rows: ListModel
    summary: str


def present(face: OutagesFace, local: Local, texts: Texts, *, now: datetime, rows: int) -> OutagesModel:
    """The list's page and the line above it."""
    models = [_row(each, texts, now) for each in face.rows]
    shown = paged("", models, texts, page=local.page, size=rows, empty=texts.label("no_outages"))
    return OutagesModel(shown, texts.label("outages_count", count=len(face.rows)) if face.rows else "")


def present_row(face: OutagesFace, texts: Texts) -> ActionRowModel:
    return arrange(face.offers, texts, first=FIRST, words={Action.TAKE_OUT: texts.label("take_a_tray_out")})


def said_of(face: OutagesFace, texts: Texts) -> tuple[str, ...]:
    """What a person must know before the answer: what open work comes of it, or why it went out."""
    if not isinstance(face.ask, AskChoice):
        return ()
    if face.about is not None:
        return (texts.label("because", why=face.about.reason), _taken_out(face.about, texts), *_waiting(face.about, texts))
    if face.ask.code in COUNTED:
        because = texts.label("because", why=face.ask.params["why"])
        return (because, *_work(face.work, texts, is_bay="tray" not in face.ask.params))
    return (texts.label("why_out_help"),)


def _work(work: OutageWork | None, texts: Texts, *, is_bay: bool) -> tuple[str, ...]:
    if work is None:
        return (texts.label("outage_counting"),)
    if not work.waits and not work.elsewhere:
        return (texts.label("outage_nothing"),)
    waits = texts.label("outage_waits_bay" if is_bay else "outage_waits", count=work.waits)
    elsewhere = texts.label("outage_elsewhere", count=work.elsewhere)
    return tuple(said for said, count in ((waits, work.waits), (elsewhere, work.elsewhere)) if count)


def _row(row: OutageRow, texts: Texts, now: datetime) -> RowModel:
    return RowModel(
        name=f"outage_{row.opening if row.tray is None else row.tray}",
        lead=row.opening if row.tray is None else str(row.tray),
        main=texts.outage_reason(row.reason),
        sub=" · ".join((texts.label("out_since", time=texts.moment(row.since, now)), _who(row, texts))),
        right=" ".join(_waiting(row, texts)),
        right_sub=texts.label("touch_to_return") if row.may_return else "",
        tone=Tone.LATE if row.waits else Tone.PLAIN,
        is_touchable=row.may_return,
    )


def _taken_out(row: OutageRow, texts: Texts) -> str:
    """Since which day, and by whom; the list has the time."""
    return texts.label("taken_out_by", day=texts.day(row.since), name=_who(row, texts))


def _who(row: OutageRow, texts: Texts) -> str:
    if not row.person:
        return texts.label("by_command_line")
    return row.name or texts.label("erased")


def _waiting(row: OutageRow, texts: Texts) -> tuple[str, ...]:
    return (texts.label("lines_wait", count=row.waits),) if row.waits else ()
