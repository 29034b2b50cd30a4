"""What a machine's motions add up to, and its services."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TrayWear:
    """What a tray's motions add up to (`db.projections.wear` says what counts). `first_at`: when the first of them was intended,
    `last_at`: when the last one was done."""

    tray: int
    cycles: int = 0
    motions: int = 0
    not_done: int = 0
    unknown: int = 0
    run_s: float = 0.0
    bay_s: float = 0.0
    first_at: datetime
    last_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceBooked:
    """A service or an inspection that took place."""

    at: datetime
    person: str
    note: str
    next_inspection: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MachineWear:
    """A machine's trays over the whole log and since its last service, by number; the newest service and inspection, if any."""

    machine: str
    in_log: tuple[TrayWear, ...] = ()
    since_service: tuple[TrayWear, ...] = ()
    service: ServiceBooked | None = None
    inspection: ServiceBooked | None = None
