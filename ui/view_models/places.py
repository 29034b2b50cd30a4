"""What waits at places without a lift: a task in each row, in walking order."""

from __future__ import annotations

from dataclasses import dataclass

from station.task import Mode, Task
from station.view.action import Action
from station.view.places import PlacesFace
from station.zones import place_text
from ui.local_state import Local
from ui.texts import Texts
from ui.view_models.buttons import ActionRowModel, arrange, primary
from ui.view_models.rows import ListModel, RowModel, paged

FIRST = (Action.BACK, Action.COUNT_ZONE)


@dataclass(frozen=True, slots=True)
class PlacesModel:
    """`summary` stands above the rows."""

    rows: ListModel
    summary: str


def present(face: PlacesFace, local: Local, texts: Texts, *, rows: int) -> PlacesModel:
    """The list's page and the line above it."""
    titles = dict(face.titles)
    may_start = any(offer.action is Action.WALK and not offer.refused for offer in face.offers)
    models = [_row(number, each, titles, texts, is_touchable=may_start) for number, each in enumerate(face.rows)]
    empty = texts.message_of(face.wait) if face.wait else texts.label("no_places")
    shown = paged("", models, texts, page=local.page, size=rows, empty=empty)
    return PlacesModel(shown, _summary(face, texts))


def present_row(face: PlacesFace, texts: Texts) -> ActionRowModel:
    """Start is the primary button: it says how many tasks there are."""
    walk = next((offer for offer in face.offers if offer.action is Action.WALK), None)
    if walk is None:
        return arrange(face.offers, texts, first=FIRST)
    text = texts.label("walk_count", count=len(face.rows)) if face.rows else texts.action(Action.WALK)
    button = primary("action_walk", text, reason=texts.refusal(walk.refused))
    return arrange(face.offers, texts, primary_button=button, without=(Action.WALK,), first=FIRST)


def _summary(face: PlacesFace, texts: Texts) -> str:
    """How many tasks, and in which zones."""
    if not face.rows:
        return ""
    names = dict.fromkeys(each.place.machine for each in face.rows)
    titles = dict(face.titles)
    return "  ·  ".join((texts.label("places_count", count=len(face.rows)), *(titles.get(each) or each for each in names)))


def _row(number: int, task: Task, titles: dict[str, str], texts: Texts, *, is_touchable: bool) -> RowModel:
    quantity = "" if task.mode is Mode.COUNT else texts.quantity(task.quantity, task.item)
    zone = titles.get(task.place.machine, "")
    about = (texts.kind(task.mode), texts.label("order", order=task.order), _rank(task, texts), zone)
    return RowModel(
        name=f"walk_{number}",
        lead=place_text(task.place),
        main=f"{task.item.code} · {task.item.name}",
        sub=" · ".join(each for each in about if each),
        right=quantity,
        right_sub=task.destination,
        is_touchable=is_touchable,
    )


def _rank(task: Task, texts: Texts) -> str:
    return texts.label("rank", rank=task.rank) if task.rank else ""
