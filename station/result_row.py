"""One row of results for the host, from one event. Pure, so that the same log gives the same bytes again."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any, Protocol

from station.quantity import to_text
from station.values import EventRow, Item, Order

RESULT_KINDS = ("line_closed", "picked", "put", "corrected", "counted")


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
    order); correction (`quantity` is signed); count (`quantity` is counted minus book, signed).
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
        case "line_closed":
            return _line_row(event, data, names)
        case "picked" | "put" if not data["order"]:
            return _stock_row(event, data, names, kind="pick" if event.kind == "picked" else "put", quantity=data["quantity"])
        case "corrected" if data["delta"]:
            return _stock_row(event, data, names, kind="correction", quantity=data["delta"])
        case "counted" if data["counted"] != data["book"]:
            return _stock_row(event, data, names, kind="count", quantity=data["counted"] - data["book"])
        case _:
            return None


def _line_row(event: EventRow, data: Mapping[str, Any], names: ResultNames) -> ResultRow:
    order = names.order(data["order"])
    line = next((each for each in order.lines if each.line == data["line"]), None) if order else None
    if order is None or line is None:
        raise ResultError("unknown_line", f"{data['order']}/{data['line']}")
    decimals = _decimals(line.item, names)
    moved = names.movements(order.order, line.line, before=event.id)
    return ResultRow(
        event_id=event.id,
        seq=str(event.seq),
        kind=data["outcome"],
        order=order.order,
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


def _stock_row(event: EventRow, data: Mapping[str, Any], names: ResultNames, *, kind: str, quantity: int) -> ResultRow:
    order = names.order(data["order"]) if data["order"] else None
    line = next((each for each in order.lines if each.line == data["line"]), None) if order else None
    return ResultRow(
        event_id=event.id,
        seq=str(event.seq),
        kind=kind,
        order=data["order"],
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


def _done_at(event: EventRow, data: Mapping[str, Any]) -> str:
    """When it was done: a late booking says so itself."""
    return datetime.fromisoformat(data["true_at"]).isoformat() if data.get("true_at") else event.at.isoformat()


def _decimals(code: str, names: ResultNames) -> int:
    item = names.item(code)
    if item is None:
        raise ResultError("unknown_item", code)  # a guess here would be wrong by a power of ten
    return item.decimals


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
