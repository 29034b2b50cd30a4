"""Places without a lift: who stood at which of them, and since which visit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from db.records.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceReached(Record):
    """A person is at a place of a zone: `machine` is the zone, `tray` the section. `visit` counts presences at the section, 1 +
    the highest known here. `how`: its own label, that of its section, or typed."""

    kind: ClassVar[str] = "place_reached"
    machine: str
    tray: int
    compartment: str
    visit: int
    how: str  # scan | section | typed
    scanner: str = ""
