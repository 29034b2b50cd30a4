"""Trays and bays out of service and back, and the services of the machine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from db.records.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class TrayOutOfService(Record):
    """The tray is not called for work until it is back in service; `reason` is said to whoever waits for it. Said again, the
    newest reason counts."""

    kind: ClassVar[str] = "tray_out_of_service"
    machine: str
    tray: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrayInService(Record):
    kind: ClassVar[str] = "tray_in_service"
    machine: str
    tray: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BayOutOfService(Record):
    """Nothing is called to this opening for work until it is back in service."""

    kind: ClassVar[str] = "bay_out_of_service"
    machine: str
    opening: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BayInService(Record):
    kind: ClassVar[str] = "bay_in_service"
    machine: str
    opening: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceDone(Record):
    """A service or an inspection of the machine took place. `note` says by whom or names the report. Counters since the last
    service begin again after a service; `next_inspection` is a date (2027-11-26), "" where none was named."""

    kind: ClassVar[str] = "service_done"
    machine: str
    person: str
    what: str  # service | inspection
    note: str
    next_inspection: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DriftFound(Record):
    """A motion of the machine takes `shift_ms` longer (below 0: shorter) than its own log said before `since` (2027-11-26), which
    is `percent` of it. Said once, until it was seen or a service took place, or it has become much more."""

    kind: ClassVar[str] = "drift_found"
    machine: str
    shift_ms: int
    percent: int
    since: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DriftSeen(Record):
    """A person has read that the machine has drifted, and sees to it."""

    kind: ClassVar[str] = "drift_seen"
    machine: str
    person: str
