"""Put places and totes: which order goes into which tote where, and lamps that are dead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from db.records.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class ToteBound(Record):
    """From here on what is taken for the order goes into `tote`, which stands at the put place `position`."""

    kind: ClassVar[str] = "tote_bound"
    order: str
    tote: str
    position: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToteClosed(Record):
    """Nothing more goes into it; `why`: full (the order gets another one), done (the order is closed)."""

    kind: ClassVar[str] = "tote_closed"
    order: str
    tote: str
    position: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToteRefused(Record):
    """A key or a code named a tote that gets nothing now. `named` is a put place or a tote that the station knows, else empty:
    any text may be somebody's badge."""

    kind: ClassVar[str] = "tote_refused"
    order: str
    line: str
    named: str
    by: str  # key | scan


@dataclass(frozen=True, slots=True, kw_only=True)
class LampMarked(Record):
    """Somebody looked at the self-test: the lamp of this put place is dead, or works again."""

    kind: ClassVar[str] = "lamp_marked"
    position: str
    is_dead: bool
