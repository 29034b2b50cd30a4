"""The tray history page: a tray as it was, with what stands beside it, or the map on which one is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from station.audit.history import Beside, Long, Proof
from station.audit.stays import Custody
from station.values import Item, PastEvent, PastStock, Trace
from station.view.action import Offer
from station.view.ask import Ask
from station.view.tray_map import TrayMap


@dataclass(frozen=True, slots=True, kw_only=True)
class TrayMark:
    """A tray on the map of the machine."""

    number: int
    is_found: bool = False
    is_out: bool = False  # out of service


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryFace:
    """`tray` None: one of `trays` is chosen. `index` of `total` events have happened to it at the moment `at`; `n` is its place
    in the log. `filters` are (name, text). `wait` is a code of what is waited for, "" for nothing."""

    tray: int | None
    trays: tuple[TrayMark, ...] = ()
    map: TrayMap | None = None
    at: datetime | None = None
    index: int = 0
    total: int = 0
    n: int = 0
    selected: str = ""
    stock: tuple[PastStock, ...] = ()
    events: tuple[PastEvent, ...] = ()
    has_older: bool = False
    custody: Custody = field(default_factory=Custody)
    trace: Trace | None = None
    items: Mapping[str, Item] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    changed: tuple[str, ...] = ()
    has_others: bool = False
    filters: tuple[tuple[str, str], ...] = ()
    beside: Beside = Beside.EVENTS
    proof: Proof | None = None
    long: Long | None = None
    wait: str = ""
    offers: tuple[Offer, ...] = ()
    ask: Ask | None = None
