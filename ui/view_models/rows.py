"""Lists of touchable rows, in pages: orders, contents, events, people."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar, overload

from station.view.message import Level
from ui.texts import Texts

Thing = TypeVar("Thing")


class Tone(StrEnum):
    """How a row looks: plain, needing attention (amber mark), or not startable."""

    PLAIN = "plain"
    LATE = "late"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class RowModel:
    """One row: `lead` is the big word at the left; two lines in the middle; two at the right. `is_touchable` rows are buttons.
    `level` is shown by a shape of its own colour before the lead; `lines` are those of a `main` that stands alone."""

    name: str
    lead: str
    main: str
    sub: str = ""
    right: str = ""
    right_sub: str = ""
    tone: Tone = Tone.PLAIN
    is_chosen: bool = False
    is_touchable: bool = True
    has_box: bool = False  # draws a box to tick
    level: Level | None = None
    lines: int = 1


@dataclass(frozen=True, slots=True)
class ListModel:
    """One page of rows. `page` counts from 1; the ▲▼ buttons are enabled where there is more."""

    heading: str
    rows: tuple[RowModel, ...]
    page_text: str
    has_up: bool
    has_down: bool
    empty: str = ""


class Rows(Sequence[RowModel]):
    """Rows of things of which there may be many thousand: each is made when it is looked at, so that only a page of them is."""

    def __init__(self, things: Sequence[Thing], row: Callable[[Thing], RowModel]) -> None:
        self._size = len(things)
        self._row: Callable[[int], RowModel] = lambda at: row(things[at])

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, at: int) -> RowModel: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[RowModel]: ...

    def __getitem__(self, at: int | slice) -> RowModel | Sequence[RowModel]:
        return [self._row(each) for each in range(*at.indices(self._size))] if isinstance(at, slice) else self._row(at)


def paged(
    heading: str, rows: Sequence[RowModel], texts: Texts, *, page: int, size: int, empty: str, more: bool = False
) -> ListModel:
    """The page of these rows that is shown; a page beyond the end shows the last one. `more` rows can be asked for."""
    pages = page_count(len(rows), size)
    shown = min(page, pages - 1)
    first = shown * size
    text = texts.label("page", page=shown + 1, pages=pages) if pages > 1 or more else ""
    is_last = shown == pages - 1
    return ListModel(heading, tuple(rows[first : first + size]), text, shown > 0, more or not is_last, "" if rows else empty)


def page_count(rows: int, size: int) -> int:
    return max(1, -(-rows // size))
