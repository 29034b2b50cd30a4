"""What the page of trays and items asks of the store. Blocking calls of a few milliseconds, made on a reader thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from station.old_label import places_now
from station.ports import Library
from station.scan import clean
from station.scan_name import items_meant
from station.storage.page import (
    BuilderRead,
    Built,
    FindFit,
    FitFound,
    LikeRead,
    ReadBuilder,
    ReadLike,
    ReadUses,
    StorageAnswer,
    StorageQuestion,
    UsesRead,
)
from station.values import LayoutChange, Place, Tray


def storage_answer(
    library: Library, question: StorageQuestion, machine: str, *, is_badge: Callable[[str], bool]
) -> StorageAnswer:
    """The answer to one question. Raises StoreError."""
    match question:
        case ReadUses(number):
            return UsesRead(number, library.tray_use(machine))
        case ReadBuilder(number, tray, label):
            now = places_now(library, Place(machine, tray, label)) if label else ()
            return BuilderRead(number, built_of(library, machine, tray), label, now)
        case ReadLike(number, tray):
            return LikeRead(number, library.tray(machine, tray))
        case FindFit(number, text):
            found = () if is_badge(clean(text)) else items_meant(text, library)
            return FitFound(number, found[0].code if len(found) == 1 else "")
        case _:
            assert_never(question)


def built_of(library: Library, machine: str, number: int) -> Built | None:
    """A tray with all that bears on its layout."""
    tray = library.tray(machine, number)
    if tray is None:
        return None
    stock = tuple(each for each in library.stock_on_tray(machine, number) if each.quantity)
    here = (machine, number)
    moves = library.planned_moves(machine)
    return Built(
        tray=tray,
        stock=stock,
        items={each.code: each for each in library.items_named({each.key.item for each in stock})},
        loads=frozenset(each.place.compartment for each in library.loads(machine) if each.place.tray == number),
        moves=tuple(each for each in moves if here in _trays(each.from_place, each.to_place)),
        change=_last_change(library, tray),
    )


def _trays(*places: Place) -> tuple[tuple[str, int], ...]:
    return tuple((each.machine, each.tray) for each in places)


def _last_change(library: Library, tray: Tray) -> LayoutChange | None:
    """The change that made the tray what it is, where it was told here, and was not the undoing of another."""
    last = next(iter(library.layout_changes(tray.machine, tray.number)), None)
    return last if last is not None and last.after == tray and last.before is not None and not last.undoes else None
