"""What waits in the machine for somebody else: a load in each row, and how full each consumer's share is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from station.load import is_due, is_late
from station.load_plan import LoadPlan
from station.values import Load
from station.view.action import Action
from station.view.loads import Ceiling, LoadsFace
from ui.local_state import Local
from ui.texts import Texts
from ui.view_models.buttons import ActionRowModel, arrange
from ui.view_models.rows import ListModel, RowModel, Tone, paged

FIRST = (Action.BACK, Action.PUT_LOAD, Action.LEAVE_OUT)


@dataclass(frozen=True, slots=True)
class LoadsModel:
    """`summary` stands above the rows."""

    rows: ListModel
    summary: str


def present(face: LoadsFace, local: Local, texts: Texts, *, now: datetime, rows: int) -> LoadsModel:
    """The list's page and the line above it."""
    if face.wait and not face.rows:
        return LoadsModel(paged("", [], texts, page=0, size=rows, empty=texts.message_of(face.wait)), "")
    models = [_row(each, texts, now) for each in face.rows]
    shown = paged("", models, texts, page=local.page, size=rows, empty=texts.label("no_loads"))
    return LoadsModel(shown, _summary(face, texts))


def present_row(face: LoadsFace, texts: Texts) -> ActionRowModel:
    return arrange(face.offers, texts, first=FIRST)


def said_of(face: LoadsFace, texts: Texts) -> tuple[str, ...]:
    """What a person must know before the answer."""
    return (texts.label("load_asked", load=face.load),) if face.load else ()


def _summary(face: LoadsFace, texts: Texts) -> str:
    parts = [texts.label("loads_count", count=len(face.rows))] if face.rows else []
    return "  ·  ".join((*parts, *(_ceiling(each, texts) for each in face.ceilings)))


def _ceiling(ceiling: Ceiling, texts: Texts) -> str:
    name = "ceiling_full" if ceiling.is_reached else "ceiling"
    return texts.label(name, consumer=ceiling.consumer, number=ceiling.waiting, most=ceiling.most)


def _row(load: Load, texts: Texts, now: datetime) -> RowModel:
    title = LoadPlan(load=load.load, production_order=load.production_order, operation=load.operation).title
    age = texts.label("load_age", age=texts.age((now - load.put_at).total_seconds()))
    late = is_late(load, now)
    taken = "" if load.take_at is None else texts.label("load_late" if late else "load_due", time=texts.moment(load.take_at, now))
    return RowModel(
        name=f"load_{load.load}",
        lead=f"{load.place.tray} · {load.place.compartment}",
        main=title,
        sub=" · ".join(each for each in (load.load if title != load.load else "", load.consumer, age) if each),
        right=taken,
        right_sub=texts.label("touch_to_take"),
        tone=Tone.LATE if late or is_due(load, now) else Tone.PLAIN,
    )
