"""Late bookings: what was done without the station, entered afterwards with the true time, the person and the reason.

Pure but for `book`, which looks and writes. What is refused and why are codes; nothing of a refused entry is written.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from db.envelope import moment_text
from db.records.late import LateCounted, LateLineClosed, LatePicked, LatePut
from db.records.orders import OrderClosed
from db.records.record import Record
from station.allocation import OPEN_STATES
from station.cancel import Decide
from station.outages import STORE_TIMEOUT_S
from station.tracking import is_whole, lacks
from station.values import EventRow, Item, Order, OrderKind, OrderLine, OrderState, Person, Place, StockKey, Tray
from station.where import where_of

PROOF = "paper"
RESETS = ("counted", "stock_loaded")
MOVES = ("picked", "put", "corrected")


class What(StrEnum):
    """What was done."""

    PICK = "pick"
    PUT = "put"
    COUNT = "count"


class Rest(StrEnum):
    """What becomes of a line that got less than it asks."""

    OPEN = "open"
    SHORT = "short"


@dataclass(frozen=True, slots=True, kw_only=True)
class LateEntry:
    """One thing that was done without the station. `order` and `line` are empty where it was for no order; `is_sure`: the person
    was told that the compartment was counted since, and enters it all the same."""

    what: What
    item: Item
    key: StockKey
    place: Place
    quantity: int
    true_at: datetime
    done_by: str
    reason: str
    order: str = ""
    line: str = ""
    rest: Rest = Rest.OPEN
    is_sure: bool = False


class LateError(Exception):
    """Nothing was written. `field` names what is wrong, `code` why: unknown_person, unknown_compartment, in_future,
    counted_since (may be entered all the same), moved_since, entered_already, not_whole, lacks_lot, lacks_serial, no_reason,
    no_quantity, unknown_order, unknown_line, line_done, order_started, order_ended, other_kind, other_item."""

    def __init__(self, field: str, code: str) -> None:
        super().__init__(f"{field} {code}")
        self.field = field
        self.code = code


class LateStore(Protocol):
    """What late bookings need of the store."""

    def tray(self, machine: str, number: int) -> Tray | None: ...

    def person(self, person: str) -> Person | None: ...

    def events(
        self, *, kinds: Collection[str] | None, machine: str | None, tray: int | None, limit: int | None, newest_first: bool
    ) -> tuple[EventRow, ...]: ...

    def append_decided(
        self, order: str, decide: Decide, *, operator: str = "", role: str = ""
    ) -> Future[tuple[EventRow, ...] | str]: ...


@dataclass(frozen=True, slots=True)
class Past:
    """One event at the same stock in the same compartment: its kind, its true moment, and its facts."""

    kind: str
    at: datetime
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class EnteredBy:
    """Who enters it, in which role, and the records that go into the same transaction."""

    operator: str = ""
    role: str = ""
    more: tuple[Record, ...] = ()


NOBODY = EnteredBy()


def book(store: LateStore, entry: LateEntry, *, now: datetime, by: EnteredBy = NOBODY) -> tuple[EventRow, ...]:
    """Write the entry, with the end of its line and order where it brings that. One transaction. Raises LateError, StoreError.
    Blocks."""
    check(store, entry, now)

    def decided_now(order: Order | None) -> tuple[Record, ...] | str:
        records = decide(entry, order)
        return records if isinstance(records, str) else (*records, *by.more)

    decided = store.append_decided(entry.order, decided_now, operator=by.operator, role=by.role)
    found = decided.result(STORE_TIMEOUT_S)
    if found == "entered_already":
        raise LateError("at", found)
    if isinstance(found, str):
        raise LateError("line" if "line" in found or found.startswith("other") else "order", found)
    return found


def check(store: LateStore, entry: LateEntry, now: datetime) -> None:
    """Raises LateError for what can be seen before the writer's turn."""
    tray = store.tray(entry.place.machine, entry.place.tray)
    if tray is None or tray.compartment(entry.place.compartment) is None:
        raise LateError("compartment", "unknown_compartment")
    if store.person(entry.done_by) is None:
        raise LateError("person", "unknown_person")
    if (wrong := what_is_wrong(entry, now)) is not None:
        raise wrong
    if (wrong := against(entry, past_of(store, entry))) is not None:
        raise wrong


def what_is_wrong(entry: LateEntry, now: datetime) -> LateError | None:
    """What the entry alone shows."""
    if entry.true_at > now:
        return LateError("at", "in_future")
    if not entry.reason:
        return LateError("reason", "no_reason")
    if entry.quantity < 0 or (entry.quantity == 0 and entry.what is not What.COUNT):
        return LateError("quantity", "no_quantity")
    if not is_whole(entry.item, entry.quantity):
        return LateError("quantity", "not_whole")
    if entry.what is not What.PICK and (lacking := lacks(entry.item, entry.key)):
        return LateError(lacking, f"lacks_{lacking}")
    return None


def past_of(store: LateStore, entry: LateEntry) -> tuple[Past, ...]:
    """What the record has of this stock in this compartment, newest first by the order of the log."""
    place = entry.place
    rows = store.events(kinds=(*RESETS, *MOVES), machine=place.machine, tray=place.tray, limit=None, newest_first=True)
    found = ((row, json.loads(row.body)["data"]) for row in rows)
    return tuple(Past(row.kind, true_moment(row, data), data) for row, data in found if _is_same(entry, data))


def true_moment(row: EventRow, data: Mapping[str, Any]) -> datetime:
    """When it was done: of a late booking not when it was entered."""
    return datetime.fromisoformat(data["true_at"]) if data.get("true_at") else row.at


def _is_same(entry: LateEntry, data: Mapping[str, Any]) -> bool:
    key = entry.key
    stock = (entry.place.compartment, key.item, key.lot, key.serial, key.owner, str(key.status))
    return stock == tuple(data[name] for name in ("compartment", "item", "lot", "serial", "owner", "status"))


def against(entry: LateEntry, past: Sequence[Past]) -> LateError | None:
    """What speaks against the entry in the record. A late count sets the book: it is wrong once something moved since. A late
    pick or put changes it: whoever counted since has counted it already."""
    if any(_is_entry(entry, each) for each in past):
        return LateError("at", "entered_already")
    later = [each for each in past if each.at > entry.true_at]
    if entry.what is What.COUNT and later:
        return LateError("at", "moved_since")
    if not entry.is_sure and any(each.kind in RESETS for each in later):
        return LateError("at", "counted_since")
    return None


def _is_entry(entry: LateEntry, past: Past) -> bool:
    data = past.data
    figure = data.get("counted") if entry.what is What.COUNT else data.get("quantity")
    kind = {What.PICK: "picked", What.PUT: "put", What.COUNT: "counted"}[entry.what]
    said = (kind, moment_text(entry.true_at), entry.done_by, entry.quantity, entry.order, entry.line)
    return said == (past.kind, data.get("true_at"), data.get("done_by"), figure, data["order"], data["line"])


def decide(entry: LateEntry, order: Order | None) -> tuple[Record, ...] | str:
    """The records of the entry for the order as it is now, or the code of why not. `order` None: for no order."""
    if not entry.order:
        return (_moved(entry),)
    if order is None:
        return "unknown_order"
    if order.state is not OrderState.RELEASED:
        return "order_started" if order.state is OrderState.STARTED else "order_ended"
    line = next((each for each in order.lines if each.line == entry.line), None)
    if refused := _line_refusal(entry, order, line):
        return refused
    return (_moved(entry), *_ends(entry, order, line)) if line is not None else "unknown_line"


def _line_refusal(entry: LateEntry, order: Order, line: OrderLine | None) -> str:
    if line is None:
        return "unknown_line"
    if line.state not in OPEN_STATES:
        return "line_done"
    if order.kind is not OrderKind(entry.what.value):
        return "other_kind"
    return "" if line.item == entry.key.item else "other_item"


def _ends(entry: LateEntry, order: Order, line: OrderLine) -> tuple[Record, ...]:
    """The end of the line, and of the order when no line is left: it got all, was counted, or gets no more."""
    done = line.done_quantity + (0 if entry.what is What.COUNT else entry.quantity)
    is_done = entry.what is What.COUNT or done >= line.quantity
    if not is_done and entry.rest is Rest.OPEN:
        return ()
    closed = LateLineClosed(
        order=order.order,
        line=line.line,
        outcome="confirmed" if is_done else "short",
        asked=line.quantity,
        done_quantity=entry.quantity if entry.what is What.COUNT else done,
        reason="" if is_done else entry.reason,
        **_late(entry),
    )
    others = [each for each in order.lines if each.line != line.line and each.state in OPEN_STATES]
    return (closed,) if others else (closed, OrderClosed(order=order.order))


def _moved(entry: LateEntry) -> Record:
    """Not during a visit: visit 0."""
    where: dict[str, Any] = {
        **where_of(entry.place, entry.key, order=entry.order, line=entry.line),
        "reason": "" if entry.order else entry.reason,
        **_late(entry),
    }
    match entry.what:
        case What.PICK:
            return LatePicked(**where, quantity=entry.quantity, proof=PROOF)
        case What.PUT:
            return LatePut(**where, quantity=entry.quantity, proof=PROOF)
        case What.COUNT:
            return LateCounted(**where, counted=entry.quantity, was_blind=False)


def _late(entry: LateEntry) -> dict[str, str]:
    return {"true_at": moment_text(entry.true_at), "done_by": entry.done_by, "late_reason": entry.reason}


def surely(entry: LateEntry) -> LateEntry:
    """The same, after the person was told that the compartment was counted since."""
    return replace(entry, is_sure=True)
