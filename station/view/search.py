"""The search for an item."""

from __future__ import annotations

from dataclasses import dataclass

from station.values import Item, Place, StockKey
from station.view.action import Offer


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRow:
    """An item that was found. `total` is None where a figure must not be seen before a count; `places` are those it lies in."""

    item: Item
    total: int | None
    places: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRow:
    """One stock of the item in one compartment. `quantity` is None where it must not be seen before a count; `where` is here,
    away, other_bay, other_machine, out (of service) or locked, and `why` what belongs to it."""

    number: int
    place: Place
    key: StockKey
    quantity: int | None
    where: str
    why: str = ""
    is_spoilt: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchFace:
    """What is looked for. `at` is letters, found, pictures or item; `found` and `count` are of the text, or of the pictures that
    are shown; `item` with its `places` is what is looked at."""

    at: str
    text: str = ""
    found: tuple[FoundRow, ...] = ()
    is_reading: bool = False
    has_all: bool = True  # False: the text finds more than are shown
    first: int = 0  # of the pictures
    pictured: int = 0
    item: FoundRow | None = None
    places: tuple[PlaceRow, ...] = ()
    chosen: int | None = None
    offers: tuple[Offer, ...] = ()
