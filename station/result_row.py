"""One row of results for the host, from one event. Pure, so that the same log gives the same bytes again."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any, Protocol

from station.host_line import host_line
from station.kit_result import MOVED, done_of, is_last, parts_of_line
from station.quantity import to_text
from station.receipt_values import HOLD, RELEASE
from station.receiving import LOT_HELD, LOT_RELEASED, PUT_AWAY, REJECTED
from station.values import EventRow, Item, KitPart, Order, OrderLine

RESULT_KINDS = (
    "line_changed",
    "host_change_ended",
    "line_closed",
    "picked",
    "put",
    "corrected",
    "counted",
    "received",
    "lot_held",
    "lot_released",
)

HELD = "held"
CHANGED, TOO_LATE = "changed", "too_late"
ONLY_BOOKED = (PUT_AWAY, LOT_HELD, LOT_RELEASED)  # what the site has is the same before and after


class ResultError(Exception):
    """Results cannot be written or acknowledged. `code`: unknown_item, unknown_line, unknown_file; `name` is what it is about."""

    def __init__(self, code: str, name: str) -> None:
        super().__init__(f"{code}: {name}")
        self.code = code
        self.name = name


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultRow:
    """What the host reads. Quantities are decimal strings of the item's stock unit; `person` is a random id, never a name.

    `kind`: confirmed, short or cancelled (a line is finished; `quantity` is what really moved); pick or put (without an
    order); correction (`quantity` is signed); count (`quantity` is counted minus book, signed). held or rejected (what was
    received, and judged so); lot_held or lot_released (what of a lot lies in the machine, and may not or may again be used).
    """

    event_id: str
    seq: str
    kind: str
    order: str = ""
    line: str = ""
    host_key: str = ""
    item: str = ""
    lot: str = ""
    serial: str = ""
    owner: str = ""
    quantity: str = ""
    asked: str = ""
    reason: str = ""
    at: str = ""
    person: str = ""


COLUMNS = tuple(each.name for each in fields(ResultRow))


class ResultNames(Protocol):
    """What a row needs beside its event."""

    def closings(self, order: str, *, through: str) -> Sequence[Mapping[str, Any]]:
        """The facts of how the lines of an order ended, up to the event with this id, in the order of the log."""

    def item(self, code: str) -> Item | None: ...

    def order(self, order: str) -> Order | None: ...

    def movements(self, order: str, line: str, *, before: str) -> Sequence[Mapping[str, Any]]:
        """The facts of what was picked or put for a line before the event with this id, in the order of the log."""


def row_of(event: EventRow, names: ResultNames) -> ResultRow | None:
    """The event's row, None when the host is not told of it. Raises ResultError when the item is not known."""
    data = json.loads(event.body)["data"]
    if data.get("undoes"):  # what was undone never left, and neither does that it was
        return None
    match event.kind:
        case "line_changed" | "host_change_ended":
            return _changed_row(event, data, names)
        case "line_closed" if data["outcome"] != MOVED:
            return _line_row(event, data, names)
        case "picked" | "put" if data["reason"] in ONLY_BOOKED:
            return None
        case "picked" | "put" if not data["order"]:
            return _stock_row(event, data, names, kind="pick" if event.kind == "picked" else "put", quantity=data["quantity"])
        case "received" if data["verdict"] != RELEASE:
            kind = HELD if data["verdict"] == HOLD else REJECTED
            return _goods_row(event, data, names, kind=kind, quantity=data["quantity"])
        case "lot_held" | "lot_released":
            return _goods_row(event, data, names, kind=event.kind, quantity=data["quantity"])
        case "corrected" if data["delta"]:
            return _stock_row(event, data, names, kind="correction", quantity=data["delta"])
        case "counted" if data["counted"] != data["book"]:
            return _stock_row(event, data, names, kind="count", quantity=data["counted"] - data["book"])
        case _:
            return None


def _line_row(event: EventRow, data: Mapping[str, Any], names: ResultNames) -> ResultRow | None:
    order = names.order(data["order"])
    line = next((each for each in order.lines if each.line == data["line"]), None) if order else None
    if order is None or line is None:
        raise ResultError("unknown_line", f"{data['order']}/{data['line']}")
    if line.kit is not None:
        return _kit_row(event, data, names, order=order, line=line, kit=line.kit)
    decimals = _decimals(line.item, names)
    moved = names.movements(order.order, line.line, before=event.id)
    return ResultRow(
        event_id=event.id,
        seq=str(event.seq),
        kind=data["outcome"],
        order=order.host_order,
        line=line.line,
        host_key=line.host_key or order.host_key,
        item=line.item,
        lot=_joined(moved, "lot") or line.lot,
        serial=_joined(moved, "serial"),
        owner=line.owner,
        quantity=to_text(data["done_quantity"], decimals),
        asked=to_text(data["asked"], decimals),
        reason=data["reason"],
        at=_done_at(event, data),
        person=data.get("done_by") or event.operator,
    )


def _changed_row(event: EventRow, data: Mapping[str, Any], names: ResultNames) -> ResultRow | None:
    """The answer to a change after the release: what is asked from now on and what was done, or why it came too late."""
    order = names.order(data["order"])
    line = next((each for each in order.lines if data["line"] in (each.line, host_line(each))), None) if order else None
    if order is None or line is None or data.get("outcome") == "done":
        return None
    decimals = _decimals(line.item, names)
    return ResultRow(
        event_id=event.id,
        seq=str(event.seq),
        kind=CHANGED if event.kind == "line_changed" else TOO_LATE,
        order=order.host_order,
        line=data["line"],
        host_key=line.host_key or order.host_key,
        item=line.item,
        owner=line.owner,
        quantity=to_text(data.get("done_quantity", line.done_quantity), decimals),
        asked=to_text(data.get("quantity", line.quantity), decimals),
        reason=data.get("reason") or data.get("outcome", ""),
        at=event.at.isoformat(),
        person=event.operator,
    )


def _kit_row(
    event: EventRow, data: Mapping[str, Any], names: ResultNames, *, order: Order, line: OrderLine, kit: KitPart
) -> ResultRow | None:
    """The row of the line that asked for the kits: once, when the last of their parts has ended."""
    closed = names.closings(order.order, through=event.id)
    if not is_last(order, kit, closed):
        return None
    items = {each.item: _item(each.item, names) for each in parts_of_line(order, kit)}
    done = done_of(order, kit, closed, items)
    return ResultRow(
        event_id=event.id,
        seq=str(event.seq),
        kind=done.outcome,
        order=order.host_order,
        line=kit.line,
        host_key=line.host_key or order.host_key,
        item=kit.kit,
        owner=line.owner,
        quantity=str(done.complete),
        asked=str(kit.asked),
        reason=done.reason,
        at=_done_at(event, data),
        person=data.get("done_by") or event.operator,
    )


def _stock_row(event: EventRow, data: Mapping[str, Any], names: ResultNames, *, kind: str, quantity: int) -> ResultRow:
    order = names.order(data["order"]) if data["order"] else None
    line = next((each for each in order.lines if each.line == data["line"]), None) if order else None
    return ResultRow(
        event_id=event.id,
        seq=str(event.seq),
        kind=kind,
        order=order.host_order if order else data["order"],
        line=data["line"],
        host_key=(line.host_key if line else "") or (order.host_key if order else ""),
        item=data["item"],
        lot=data["lot"],
        serial=data["serial"],
        owner=data["owner"],
        quantity=to_text(quantity, _decimals(data["item"], names)),
        reason=data["reason"],
        at=_done_at(event, data),
        person=data.get("done_by") or event.operator,
    )


def _goods_row(event: EventRow, data: Mapping[str, Any], names: ResultNames, *, kind: str, quantity: int) -> ResultRow:
    """Of goods that were judged: their record has no place, and may have no line."""
    bare = {"order": "", "line": "", "serial": "", **data}
    return _stock_row(event, bare, names, kind=kind, quantity=quantity)


def _done_at(event: EventRow, data: Mapping[str, Any]) -> str:
    """When it was done: a late booking says so itself."""
    return datetime.fromisoformat(data["true_at"]).isoformat() if data.get("true_at") else event.at.isoformat()


def _decimals(code: str, names: ResultNames) -> int:
    return _item(code, names).decimals


def _item(code: str, names: ResultNames) -> Item:
    item = names.item(code)
    if item is None:
        raise ResultError("unknown_item", code)  # a guess here would be wrong by a power of ten
    return item


def _joined(moved: Sequence[Mapping[str, Any]], name: str) -> str:
    """The lots (or serials) that really moved; several are separated by `|`."""
    return "|".join(dict.fromkeys(str(each[name]) for each in moved if each[name]))


def as_csv(rows: Sequence[ResultRow]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(asdict(each) for each in rows)
    return out.getvalue().encode("utf-8")


def as_json(rows: Sequence[ResultRow]) -> bytes:
    return (json.dumps([asdict(each) for each in rows], ensure_ascii=False, indent=1) + "\n").encode("utf-8")
