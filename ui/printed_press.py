"""Which button a printed command stands for on what the window shows now. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from station.core import printed
from ui.view_models import messages
from ui.view_models.buttons import ButtonModel
from ui.view_models.frame import FrameModel, MoreModel
from ui.view_models.history import ChooseModel
from ui.view_models.questions import ChoicesModel, KeypadModel
from ui.view_models.rows import ListModel
from ui.view_models.search import PicturesModel
from ui.view_models.task import TaskModel

_PARTS: Final = ("beside_", "desk_", "storage_")
_LAID_BACK: Final = ("action_less", "picture_close", "site_close")
_SCALE: Final = {"WEIGHED": "scale_fill", "SAMPLE": "scale_teach"}
_NUMBER: Final = {word: number for number, word in enumerate(printed.DIGITS)}


def button_of_word(word: str, frame: FrameModel) -> str:
    """The name of the button, "" where none can be used that the word stands for."""
    kind, _, rest = word.partition("_")
    if word in _NUMBER or word in ("POINT", "ERASE", "CLEAR"):
        return _key(word, frame)
    if word in printed.TURNS:
        return _turn(word, frame)
    if word == "PICTURE":
        return "picture_open" if isinstance(frame.content, TaskModel) and frame.content.picture else ""
    if kind in ("OTHER", "TAB") and rest in _NUMBER:
        return _placed(kind, _NUMBER[rest] - 1, frame)
    if kind == "ROW" and isinstance(frame.content, PicturesModel):
        tiles = frame.content.tiles
        return tiles[_NUMBER[rest] - 1].name if _NUMBER.get(rest, len(tiles) + 1) <= len(tiles) else ""
    if kind == "ROW" and rest in _NUMBER:
        rows = [each for part in _lists(frame) for each in part.rows]
        row = rows[_NUMBER[rest] - 1] if _NUMBER[rest] <= len(rows) else None
        return row.name if row is not None and row.is_touchable else ""
    if kind == "CHOICE" and rest in _NUMBER:
        question = getattr(frame.content, "question", None)
        choices = question.choices if isinstance(question, ChoicesModel) else ()
        return _usable(choices[_NUMBER[rest] - 1]) if _NUMBER[rest] <= len(choices) else ""
    name = _SCALE.get(word) or (f"key_{word.lower()}" if word in printed.KEYS else f"action_{word.lower()}")
    if name == messages.OPEN and frame.has_messages:  # from everywhere: the bar is there too
        return name
    names = _LAID_BACK if word == "LESS" else (name,)
    return next((_usable(each) for each in _buttons(frame) if each.name in names), "")


def _placed(kind: str, place: int, frame: FrameModel) -> str:
    """Another place of a put, or another part of a page."""
    others = getattr(frame.content, "runners_up", ())
    tabs = [each for each in _buttons(frame) if each.name.startswith(_PARTS)]
    found = others if kind == "OTHER" else tabs
    return _usable(found[place]) if place < len(found) else ""


def _usable(button: ButtonModel) -> str:
    return button.name if button.is_enabled else ""


def _buttons(frame: FrameModel) -> Iterator[ButtonModel]:
    """Those of the row, and those behind "More"."""
    yield from frame.row.secondary
    yield from (each for each in (frame.row.primary, frame.row.undo) if each is not None)
    yield from frame.row.further
    yield from getattr(frame.content, "steps", ())
    if isinstance(frame.content, MoreModel):
        yield from frame.content.buttons


def _key(word: str, frame: FrameModel) -> str:
    """A key of the number pad, where there is one. A PIN's keys are not among them."""
    question = getattr(frame.content, "question", None)
    if not isinstance(question, KeypadModel) or (word == "POINT" and not question.has_point):
        return ""
    return f"key_{_NUMBER.get(word, word.lower())}"


def _turn(word: str, frame: FrameModel) -> str:
    parts: list[ListModel | PicturesModel | ChooseModel] = [*_lists(frame)]
    if isinstance(frame.content, PicturesModel | ChooseModel):
        parts.append(frame.content)
    can = [part.has_up if word == "PAGE_UP" else part.has_down for part in parts]
    return word.lower() if any(can) else ""


def _lists(frame: FrameModel) -> list[ListModel]:
    fields = getattr(type(frame.content), "__dataclass_fields__", {})
    return [part for name in fields if isinstance(part := getattr(frame.content, name), ListModel)]
