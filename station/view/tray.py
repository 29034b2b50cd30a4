"""The faces of a tray without an order: called to the bay, not known, or looked at on its page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from station.rules.handling import Load
from station.values import Item, StockKey
from station.view.action import Offer
from station.view.ask import Ask
from station.view.tray_map import TrayMap
from station.view.wait import Wait
from station.view.weighing import Weighing


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentRow:
    """What the book has of one stock key in one compartment. `quantity` is None where it must not be seen before a count."""

    compartment: str
    item: Item | None
    key: StockKey | None
    quantity: int | None
    counted_at: datetime | None = None
    is_held: bool = False  # its count waits for a different person


@dataclass(frozen=True, slots=True, kw_only=True)
class BayFace:
    """A tray called without an order: look, work directly by right, send back."""

    tray: int
    map: TrayMap | None
    contents: tuple[ContentRow, ...]
    selected: str
    is_here: bool
    offers: tuple[Offer, ...]
    wait: Wait | None = None
    ask: Ask | None = None
    weighing: Weighing | None = None
    load: Load | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownTrayFace:
    """Nobody knows which tray is at the bay: scan its label, type it, or say "none". `expected` is what was under way, `why` a
    code of station.custody.why_not_known."""

    expected: int | None
    verb: str
    why: str = "never_known"
    offers: tuple[Offer, ...] = ()
    ask: Ask | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrayEventRow:
    """One event of a tray, newest first. `kind` is the record's word; `quantity` is signed and scaled, None where none."""

    at: datetime
    name: str  # the person, "" when erased or none
    person: str
    kind: str
    compartment: str
    item: Item | None
    quantity: int | None
    order: str
    reason: str
    seq: int
    late_at: datetime | None = None  # when it was really done, of a late booking
    late_reason: str = ""
    done_by: str = ""  # the name of who did it


@dataclass(frozen=True, slots=True, kw_only=True)
class TrayPageFace:
    """Any tray's map, contents and events; moves nothing."""

    tray: int | None
    map: TrayMap | None
    contents: tuple[ContentRow, ...]
    events: tuple[TrayEventRow, ...]
    has_older: bool
    where: str  # in_machine | at_bay | moving | not_known
    offers: tuple[Offer, ...]
    selected: str = ""
    out_of_service: str = ""  # why the tray is
    ask: Ask | None = None
