"""Loads: work in progress and finished orders. Their places are in the record as those of stock are; they have no quantity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from db.records.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadMoved(Record):
    """The fields that every event of a load has."""

    machine: str
    tray: int
    compartment: str
    visit: int
    load: str
    production_order: str = ""
    operation: str = ""
    consumer: str = ""
    proof: str = "touch"  # touch | scan | unreadable
    scanner: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadPut(LoadMoved):
    """The load went into the compartment. `take_at` is when its consumer is to take it (ISO 8601, UTC; "" not said); `ceiling`:
    how many may wait for its consumer (None: any number); `over_ceiling`: it had as many, and somebody with the right put it in
    nevertheless."""

    kind: ClassVar[str] = "load_put"
    take_at: str = ""
    ceiling: int | None = None
    over_ceiling: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadTaken(LoadMoved):
    """The load left the compartment."""

    kind: ClassVar[str] = "load_taken"


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadMissed(LoadMoved):
    """The load was to be taken and is not there: it is in the machine no more. `reason` is never empty."""

    kind: ClassVar[str] = "load_missed"
    reason: str
