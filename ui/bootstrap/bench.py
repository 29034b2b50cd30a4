"""What the store makes durable on this disk, beside the plain engine: the parts of `baylight bench store`."""

from __future__ import annotations

import time
from pathlib import Path

from ui.bootstrap.store import open_store

BALLAST_BYTES = 1 << 16


def measure_bookings(directory: Path, *, count: int = 2000) -> tuple[float, float]:
    """Durable bookings a second through the writer, and single-row commits a second of plain SQLite on the same disk."""
    return _bookings_per_s(directory / "store", count), _plain_commits_per_s(directory / "raw.db", count)


def _bookings_per_s(directory: Path, count: int) -> float:
    from db.records.orders import LineClosed
    from db.records.stock import Picked

    picked = Picked(machine="M1", tray=1, compartment="A1", visit=1, item="A", quantity=1, order="O", line="1")
    closed = LineClosed(order="O", line="1", outcome="confirmed", asked=1, done_quantity=1)
    store = open_store(directory, "BENCH", ballast_bytes=BALLAST_BYTES)
    try:
        began_s = time.perf_counter()
        for future in [store.append((picked, closed)) for _ in range(count)]:
            future.result()
        return count / (time.perf_counter() - began_s)
    finally:
        store.close()


def _plain_commits_per_s(path: Path, count: int) -> float:
    from db import sqlite

    plain = sqlite.library().connect(str(path), isolation_level=None)
    try:
        plain.execute("PRAGMA journal_mode = WAL")
        plain.execute("PRAGMA synchronous = FULL")
        plain.execute("CREATE TABLE booking (body TEXT)")
        began_s = time.perf_counter()
        for _ in range(count):
            plain.execute("INSERT INTO booking VALUES (?)", ("x" * 400,))
        return count / (time.perf_counter() - began_s)
    finally:
        plain.close()
