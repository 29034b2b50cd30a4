"""The page of what is out of service."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from station.outage_work import OutageWork
from station.view.action import Offer
from station.view.ask import Ask


@dataclass(frozen=True, slots=True, kw_only=True)
class OutageRow:
    """A tray (`tray`) or a bay (`opening`) that is out of service: why (a code of ours or free text), since when, and who said so
    (`person` "" for a command line, `name` "" when erased). `waits` are the open lines that need the tray; `may_return`: it can
    come back into service from here."""

    tray: int | None
    opening: str
    reason: str
    since: datetime
    person: str
    name: str
    waits: int
    may_return: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OutagesFace:
    """What is out of service, or a question about a tray or this bay. `about` is the row that is asked about, `work` what becomes
    of open work (lines that wait, lines planned elsewhere) where something goes out; None while it is counted."""

    rows: tuple[OutageRow, ...]
    offers: tuple[Offer, ...]
    ask: Ask | None = None
    about: OutageRow | None = None
    work: OutageWork | None = None
