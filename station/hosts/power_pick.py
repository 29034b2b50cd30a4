"""Movements under the words of Kardex Power Pick: what kind of transaction, why, and how far it is on its way to the host.

Its own numbers of both enums; those that nothing here becomes are named so that a reader knows them. Motives are the
station's own reason codes: the numbers of a plant's motives are its own. Pure, from events alone.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from station.movements import COLUMNS as MOVED_COLUMNS
from station.movements import movement_of
from station.receiving import PUT_AWAY
from station.result_row import ONLY_BOOKED
from station.values import EventRow, Item

KINDS = ("picked", "put", "corrected", "counted", "stock_loaded")
COLUMNS = ("id", *MOVED_COLUMNS, "transaction_type", "transaction", "motive", "export_state_type", "export_state")


class Transaction(IntEnum):
    """`type` of a Power Pick transaction."""

    MANUAL_PUT = 1
    MANUAL_PICK = 2
    ORDER_PUT = 3
    ORDER_PICK = 4
    TRANSFER = 5
    ORDER_COUNT = 6
    CONTEXT_COUNT = 7
    MATERIAL_RENAME = 8
    MANUAL_CORRECTION = 9
    CONTEXT_CORRECTION = 10
    CANCEL_REQUEST = 11
    PURGE = 12
    PRODUCTION = 13
    KIT_RENAME = 15


class ExportState(IntEnum):
    """`exportStateType` of a Power Pick transaction."""

    NOT_SET = 0
    CANNOT_YET = 1
    READY = 2
    EXPORTING = 3
    DONE = 4
    FAILED = 5
    NOT_TO_BE_EXPORTED = 6


@dataclass(frozen=True, slots=True)
class Span:
    """The rows of one file of results."""

    epoch: str
    from_seq: int
    through_seq: int
    is_acknowledged: bool


@dataclass(frozen=True, slots=True)
class Exported:
    """What the log knows of files of results. `closed` are the lines that have ended, by the place of that event in the log: a
    movement for a line is told with the line."""

    spans: Sequence[Span]
    closed: Mapping[tuple[str, str, str], tuple[int, ...]]  # by epoch, order and line, rising

    def state_of(self, row: EventRow, data: Mapping[str, Any], *, is_undone: bool) -> ExportState:
        """How far this movement is on its way."""
        if is_undone or data.get("undoes") or data.get("reason") in ONLY_BOOKED or _is_no_news(row, data):
            return ExportState.NOT_TO_BE_EXPORTED
        seq: int | None = row.seq
        if row.kind in ("picked", "put") and data["order"]:
            ends = self.closed.get((row.epoch, data["order"], data["line"]), ())
            seq = next((each for each in ends if each > row.seq), None)
        if seq is None:
            return ExportState.CANNOT_YET
        span = next((each for each in self.spans if each.epoch == row.epoch and each.from_seq <= seq <= each.through_seq), None)
        if span is None:
            return ExportState.READY
        return ExportState.DONE if span.is_acknowledged else ExportState.EXPORTING


def exported(events: Iterable[EventRow]) -> Exported:
    """From the events result_exported, result_acknowledged and line_closed, in the order of the log."""
    files: dict[str, tuple[str, int, int]] = {}
    acknowledged: set[str] = set()
    closed: dict[tuple[str, str, str], list[int]] = {}
    for event in events:
        data = _data(event)
        if event.kind == "result_exported":
            files[data["file"]] = (data.get("epoch") or event.epoch, data["from_seq"], data["through_seq"])
        elif event.kind == "result_acknowledged":
            acknowledged.add(data["file"])
        else:
            closed.setdefault((event.epoch, data["order"], data["line"]), []).append(event.seq)
    spans = [Span(*span, is_acknowledged=file in acknowledged) for file, span in files.items()]
    return Exported(spans, {line: tuple(ends) for line, ends in closed.items()})


def transaction_of(row: EventRow, data: Mapping[str, Any]) -> Transaction:
    """What kind of transaction the movement is."""
    has_order = bool(data.get("order"))
    if data.get("reason") == PUT_AWAY:
        return Transaction.TRANSFER
    match row.kind:
        case "picked":
            return Transaction.ORDER_PICK if has_order else Transaction.MANUAL_PICK
        case "put":
            return Transaction.ORDER_PUT if has_order else Transaction.MANUAL_PUT
        case "counted":
            return Transaction.ORDER_COUNT if has_order else Transaction.CONTEXT_COUNT
        case "corrected" if has_order:
            return Transaction.CONTEXT_CORRECTION
    return Transaction.MANUAL_CORRECTION


def rows(
    events: Iterable[EventRow], known: Exported, items: Mapping[str, Item], undone: frozenset[str]
) -> Iterator[dict[str, object]]:
    """One row for each movement among the events."""
    for event in events:
        data = _data(event)
        movement = movement_of(event, data)
        if movement is None:
            continue
        kind, state = transaction_of(event, data), known.state_of(event, data, is_undone=event.id in undone)
        yield {
            "id": event.id,
            **movement.as_row(items.get(data["item"])),
            "transaction_type": int(kind),
            "transaction": kind.name.lower(),
            "motive": data.get("reason", ""),
            "export_state_type": int(state),
            "export_state": state.name.lower(),
        }


def _is_no_news(row: EventRow, data: Mapping[str, Any]) -> bool:
    """What the host's own file said, or a look that found the book right."""
    if row.kind == "stock_loaded":
        return True
    return (row.kind == "counted" and data["counted"] == data["book"]) or (row.kind == "corrected" and not data["delta"])


def _data(event: EventRow) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(event.body)["data"]
    return data


def as_csv(found: Sequence[Mapping[str, object]]) -> bytes:
    """The rows with a header line."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(found)
    return out.getvalue().encode("utf-8")


def as_json(found: Sequence[Mapping[str, object]]) -> bytes:
    """The rows as a list of objects."""
    return (json.dumps(list(found), ensure_ascii=False, indent=1) + "\n").encode("utf-8")
