"""A tray as it was at a moment of its past, and what happened to it. Computed from the log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from db.rows.events import EventRow
from db.rows.items import Item
from db.rows.stock import StockKey
from db.rows.trays import Tray


@dataclass(frozen=True, slots=True, kw_only=True)
class PastFilter:
    """Which events of a tray are meant. What is empty or None asks nothing; `until` is the first moment that is too late."""

    person: str = ""
    item: str = ""
    lot: str = ""
    serial: str = ""
    order: str = ""
    reason: str = ""
    since: datetime | None = None
    until: datetime | None = None

    @property
    def is_all(self) -> bool:
        """Whether nothing is left out."""
        return self == PastFilter()


@dataclass(frozen=True, slots=True)
class PastEvent:
    """An event and its place in this file, by which moments are ordered."""

    n: int
    row: EventRow


@dataclass(frozen=True, slots=True, kw_only=True)
class PastStock:
    """What lay in a compartment. `person`, `order` and `kind` are of the event that left it so, at `since`."""

    compartment: str
    key: StockKey
    quantity: int
    n: int
    at: datetime
    kind: str
    person: str
    order: str
    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TrayPast:
    """A tray after event `n` of the log (0: before the first one). `index` counts the tray's events up to there, `total` all of
    them. `tray` is the layout of that moment, None where none is known; `event` is the tray's last one up to there. `changed` are
    the compartments that hold something else now. `has_others`: what lies there now is not what this station's own log adds up
    to, because other stations moved stock there, too."""

    machine: str
    number: int
    n: int
    at: datetime | None
    index: int
    total: int
    tray: Tray | None
    stock: tuple[PastStock, ...]
    event: PastEvent | None
    changed: tuple[str, ...]
    has_others: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PastAsk:
    """What is asked of a tray's past. Of `index` (the tray's event with this number), `at` (a moment), `seq` (after that event of
    `epoch`, "" for the newest) and `n` (after the event in that place) the first that is given counts; none: now. `step` 1 or -1
    goes on from there to the next event that the filter wants."""

    machine: str
    tray: int
    n: int | None = None
    index: int | None = None
    at: datetime | None = None
    seq: int | None = None
    epoch: str = ""
    step: int = 0
    wanted: PastFilter = PastFilter()


@dataclass(frozen=True, slots=True, kw_only=True)
class PastPage:
    """A tray at a moment with what stands beside it. `events` meet the filter, newest first; `custody` says where the tray was,
    oldest first, and `stops` are the machine's stops meanwhile (by event). `is_end`: there was no further event to step to."""

    past: TrayPast
    events: tuple[PastEvent, ...]
    has_older: bool
    custody: tuple[PastEvent, ...]
    stops: tuple[tuple[int, datetime], ...]
    items: Mapping[str, Item]
    names: Mapping[str, str]
    is_end: bool = False
