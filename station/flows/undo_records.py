"""What a counter-booking writes, from the events of the booking that it takes back. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from db.envelope import moment_text
from db.records.orders import OrderLeft, OrderStarted
from db.records.record import Record
from db.records.totes import ToteBound
from db.records.undo import (
    REOPENED,
    UNDONE,
    BookingUndone,
    BookRestored,
    LineReopened,
    LoadBackIn,
    LoadOutAgain,
    PutBack,
    PutBackOffAccount,
    TakenBack,
    TakenBackOntoAccount,
)
from station.flows.lines import Lines
from station.flows.receipt_records import LEFT
from station.flows.undo import Made
from station.load_plan import LoadPlan
from station.values import EventRow

_ACCOUNT: Final = ("account", "holder", "job")
_LOAD: Final = ("machine", "tray", "compartment", "visit", "load", "production_order", "operation", "consumer")
_STOCK: Final = ("machine", "tray", "compartment", "visit", "item", "lot", "serial", "owner", "status")


def counter_records(made: Made) -> tuple[Record, ...]:
    """First that it is undone, then what moved back, the last movement first; then its lines, orders and totes are open again."""
    undoes = tuple(row.id for row in made.rows)
    told = [(row, _data(row)) for row in made.rows]
    first = BookingUndone(
        booking=undoes[0],
        undoes=undoes,
        machine=made.place.machine,
        tray=made.place.tray,
        compartment=made.place.compartment,
        visit=made.visit,
        item=made.item.code,
        order=made.task.order,
        line=made.task.line,
    )
    back = [record for row, data in reversed(told) if (record := _back(row, data, made)) is not None]
    lines = _lines(told, made.before.lines if made.before is not None else made.lines, undoes)
    return (first, *back, *lines, *_opened(told, made))


def _data(row: EventRow) -> Mapping[str, Any]:
    data: Mapping[str, Any] = json.loads(row.body)["data"]
    return data


def _back(row: EventRow, data: Mapping[str, Any], made: Made) -> Record | None:
    """The opposite of one movement, with its account. It is of no line: how far that is, its reopening says."""
    if row.kind in ("load_put", "load_taken", "load_missed"):
        return _load_back(row, data, made)
    if row.kind not in ("picked", "put", "corrected"):
        return None
    stock = {name: data[name] for name in _STOCK}
    link: dict[str, Any] = {"reason": UNDONE, "undoes": (row.id,)}
    account = {name: data[name] for name in _ACCOUNT} if data.get("account") else None
    match row.kind:
        case "picked" if account is not None:
            was = {f"was_{name}": data[name] for name in ("lot", "serial", "status")}
            return PutBackOffAccount(**stock, **link, **account, **was, quantity=data["quantity"])
        case "put" if account is not None:
            was = {name: data[name] for name in ("was_lot", "was_serial", "was_status")}
            due_at = made.task.beside.due_at if made.task.beside is not None else ""
            return TakenBackOntoAccount(**stock, **link, **account, **was, due_at=due_at, quantity=data["quantity"])
        case "picked":
            return PutBack(**stock, **link, quantity=data["quantity"])
        case "put":
            return TakenBack(**stock, **link, quantity=data["quantity"])
        case _:
            return BookRestored(**stock, **link, remaining=data["remaining"] - data["delta"]) if data["delta"] else None


def _load_back(row: EventRow, data: Mapping[str, Any], made: Made) -> LoadBackIn | LoadOutAgain:
    """The load where it was, with all that was said of it."""
    about = {name: data[name] for name in _LOAD}
    if row.kind == "load_put":
        return LoadOutAgain(**about, undoes=(row.id,))
    plan = made.task.load or LoadPlan(load=data["load"])
    take_at = moment_text(plan.take_at) if plan.take_at is not None else ""
    put_at = moment_text(plan.put_at) if plan.put_at is not None else ""
    return LoadBackIn(**about, take_at=take_at, put_at=put_at, undoes=(row.id,))


def _lines(told: list[tuple[EventRow, Mapping[str, Any]]], before: Lines, undoes: tuple[str, ...]) -> Iterator[LineReopened]:
    """The lines that it counted for or ended, as far as they were."""
    kinds = ("picked", "put", "line_closed")
    touched = dict.fromkeys((data["order"], data["line"]) for row, data in told if row.kind in kinds and data["order"])
    for line in touched:
        was = before.get(line)
        if was is not None:
            yield LineReopened(
                order=line[0], line=line[1], outcome=REOPENED, asked=was.asked, done_quantity=was.done, undoes=undoes
            )


def _opened(told: list[tuple[EventRow, Mapping[str, Any]]], made: Made) -> Iterator[Record]:
    """The orders that it ended are worked on again, and their totes take goods again. A receipt leaves them at once."""
    for row, data in told:
        if row.kind == "order_closed":
            yield OrderStarted(order=data["order"])
            if made.receipt is not None:
                yield OrderLeft(order=data["order"], why=LEFT)
        elif row.kind == "tote_closed":
            yield ToteBound(order=data["order"], tote=data["tote"], position=data["position"])
