"""Stock where the site's book came down: that book, plus the own events that are not in it yet.

`site_included` says which those are, generation by generation: a row counts from its own or from the newest complete one, so that
a large answer may go in by pieces. It comes from the tables alone, whenever it is asked: so a rebuild gives the same bytes.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Connection

from db.projections import stock
from db.projections.event import Happened
from db.projections.retold import KIND, told_at_last
from db.queries.chains import first_open, retold_limits

Cell = tuple[str, int, str, str, str, str, str, str]  # place and key
Place = tuple[str, int]  # in the log: epoch and seq

COLUMNS = "machine, tray, compartment, item, lot, serial, owner, status"
_NAMES = tuple(COLUMNS.split(", "))
_WHERE = "machine = ? AND tray = ? AND compartment = ? AND item = ? AND lot = ? AND serial = ? AND owner = ? AND status = ?"
_BASE = f"SELECT {COLUMNS}, quantity, since, counted_at, generation FROM site_stock"
# CROSS JOIN keeps the order of the loops: each cell is one look at the key
_OF_CELLS = f"""
SELECT {", ".join(f"s.{name}" for name in _NAMES)}, s.quantity, s.since, s.counted_at, s.generation
FROM json_each(?) AS c CROSS JOIN site_stock AS s
WHERE {" AND ".join(f"s.{name} = c.value ->> {number}" for number, name in enumerate(_NAMES))}
"""
_COMPLETE = "SELECT coalesce(max(generation), 0) FROM site_included WHERE is_complete = 1"
_INCLUDED = "SELECT generation, epoch, seq FROM site_included"
_MOVED = """
SELECT n, epoch, seq, kind, at, body FROM event WHERE n >= ? AND kind IN (SELECT value FROM json_each(?)) ORDER BY n LIMIT 1000
"""
_REMOVE = f"DELETE FROM now_stock WHERE {_WHERE}"
_PUT = f"INSERT INTO now_stock ({COLUMNS}, quantity, since, counted_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_VISITS = """
INSERT INTO now_tray (machine, tray, visit)
SELECT machine, tray, max(visit) FROM (
    SELECT machine, tray, visit FROM site_stock UNION ALL SELECT machine, tray, visit FROM site_custody
) WHERE visit > 0 GROUP BY machine, tray
ON CONFLICT DO UPDATE SET visit = max(visit, excluded.visit)
"""
_KINDS = '["' + '","'.join((*stock.HANDLERS, "retold")) + '"]'


@dataclass(frozen=True, slots=True)
class Book:
    """One stock as now_stock has it. None in its place: there is none."""

    quantity: int
    since: str
    counted_at: str | None


@dataclass(frozen=True, slots=True)
class Included:
    """Which own events the site's book has, by generation; `complete` is the newest one of which all rows came."""

    generations: Mapping[int, Mapping[str, int]]
    complete: int

    def of_row(self, generation: int) -> Mapping[str, int]:
        """For a row of this generation."""
        return self.generations.get(max(generation, self.complete), {})


@dataclass(frozen=True, slots=True)
class Movement:
    """An own movement, and the places in the log by which the site may have counted it in: any of them is enough."""

    event: Happened
    places: tuple[Place, ...]

    def is_in(self, included: Mapping[str, int]) -> bool:
        """Whether the site's book has it."""
        return any(seq <= included.get(epoch, 0) for epoch, seq in self.places)


def step(book: Book | None, event: Happened) -> Book | None:
    """One movement of one stock: what `db.projections.stock` does to its row."""
    data = event.data
    if event.kind in ("counted", "stock_loaded"):
        since = book.since if book else event.at
        return Book(data["counted"], since, event.at) if data["counted"] else None
    delta = data["delta"] if event.kind == "corrected" else data["quantity"] * (-1 if event.kind == "picked" else 1)
    after = Book(delta, event.at, None) if book is None else Book(book.quantity + delta, book.since, book.counted_at)
    return after if after.quantity else None


def cell_of(event: Happened) -> Cell:
    """The stock that an event moved."""
    return cast(Cell, tuple(event.data[name] for name in _NAMES))


def included(connection: Connection) -> Included:
    """All generations."""
    generations: dict[int, dict[str, int]] = defaultdict(dict)
    for generation, epoch, seq in connection.exec_driver_sql(_INCLUDED):
        generations[generation][epoch] = seq
    return Included(generations, connection.exec_driver_sql(_COMPLETE).scalar_one())


def movements(connection: Connection, *, from_n: int) -> Iterator[Movement]:
    """Own movements: at their new place if they were told again."""
    limits = retold_limits(connection)
    for _, epoch, seq, kind, at, body in _pages(connection, from_n):
        event = Happened(kind, at, stock_data(body), epoch, seq)
        if kind != KIND:
            if seq <= limits.get(epoch, seq):
                yield Movement(event, ((epoch, seq),))
            continue
        told, places = told_at_last(connection, event)
        if told.kind in stock.HANDLERS:
            yield Movement(told, places)


def _pages(connection: Connection, from_n: int) -> Iterator[Any]:
    """A few at a time: the log of years does not fit into memory."""
    while rows := connection.exec_driver_sql(_MOVED, (from_n, _KINDS)).all():
        yield from rows
        from_n = rows[-1][0] + 1


def stock_data(body: str) -> Mapping[str, Any]:
    """The facts in a stored body."""
    data: Mapping[str, Any] = json.loads(body)["data"]
    return data


def refold(connection: Connection, cells: Collection[Cell] | None = None) -> None:
    """Make now_stock again for these stocks, as far as the site's book came down for them; None: for all of those."""
    known = included(connection)
    rows = _rows(connection, cells)
    if not rows:
        return
    behind = _behind(connection, known, {row[0] for row in rows}, {row[2] for row in rows})
    made = []
    for cell, book, generation in rows:
        has = known.of_row(generation)
        for movement in behind.get(cell, ()):
            if not movement.is_in(has):
                book = step(book, movement.event)
        if book is not None:
            made.append((*cell, book.quantity, book.since, book.counted_at))
    connection.exec_driver_sql(_REMOVE, [row[0] for row in rows])
    if made:
        connection.exec_driver_sql(_PUT, made)


def _rows(connection: Connection, cells: Collection[Cell] | None) -> list[tuple[Cell, Book | None, int]]:
    if cells is None:
        found = connection.exec_driver_sql(_BASE).all()
    else:
        found = connection.exec_driver_sql(_OF_CELLS, (json.dumps(list(dict.fromkeys(cells))),)).all()
    return [(cast(Cell, tuple(row[:8])), Book(*row[8:11]) if row[8] else None, row[11]) for row in found]


def _behind(
    connection: Connection, known: Included, cells: Collection[Cell], generations: Collection[int]
) -> Mapping[Cell, list[Movement]]:
    """The own movements of these stocks from the first one on that any of their generations lacks."""
    from_n = min(first_open(connection, known.of_row(each)) for each in generations)
    found: dict[Cell, list[Movement]] = defaultdict(list)
    for movement in movements(connection, from_n=from_n):
        cell = cell_of(movement.event)
        if cell in cells:
            found[cell].append(movement)
    return found


def counted_in(connection: Connection, before: Mapping[str, int], now: Mapping[str, int]) -> frozenset[Cell]:
    """The stocks of own movements that the site's book has now, and had not before."""
    behind = movements(connection, from_n=first_open(connection, before))
    return frozenset(cell_of(each.event) for each in behind if each.is_in(now) and not each.is_in(before))


def remember_visits(connection: Connection) -> None:
    """A tray's highest visit is the higher one of the own and the site's."""
    connection.exec_driver_sql(_VISITS)
