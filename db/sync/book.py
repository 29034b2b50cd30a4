"""The site's book of stock in this store: rows by generation, and now_stock made from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from sqlalchemy import Connection

from db.projections import base
from db.sync.values import SiteStock, StockKey

_GENERATION = "SELECT coalesce(max(generation), 0) + 1 FROM site_included"
_INCLUDED = "INSERT INTO site_included (generation, epoch, seq, is_complete) VALUES (?, ?, ?, 0)"
_NOW = """
SELECT epoch, seq FROM site_included
WHERE generation = (SELECT max(generation) FROM site_included WHERE is_complete = 1) AND epoch <> ''
"""
_PUT = f"""
INSERT INTO site_stock ({base.COLUMNS}, quantity, since, counted_at, visit, held, version, generation)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET
    quantity = excluded.quantity, since = excluded.since, counted_at = excluded.counted_at, visit = max(visit, excluded.visit),
    held = excluded.held, version = excluded.version, generation = excluded.generation
WHERE ? OR excluded.version > site_stock.version
"""
_WHERE = " AND ".join(f"{name} = ?" for name in base.COLUMNS.split(", "))
_ZERO = f"UPDATE site_stock SET quantity = 0, counted_at = NULL, held = 0, version = 0 WHERE {_WHERE}"
_VISIT = """
INSERT INTO now_tray (machine, tray, visit) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET visit = max(visit, excluded.visit)
"""
_VISIT_OF_ROWS = "UPDATE site_stock SET visit = ? WHERE machine = ? AND tray = ? AND visit < ?"


def cell(key: StockKey) -> base.Cell:
    """A stock as the projections name it."""
    return (key.machine, key.tray, key.compartment, key.item, key.lot, key.serial, key.owner, key.status)


def included_now(connection: Connection) -> Mapping[str, int]:
    """The own events that are in the site's book as it came down last."""
    return {row[0]: row[1] for row in connection.exec_driver_sql(_NOW)}


def newest(connection: Connection) -> tuple[int, Mapping[str, int]]:
    """The newest generation, complete or not, and the own events in it."""
    number = next_generation(connection) - 1
    rows = connection.exec_driver_sql("SELECT epoch, seq FROM site_included WHERE generation = ? AND epoch <> ''", (number,))
    return number, {row[0]: row[1] for row in rows}


def next_generation(connection: Connection) -> int:
    """That of the next answer."""
    return int(connection.exec_driver_sql(_GENERATION).scalar_one())


def begin_generation(connection: Connection, included: Mapping[str, int]) -> int:
    """An answer begins to go in, with these own events in its rows. It counts for them only, until it is `complete`."""
    generation = next_generation(connection)
    rows = [(generation, "", 0), *((generation, epoch, seq) for epoch, seq in included.items())]
    connection.exec_driver_sql(_INCLUDED, rows)
    return generation


def put_rows(connection: Connection, rows: Sequence[SiteStock], generation: int, *, is_anew: bool) -> None:
    """Rows of the site's book, and the book here as they make it. While all is read anew versions may have gone back."""
    cells = [cell(each.key) for each in rows]
    if not rows:
        return
    values = [
        (*place, each.quantity, each.since, each.counted_at, each.visit, each.held, each.version, generation, int(is_anew))
        for each, place in zip(rows, cells, strict=True)
    ]
    connection.exec_driver_sql(_PUT, values)
    visits: dict[tuple[str, int], int] = {}
    for each in rows:
        tray = (each.key.machine, each.key.tray)
        visits[tray] = max(each.visit, visits.get(tray, 0))
    for tray, visit in visits.items():
        remember_visit(connection, *tray, visit)
    base.refold(connection, cells)


def remember_visit(connection: Connection, machine: str, tray: int, visit: int) -> None:
    """A tray's highest visit, at whatever bay: the next one here has a higher number. It is the tray's, and no part of the
    version by which a row of its stock is known: the rows take it, or a rebuild would not find it."""
    if visit:
        connection.exec_driver_sql(_VISIT, (machine, tray, visit))
        connection.exec_driver_sql(_VISIT_OF_ROWS, (visit, machine, tray, visit))


def zero_unseen(connection: Connection, since: int) -> None:
    """Stock that did not come since this generation the site has not. The row stays: it says what was counted in."""
    rows = connection.exec_driver_sql(
        f"SELECT {base.COLUMNS} FROM site_stock WHERE generation < ? AND (version <> 0 OR quantity <> 0)", (since,)
    ).all()
    for row in rows:
        connection.exec_driver_sql(_ZERO, tuple(row))
    base.refold(connection, [cast(base.Cell, tuple(row)) for row in rows])


def complete(connection: Connection, generation: int) -> None:
    """All rows came that there are: what the site counted in without another result counts from here too."""
    before = included_now(connection)
    connection.exec_driver_sql("UPDATE site_included SET is_complete = 1 WHERE generation = ?", (generation,))
    now = included_now(connection)
    base.refold(connection, base.counted_in(connection, before, now))
    connection.exec_driver_sql("DELETE FROM site_included WHERE generation < ?", (generation,))
