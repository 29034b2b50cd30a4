"""Goods that two persons move, where no second one was there: taken by rule and approved later, or released in an emergency."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from db.records.record import Record

PENDING: Final = "approval_pending"  # instead of the second person in a booking: a supervisor answers for it later
EMERGENCY: Final = "emergency_release"  # and: the person released it himself, and said why


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyReleased(Record):
    """Nobody was there to confirm, and the person moves the goods all the same; `reason` is never empty. Supervisors see it until
    one of them answers. `quantity` is what was asked; what moved, the booking after it says."""

    kind: ClassVar[str] = "emergency_released"
    person: str
    reason: str
    machine: str
    tray: int
    compartment: str
    item: str
    lot: str
    serial: str
    quantity: int
    order: str
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalGiven(Record):
    """Another person than `person` answers for what he did alone: event `seq` of `epoch`. Who, the event's operator says."""

    kind: ClassVar[str] = "approval_given"
    epoch: str
    seq: int
    person: str
    item: str
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalRefused(Record):
    """Nobody answers for it. What the book has in that compartment is due to be counted, by an event of the same transaction."""

    kind: ClassVar[str] = "approval_refused"
    epoch: str
    seq: int
    person: str
    item: str
    quantity: int
