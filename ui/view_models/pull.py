"""The pull board: who waits for what, by how long there is; colour, shape and words say the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from station.core.pull_page import can_start
from station.pull.board import PullRow, Urgency, urgency
from station.view.action import Action
from station.view.message import Level
from station.view.pull import PullFace
from station.view.work import OrderTag
from ui.local_state import Local
from ui.texts import Texts
from ui.view_models.buttons import ActionRowModel, arrange, primary
from ui.view_models.rows import ListModel, RowModel, Tone, page_count
from ui.view_models.work import is_blocked

LEVELS: Final = {Urgency.LATE: Level.STOP, Urgency.SOON: Level.ACT, Urgency.IN_TIME: Level.NOTE, Urgency.NO_TIME: Level.NOTE}


@dataclass(frozen=True, slots=True)
class PullModel:
    """`summary` stands above the rows."""

    rows: ListModel
    summary: str


def present(face: PullFace, local: Local, texts: Texts, *, now: datetime, rows: int) -> PullModel:
    """The list's page and the line above it. Only the rows of the page are made: there may be thousands."""
    pages = page_count(len(face.rows), rows)
    shown = min(local.page, pages - 1)
    first = shown * rows
    tags = {each.order: each for each in face.orders}
    models = tuple(_row(each, face, tags.get(each.order), texts, now) for each in face.rows[first : first + rows])
    page_text = texts.label("page", page=shown + 1, pages=pages) if pages > 1 else ""
    empty = texts.message_of(face.wait) if face.wait else texts.label("pull_none")
    listed = ListModel("", models, page_text, shown > 0, shown < pages - 1, "" if face.rows else empty)
    return PullModel(listed, _summary(face.rows, texts, now))


def present_row(face: PullFace, texts: Texts) -> ActionRowModel:
    """Start is the primary button: what was scanned last, else what is needed first."""
    start = next((offer for offer in face.offers if offer.action is Action.START), None)
    name = to_start(face)
    reason = texts.refusal(start.refused or ("" if name else "no_orders")) if start else ""
    text = texts.label("pull_start", signal=name) if name else texts.action(Action.START)
    return arrange(face.offers, texts, primary_button=primary("action_start", text, reason=reason), without=(Action.START,))


def to_start(face: PullFace) -> str:
    """The signal that Start starts, "" for none."""
    tags = {each.order: each for each in face.orders}
    able = (each for each in face.rows if can_start(each) and (tag := tags.get(each.order)) is not None and not is_blocked(tag))
    chosen = next((each for each in face.rows if each.name == face.chosen), None)
    if chosen is not None and can_start(chosen):
        return chosen.name
    return next((each.name for each in able), "")


def _summary(rows: Sequence[PullRow], texts: Texts, now: datetime) -> str:
    if not rows:
        return ""
    found = [urgency(each, now) for each in rows]
    late, soon = found.count(Urgency.LATE), found.count(Urgency.SOON)
    parts = [texts.label("pull_count", count=len(rows))]
    parts += [texts.label("pull_late", count=late)] if late else []
    parts += [texts.label("pull_soon", count=soon)] if soon else []
    return "  ·  ".join(parts)


def _row(row: PullRow, face: PullFace, tag: OrderTag | None, texts: Texts, now: datetime) -> RowModel:
    nearness = urgency(row, now)
    is_stuck = can_start(row) and tag is not None and is_blocked(tag)
    due = texts.moment(row.need_by, now) if row.need_by else texts.label("no_time")
    return RowModel(
        name=f"signal_{row.name}",
        lead=row.consumer or row.name,
        main=_what(row, texts),
        sub=_why(tag, texts) if is_stuck and tag is not None else _state(row, texts),
        right=_slack(row, nearness, texts, now) or due,
        right_sub=due if row.need_by else "",
        tone=Tone.BLOCKED if is_stuck else Tone.LATE if nearness is Urgency.LATE else Tone.PLAIN,
        is_chosen=bool(face.chosen) and row.name == face.chosen,
        level=LEVELS[nearness],
    )


def _what(row: PullRow, texts: Texts) -> str:
    if row.item is None:
        return " · ".join(each for each in (row.name, texts.label("pull_lines", count=row.lines)) if each)
    return texts.label("pull_line", quantity=texts.quantity(row.quantity, row.item), item=row.item.code)


def _why(tag: OrderTag, texts: Texts) -> str:
    return texts.label("blocked_by", why="   ".join(texts.block(each) for each in tag.blocked))


def _state(row: PullRow, texts: Texts) -> str:
    name = "to_send" if row.supplier and row.state == "signalled" else row.state
    state = texts.label(f"pull_state_{name}", supplier=row.supplier)
    if row.room is not None:
        state = texts.label("pull_state_no_room", consumer=row.consumer, count=row.room.at_work, limit=row.room.limit)
    return " · ".join((state, texts.label(f"pull_origin_{row.origin}", card=row.card), row.name))


def _slack(row: PullRow, nearness: Urgency, texts: Texts, now: datetime) -> str:
    if row.need_by is None:
        return ""
    return texts.label(f"pull_slack_{nearness}", age=texts.age(abs((row.need_by - now).total_seconds())))
