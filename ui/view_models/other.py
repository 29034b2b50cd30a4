"""Work that no order asks for: who has which tool, and what stands beside a question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from station.taken_seen import TakenSeen
from station.view.action import Action
from station.view.other import OtherFace
from ui.local_state import Local
from ui.texts import Texts
from ui.view_models.buttons import ActionRowModel, arrange
from ui.view_models.rows import ListModel, RowModel, Tone, paged

FIRST = (Action.BACK, Action.PUT_DOWN, Action.TOOLS)


@dataclass(frozen=True, slots=True)
class OtherModel:
    """The tools that are out; `summary` stands above the rows."""

    rows: ListModel
    summary: str


def present(face: OtherFace, local: Local, texts: Texts, *, now: datetime, rows: int) -> OtherModel:
    """The list's page and the line above it."""
    if face.wait:
        text = texts.message_of("reading") if face.wait == "reading" else texts.refusal(face.wait)
        return OtherModel(paged("", [], texts, page=0, size=rows, empty=text), "")
    models = [_row(each, texts, now) for each in face.rows]
    shown = paged("", models, texts, page=local.page, size=rows, empty=texts.label("no_lent"))
    return OtherModel(shown, _summary(face, texts, now))


def present_row(face: OtherFace, texts: Texts) -> ActionRowModel:
    return arrange(face.offers, texts, first=FIRST)


def said_of(face: OtherFace, texts: Texts) -> tuple[str, ...]:
    """What is to be known before the answer."""
    return tuple(texts.message(each) for each in face.said)


def _summary(face: OtherFace, texts: Texts, now: datetime) -> str:
    overdue = sum(each.taken.is_overdue(now) for each in face.rows)
    parts = [texts.label("lent_count", count=len(face.rows))] if face.rows else []
    return "  ·  ".join((*parts, *((texts.label("lent_overdue", count=overdue),) if overdue else ())))


def _row(row: TakenSeen, texts: Texts, now: datetime) -> RowModel:
    taken, item = row.taken, row.item
    is_late = taken.is_overdue(now)
    who = texts.label("lent_job", job=taken.job) if taken.job else row.name or texts.label("erased")
    due = texts.label("lent_no_time")
    if taken.due_at is not None:
        due = texts.label("lent_late" if is_late else "lent_due", time=texts.moment(taken.due_at, now))
    return RowModel(
        name=f"lent_{taken.key.item}",
        lead=taken.key.item,
        main=" · ".join(each for each in (item.name if item else "", texts.stock_key(taken.key)) if each),
        sub=" · ".join((who, texts.label("lent_since", time=texts.moment(taken.since, now)))),
        right=texts.quantity(taken.quantity, item) if item else "",
        right_sub=due,
        tone=Tone.LATE if is_late else Tone.PLAIN,
        is_touchable=False,
    )
