"""Events as they are stored, and what a proof of the chain found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """One event as stored. `body` is the canonical JSON whose UTF-8 bytes are hashed."""

    id: str
    station: str
    epoch: str
    seq: int
    kind: str
    at: datetime
    operator: str
    body: str
    prev: str
    hash: str


@dataclass(frozen=True, slots=True)
class EventFact:
    """What an event says, without its place in the chain."""

    at: datetime
    kind: str
    operator: str
    data: Mapping[str, Any]
    id: str = ""  # by which another event may undo it


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainReport:
    """What `audit verify` found. `broken_at` is the first seq that does not verify, None when all do."""

    events: int
    epochs: int
    head: str
    broken_at: int | None = None
    problem: str = ""

    @property
    def is_ok(self) -> bool:
        return self.broken_at is None
