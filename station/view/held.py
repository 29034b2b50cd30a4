"""The page of the counts that wait for a different person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from station.values import Item, Place, StockKey
from station.view.action import Offer
from station.view.ask import Ask


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldRow:
    """A count that waits, since when, and for which order, "" for none. `names` of who counted ("" once erased); no figure.
    `is_mine`: who looks has counted it himself."""

    place: Place
    key: StockKey
    item: Item
    order: str
    names: tuple[str, ...]
    since: datetime
    is_mine: bool
    is_on_foot: bool = False  # at a place without a lift


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldFace:
    """The counts that wait, or what is to be done about one of them (`about`). `book` is given with its figures only, for who
    decides; `is_settling`: what was decided is on its way to the disk."""

    rows: tuple[HeldRow, ...]
    offers: tuple[Offer, ...]
    ask: Ask | None = None
    about: HeldRow | None = None
    book: int | None = None
    is_settling: bool = False
