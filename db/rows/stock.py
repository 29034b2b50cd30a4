"""Stock in a compartment, and what was learnt or asked of it. Quantities are scaled integers (`db.rows.items`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from db.rows.trays import Place


class StockStatus(StrEnum):
    """Only free stock is allocated to orders."""

    FREE = "free"
    QUALITY_HOLD = "quality_hold"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True, kw_only=True)
class StockKey:
    """What makes stock the same stock. Empty lot and serial mean none."""

    item: str
    lot: str = ""
    serial: str = ""
    owner: str = "own"
    status: StockStatus = StockStatus.FREE


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """A quantity of one stock key in one compartment, as the store holds it now. `held` of it is promised to orders that other
    stations work on. `expiry` is the lot's as somebody said it; `received_at` when the lot came, without a lot when this did."""

    place: Place
    key: StockKey
    quantity: int
    counted_at: datetime | None = None
    held: int = 0
    expiry: date | None = None
    received_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class HeldAt:
    """What lay in a compartment of a machine at some moment of the past, by the record."""

    tray: int
    compartment: str
    item: str
    lot: str
    serial: str
    owner: str
    status: str
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ZeroCheck:
    """A pick left nothing in the book of this compartment, and nobody has said yet whether it is empty."""

    place: Place
    key: StockKey


@dataclass(frozen=True, slots=True, kw_only=True)
class CountAsked:
    """This stock is to be counted when its tray next comes: the tray was moved without the station. `why` is a code or a text."""

    place: Place
    key: StockKey
    why: str
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceWeight:
    """What one piece of an item's lot weighs, as it was learnt last: by so many pieces, with its standard uncertainty."""

    item: str
    lot: str
    piece_ug: int
    uncertainty_ug: int
    sample: int
    at: datetime


@dataclass(frozen=True, slots=True)
class CountSaid:
    """What one person said at one time, in order, each figure as it would be now: what was picked and put since is in it."""

    person: str
    figures: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldCount:
    """A count that waits for a different person, since its first figure. `order` and `line` are of the count line that waits for
    it, "" for none. `said` is empty where it is to be counted afresh."""

    place: Place
    key: StockKey
    order: str
    line: str
    said: tuple[CountSaid, ...]
    since: datetime

    @property
    def counters(self) -> frozenset[str]:
        """Who has counted it: each of them counts it no more."""
        return frozenset(each.person for each in self.said)

    @property
    def figures(self) -> tuple[int, ...]:
        """What each of them stood by at last, without repeats."""
        return tuple(dict.fromkeys(each.figures[-1] for each in self.said))
