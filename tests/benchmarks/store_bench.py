"""How many bookings a second the store makes durable, with plain SQLite doing the same kind of work in the same run beside it.

A booking is append([Picked, LineClosed]): two events, a stock row and a line row. `alone` waits for each booking before the next,
as one operator does; `sustained` keeps a queue, as an import or a tour of many bays would.
"""

from __future__ import annotations

import hashlib
import time
from collections import deque
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from db import sqlite
from db.records.orders import LineClosed
from db.records.record import Record
from db.records.stock import Picked
from db.store import Store

QUEUED = 64

_RAW_TABLES = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
CREATE TABLE event (seq INTEGER PRIMARY KEY, body TEXT, hash BLOB) STRICT;
CREATE TABLE stock (place TEXT PRIMARY KEY, quantity INTEGER) STRICT, WITHOUT ROWID;
CREATE TABLE line (name TEXT PRIMARY KEY, state TEXT) STRICT, WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class StoreFigures:
    """Bookings a second."""

    sustained: float
    alone: float
    raw: float


def measure(directory: Path, *, bookings: int = 3000) -> StoreFigures:
    """Measure in an empty directory on the disk in question."""
    store = Store.open(directory / "store", station="BENCH", ballast_bytes=0)
    try:
        sustained = _sustained(store, bookings)
        alone = _alone(store, bookings // 3)
    finally:
        store.close()
    return StoreFigures(sustained=sustained, alone=alone, raw=_raw(directory / "raw.db", bookings // 3))


def _booking(n: int) -> list[Record]:
    line = {"order": f"O{n % 200}", "line": str(n % 5)}
    picked = Picked(machine="VLM1", tray=n % 40, compartment=f"C{n % 20}", visit=1, item=f"I{n % 600}", quantity=1, **line)
    return [picked, LineClosed(outcome="confirmed", asked=1, done_quantity=1, **line)]


def _sustained(store: Store, bookings: int) -> float:
    waiting: deque[Future[Any]] = deque()
    began = time.perf_counter()
    for n in range(bookings):
        waiting.append(store.append(_booking(n), operator="p_1", role="operator"))
        if len(waiting) >= QUEUED:
            waiting.popleft().result()
    for each in waiting:
        each.result()
    return bookings / (time.perf_counter() - began)


def _alone(store: Store, bookings: int) -> float:
    began = time.perf_counter()
    for n in range(bookings):
        store.append(_booking(n), operator="p_1", role="operator").result()
    return bookings / (time.perf_counter() - began)


def _raw(path: Path, bookings: int) -> float:
    connection = sqlite.library().connect(str(path), isolation_level=None)
    connection.executescript(_RAW_TABLES)
    head = bytes(32)
    began = time.perf_counter()
    for n in range(bookings):
        connection.execute("BEGIN IMMEDIATE")
        for _ in range(2):
            body = "x" * 500
            head = hashlib.sha256(head + body.encode()).digest()
            connection.execute("INSERT INTO event (body, hash) VALUES (?, ?)", (body, head))
        place = (f"{n % 40}/{n % 20}/{n % 600}",)
        connection.execute("INSERT INTO stock VALUES (?, -1) ON CONFLICT DO UPDATE SET quantity = quantity - 1", place)
        connection.execute("INSERT OR REPLACE INTO line VALUES (?, 'confirmed')", (f"{n % 200}/{n % 5}",))
        connection.execute("COMMIT")
    rate = bookings / (time.perf_counter() - began)
    connection.close()
    return rate
