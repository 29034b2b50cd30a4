"""One case for a supervisor: a short, a variance, a refusal. A value without a verdict."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """What is the matter. The words are those of `baylight exceptions`."""

    SHORT = "short"  # a line ended with less than asked
    OVERPICK = "overpick"  # more left for a line than it asked
    DOUBLE_PICK = "double_pick"  # of these, two picks alike within two minutes
    VARIANCE = "variance"  # a count found another figure than the book
    CORRECTION = "correction"  # somebody at work found another figure
    FOUND = "found"  # goods that the book did not have
    SCRAP = "scrap"
    DEFECT = "defect"  # a lot was held because of a defect at a pick
    RECEIPT = "receipt"  # rejected or held when it came in, or another quantity than announced
    WITHOUT_ORDER = "without_order"  # taken directly from a called tray
    SCAN = "scan"  # a code that did not belong to the task
    ACCESS = "access"  # a tray was asked for without the right to it
    LOAD = "load"  # a load was not where the book has it
    UNATTENDED = "unattended"  # the screen locked itself with a tray at the bay
    IMPORT = "import"  # rows of a host's file were refused
    SITE = "site"  # not taken over by the site, or by this station: a stale fence, an order that another one works, ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """`quantity` is signed, in the item's smallest unit: what is missing is negative. `value` is signed too, in minor units of
    money, 0 where the item's is not known. `person` did it or found it, "" for nobody. `reason` is the record's own word."""

    kind: Kind
    at: datetime
    person: str = ""
    machine: str = ""
    tray: int | None = None
    compartment: str = ""
    item: str = ""
    lot: str = ""
    order: str = ""
    line: str = ""
    quantity: int = 0
    value: int = 0
    reason: str = ""
    event: str = ""  # of the record, by which it is answered; "" where none stands behind it
    serial: str = ""
    owner: str = "own"
    status: str = "free"
    answer: str = ""  # what was done about it: dismissed | counted | counter_booked; "" while it is open
    answered_by: str = ""
    answer_reason: str = ""


LOSSES = frozenset({Kind.VARIANCE, Kind.CORRECTION, Kind.FOUND})  # by which the book was wrong; scrap is a loss that is explained
