"""A supervisor has looked at a part of the record and says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from db.records.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewSigned(Record):
    """A tray's past up to event `through_seq` of `epoch`, whose hash is `head`, was reviewed. `filters` are what was asked for
    (name=value, sorted), `events` how many that showed; `proof`: proven | flawed | unchecked, as it was when it was signed."""

    kind: ClassVar[str] = "review_signed"
    machine: str
    tray: int
    epoch: str
    through_seq: int
    head: str
    events: int
    filters: tuple[str, ...] = ()
    proof: str = "unchecked"
    note: str
