"""A store with a long past, made in seconds: what a station that has worked for months opens in the morning.

The events are those of picked orders, canonical and chained like the writer's own, and the projections are what they add up to
(the suite proves both). They go in by raw SQLite with the table's checks and triggers in force; only the indexes are made
afterwards, which is how a hundred thousand rows a second are possible.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from db import sqlite
from db.backup import STORE_FILE
from db.projections.tray_past import EVERY, Stock, stock_text
from db.store import Store

STATION, BOOT = "BENCH", "0506702b-bae8-4d3d-b3f6-0727ab330194"
LINES, EVENTS_AN_ORDER = 5, 12
PEOPLE = 50
_EVENT = "INSERT INTO event (station, epoch, seq, id, body, prev, hash) VALUES (?, ?, ?, ?, ?, ?, ?)"
_INDEXES = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'event' AND sql IS NOT NULL"
_STOCK = "INSERT INTO now_stock VALUES (?, ?, ?, ?, '', '', 'own', 'free', ?, ?, NULL)"
_MOVES = "INSERT INTO now_tray_moves VALUES (?, ?, ?)"
_PAST = "INSERT INTO now_tray_past (machine, tray, n, stock) VALUES (?, ?, ?, ?)"
_SITE_ORDER = """
INSERT INTO site_order ("order", kind, host_key, destination, need_by, priority) VALUES (?, 'pick', '', '', NULL, 5)
"""
_SITE_LINE = """
INSERT INTO site_order_line ("order", line, position, item, quantity, host_key, lot, owner, note)
VALUES (?, ?, ?, ?, 1, '', '', 'own', '')
"""

Cell = tuple[int, str, str]  # tray, compartment, item


@dataclass(frozen=True, slots=True)
class Plant:
    """Where the past's goods lay: trays from `first_tray` with compartments C0, C1 ..., items I0, I1 ..."""

    machine: str = "VLM1"
    first_tray: int = 0
    trays: int = 40
    compartments: int = 20  # of a tray
    items: int = 600


SMALL_PLANT = Plant()


def make_long_store(directory: Path, events: int, *, station: str = STATION, plant: Plant = SMALL_PLANT) -> None:
    """Give the store of an empty directory this many events or a few more; one that is there gets them after its own."""
    store = Store.open(directory, station=station, ballast_bytes=0)
    epoch, seq, head = store.head()
    store.close()
    with raw(directory) as connection:
        first_n = connection.execute("SELECT coalesce(max(n), 0) FROM event").fetchone()[0]
        past = _Past(station, plant, epoch, seq, bytes.fromhex(head), before=first_n - seq)
        _fill(connection, past, max(1, events // EVENTS_AN_ORDER))


@contextmanager
def raw(directory: Path) -> Iterator[Any]:
    """The store's file for one transaction of raw SQL."""
    with closing(sqlite.library().connect(str(directory / STORE_FILE), isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")  # nothing is lost that could not be made again
        connection.execute("PRAGMA cache_size = -131072")
        connection.execute("BEGIN")
        yield connection
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _fill(connection: Any, past: _Past, orders: int) -> None:
    indexes = connection.execute(_INDEXES).fetchall()
    for name, _ in indexes:
        connection.execute(f"DROP INDEX {name}")
    connection.executemany(_EVENT, past.events(orders))
    for _, sql in indexes:
        connection.execute(sql)
    names = [f"O{n:06}" for n in range(orders)]
    lines = [(name, str(line)) for name in names for line in range(LINES)]
    connection.executemany(_SITE_ORDER, ((name,) for name in names))
    connection.executemany(_SITE_LINE, ((name, line, int(line), "I0") for name, line in lines))
    connection.executemany("INSERT INTO now_order VALUES (?, 'closed')", ((name,) for name in names))
    connection.executemany("INSERT INTO now_line VALUES (?, ?, 'confirmed', 1, '')", lines)
    connection.executemany(_MOVES, ((past.plant.machine, tray, count) for tray, count in past.moves.items()))
    connection.executemany(_PAST, past.snapshots)
    connection.executemany(_STOCK, ((past.plant.machine, *cell, -count, past.since[cell]) for cell, count in past.picked.items()))


class _Past:
    """The chain as it grows, and what was picked where."""

    def __init__(self, station: str, plant: Plant, epoch: str, seq: int, head: bytes, *, before: int = 0) -> None:
        self.plant = plant
        self._station, self._epoch, self._seq, self._head = station, epoch, seq, head
        self.picked: Counter[Cell] = Counter()
        self.since: dict[Cell, str] = {}
        self.moves: Counter[int] = Counter()
        self.snapshots: list[tuple[str, int, int, str]] = []
        self._before = before  # events of older epochs: the place in the file runs over all of them
        self._lies: dict[int, Stock] = {}

    def events(self, orders: int) -> Iterator[tuple[object, ...]]:
        for n in range(orders):
            operator, order = f"p_{n % PEOPLE}", f"O{n:06}"
            yield self._event("order_started", f'{{"order":"{order}"}}', operator)
            for line in range(LINES):
                yield self._event("picked", self._pick(n * LINES + line, order, line), operator)
                closed = f'{{"asked":1,"done_quantity":1,"line":"{line}","order":"{order}","outcome":"confirmed","reason":""}}'
                yield self._event("line_closed", closed, operator)
            yield self._event("order_closed", f'{{"order":"{order}"}}', operator)

    def _pick(self, n: int, order: str, line: int) -> str:
        plant = self.plant
        tray, place = n % plant.trays, n // plant.trays % plant.compartments
        cell = (plant.first_tray + tray, f"C{place}", f"I{n % plant.items}")
        self.picked[cell] += 1
        self.since.setdefault(cell, _at(self._seq + 1))
        self._remember(cell, self._before + self._seq + 1)
        return (
            f'{{"compartment":"{cell[1]}","item":"{cell[2]}","line":"{line}","lot":"","machine":"{self.plant.machine}","order":"{order}",'
            '"owner":"own","proof":"scan","quantity":1,"reason":"","scanner":"scanner1","serial":"","status":"free",'
            f'"tray":{cell[0]},"visit":{n}}}'
        )

    def _remember(self, cell: Cell, n: int) -> None:
        """What lies on the tray after this pick; every so often it is kept."""
        tray = cell[0]
        self._lies.setdefault(tray, {})[cell[1], cell[2], "", "", "own", "free"] = (-self.picked[cell], n)
        self.moves[tray] += 1
        if self.moves[tray] % EVERY == 0:
            self.snapshots.append((self.plant.machine, tray, n, stock_text(self._lies[tray])))

    def _event(self, kind: str, data: str, operator: str) -> tuple[object, ...]:
        seq = self._seq = self._seq + 1
        id = f"01900000-{seq >> 12 & 0xFFFF:04x}-7{seq & 0xFFF:03x}-8000-{seq:012x}"
        body = (
            f'{{"app":"0.1.0","at":"{_at(seq)}","boot":"{BOOT}","data":{data},"epoch":"{self._epoch}","id":"{id}",'
            f'"kind":"{kind}","mono_us":{2_800_000_000 + seq},"operator":"{operator}","role":"operator","seq":{seq},'
            f'"station":"{self._station}","tz":"+0000","v":1}}'
        )
        prev = self._head
        self._head = hashlib.sha256(prev + body.encode()).digest()
        return (self._station, self._epoch, seq, id, body, prev, self._head)


def _at(seq: int) -> str:
    """A moment that grows with seq: one event each second."""
    minute, hour = seq // 60, seq // 3600
    return f"2026-{1 + hour // 672 % 12:02}-{1 + hour // 24 % 28:02}T{hour % 24:02}:{minute % 60:02}:{seq % 60:02}.000000+00:00"
