"""Applying events to the now_* tables, and proving that they are what the log says."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import cast

from sqlalchemy import Connection

from db.projections import (
    approval,
    base,
    block,
    count_due,
    count_held,
    gap,
    line,
    load,
    motion,
    outage,
    place,
    printing,
    retold,
    run,
    signal,
    stock,
    tote,
    tray_past,
    wear,
    zero_check,
)
from db.projections.event import Handler, Happened
from db.schema import PROJECTIONS

HANDLERS: dict[str, Handler] = {
    **stock.HANDLERS,
    **line.HANDLERS,
    **motion.HANDLERS,
    **zero_check.HANDLERS,
    **outage.HANDLERS,
    **place.HANDLERS,
    **count_due.HANDLERS,
    **count_held.HANDLERS,
    **load.HANDLERS,
    **tote.HANDLERS,
    **gap.HANDLERS,
    **block.HANDLERS,
    **wear.HANDLERS,
    **printing.HANDLERS,
    **run.HANDLERS,
    **retold.HANDLERS,
    **signal.HANDLERS,
}

AT_ONCE = 1000
_NEXT = "SELECT n, kind, at, body, epoch, seq FROM event WHERE n > ? ORDER BY n LIMIT ?"
_BOOK = f"SELECT {base.COLUMNS}, quantity, generation FROM site_stock"

StockCell = base.Cell


def apply(connection: Connection, event: Happened) -> None:
    """Bring the projections up to date with one event. Most kinds change none."""
    for handlers in (HANDLERS, signal.BESIDE, tray_past.HANDLERS, approval.HANDLERS):
        handler = handlers.get(event.kind)
        if handler is not None:
            handler(connection, event)


def replay(connection: Connection) -> Iterator[Happened]:
    """All events of the log, in its order, a few at a time: a log of years does not fit into memory."""
    last = 0
    while rows := connection.exec_driver_sql(_NEXT, (last, AT_ONCE)).all():
        for _, kind, at, body, epoch, seq in rows:
            yield Happened(kind, at, json.loads(body)["data"], epoch, seq)
        last = rows[-1][0]


def rebuild(connection: Connection) -> int:
    """Drop the projections and make them again from the log and what came down from the site, in the caller's transaction.
    Returns the number of events."""
    for table in PROJECTIONS:
        connection.exec_driver_sql(f"DELETE FROM {table.name}")
    count = 0
    for event in replay(connection):
        apply(connection, event)
        count += 1
    base.refold(connection)
    base.remember_visits(connection)
    return count


def dump(connection: Connection) -> Iterator[str]:
    """The projections as text: one JSON line for each row, in the order of the primary keys."""
    for table in PROJECTIONS:
        names = [column[1] for column in connection.exec_driver_sql(f"PRAGMA table_info({table.name})")]
        columns = ", ".join(f'"{name}"' for name in names)
        for row in connection.exec_driver_sql(f"SELECT {columns} FROM {table.name} ORDER BY {columns}"):
            yield json.dumps([table.name, *row], ensure_ascii=False, separators=(",", ":"))


def digest(connection: Connection) -> str:
    """SHA-256 of the dump: equal before and after a rebuild."""
    sha = hashlib.sha256()
    for each in dump(connection):
        sha.update(each.encode("utf-8") + b"\n")
    return sha.hexdigest()


def fold_stock(connection: Connection) -> dict[StockCell, int]:
    """Stock as the log and the site's book have it, added up here and not in SQL: a second opinion on now_stock."""
    book = {cast(StockCell, tuple(row[:8])): (row[8], row[9]) for row in connection.exec_driver_sql(_BOOK).all()}
    included = base.included(connection)
    cells: dict[StockCell, int] = {cell: quantity for cell, (quantity, _) in book.items()}
    for movement in base.movements(connection, from_n=0):
        event = movement.event
        cell = base.cell_of(event)
        _, generation = book.get(cell, (0, None))
        if generation is None or not movement.is_in(included.of_row(generation)):
            cells[cell] = _next_quantity(cells.get(cell, 0), event)
    return {cell: quantity for cell, quantity in cells.items() if quantity != 0}


def _next_quantity(before: int, event: Happened) -> int:
    match event.kind:
        case "picked":
            return before - int(event.data["quantity"])
        case "put":
            return before + int(event.data["quantity"])
        case "corrected":
            return before + int(event.data["delta"])
        case _:
            return int(event.data["counted"])


def stock_matches_log(connection: Connection) -> bool:
    """Whether now_stock holds exactly what the events add up to."""
    rows = connection.exec_driver_sql(
        "SELECT machine, tray, compartment, item, lot, serial, owner, status, quantity FROM now_stock"
    )
    return {tuple(row[:8]): row[8] for row in rows} == fold_stock(connection)
