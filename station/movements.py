"""What an export tells in tables: movements of stock, and where less was taken or the book was wrong. Pure; from events alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from station.quantity import to_text
from station.values import EventRow, Item

COLUMNS = (
    "epoch",
    "seq",
    "at",
    "kind",
    "person",
    "machine",
    "tray",
    "compartment",
    "visit",
    "item",
    "lot",
    "serial",
    "owner",
    "status",
    "change",
    "found",
    "unit",
    "order",
    "line",
    "reason",
)
EVENT_COLUMNS = (*COLUMNS[:14], "quantity", "order", "line", "reason", "note")
_FOUND = {"counted": "counted", "stock_loaded": "counted", "corrected": "remaining"}  # what somebody saw there, by kind

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """One event that moved stock or set it right. `change` is signed and scaled, None where an opening stock was loaded; `found`
    is what a person saw there."""

    epoch: str
    seq: int
    at: datetime
    kind: str
    person: str
    data: Facts
    change: int | None
    found: int | None

    def as_row(self, item: Item | None) -> dict[str, object]:
        """A row of the table, quantities as decimal strings."""
        named = {name: self.data.get(name, "") for name in COLUMNS}
        decimals = item.decimals if item else 0
        moved = {"change": self.change, "found": self.found}
        texts = {name: "" if value is None else to_text(value, decimals) for name, value in moved.items()}
        own = {"epoch": self.epoch, "seq": self.seq, "at": self.at.isoformat(), "kind": self.kind, "person": self.person}
        return named | own | texts | {"unit": item.unit if item else ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class Deviation:
    """A line that got less than was asked, or a correction of the book. Quantities are scaled; `item` is "" where the event names
    none (`order` and `line` do then)."""

    seq: int
    at: datetime
    kind: str
    person: str
    order: str
    line: str
    item: str
    asked: int | None
    done: int | None
    reason: str


def movement_of(row: EventRow, data: Facts) -> Movement | None:
    """The movement that an event tells; None for any other event."""
    if row.kind not in ("picked", "put", *_FOUND):
        return None
    found = data[_FOUND[row.kind]] if row.kind in _FOUND else None
    return Movement(
        epoch=row.epoch,
        seq=row.seq,
        at=row.at,
        kind=row.kind,
        person=row.operator,
        data=data,
        change=_change(row.kind, data),
        found=found,
    )


def _change(kind: str, data: Facts) -> int | None:
    match kind:
        case "picked":
            return -int(data["quantity"])
        case "put":
            return int(data["quantity"])
        case "corrected":
            return int(data["delta"])
        case "counted":
            return int(data["counted"]) - int(data["book"])
    return None


def event_row(row: EventRow, data: Facts, item: Item | None) -> dict[str, object]:
    """Any event as a row of a table; what it does not say is empty, quantities are decimal strings."""
    figure = next((data[name] for name in ("quantity", "counted", "remaining") if isinstance(data.get(name), int)), None)
    named = {name: data.get(name, "") for name in EVENT_COLUMNS}
    own = {"epoch": row.epoch, "seq": row.seq, "at": row.at.isoformat(), "kind": row.kind, "person": row.operator}
    quantity = "" if figure is None else to_text(figure, item.decimals if item else 0)
    return named | own | {"quantity": quantity, "reason": data.get("reason") or data.get("why", "")}


def deviation_of(row: EventRow, data: Facts) -> Deviation | None:
    """What a supervisor wants to read of; None for an event that went as planned."""
    if row.kind == "line_closed" and data.get("outcome") != "open" and data["done_quantity"] < data["asked"]:
        asked, done = data["asked"], data["done_quantity"]
    elif row.kind == "corrected":
        asked, done = data["remaining"] - data["delta"], data["remaining"]
    elif row.kind == "counted" and data["counted"] != data["book"]:
        asked, done = data["book"], data["counted"]
    else:
        return None
    return Deviation(
        seq=row.seq,
        at=row.at,
        kind=row.kind,
        person=row.operator,
        order=data.get("order", ""),
        line=data.get("line", ""),
        item=data.get("item", ""),
        asked=asked,
        done=done,
        reason=data.get("reason", ""),
    )


@dataclass(slots=True)
class Tables:
    """The first rows of both tables, and how many there are in all: a summary is read, the files are searched."""

    most: int = 1000
    movements: list[Movement] = field(default_factory=list)
    deviations: list[Deviation] = field(default_factory=list)
    all_movements: int = 0
    all_deviations: int = 0

    def take(self, row: EventRow, data: Facts) -> Movement | None:
        """One event; the movement that it tells, if it tells one."""
        movement, deviation = movement_of(row, data), deviation_of(row, data)
        if movement is not None:
            self.all_movements += 1
            if len(self.movements) < self.most:
                self.movements.append(movement)
        if deviation is not None:
            self.all_deviations += 1
            if len(self.deviations) < self.most:
                self.deviations.append(deviation)
        return movement
