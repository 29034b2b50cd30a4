"""How a store does with a long past: part of `baylight bench store` that needs a million events. The suite has a small form.

Each figure has its raw limit of the same run beside it, for a computer is seldom idle: plain SQLite running the very statements
that the writer ran, on a copy of the store; an empty store booked in turns with the full one; hashing alone.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from db import sqlite
from db.backup import STORE_FILE
from db.engine import PRAGMAS, WRITER_PRAGMAS
from db.records.orders import LineClosed
from db.records.record import Record
from db.records.stock import Picked
from db.store import Store
from ui.bootstrap.long_log import PEOPLE, SMALL_PLANT, STATION, make_long_store

WARM = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class LongFigures:
    """Of a store with `events` events; `raw` and `empty` are what stands beside."""

    events: int
    made_s: float
    open_s: float  # until the store is open and the work list is read
    page_check_s: float
    booking_ms: tuple[float, float]  # median, p99
    raw_booking_ms: float
    empty_booking_ms: float
    query_p99_ms: float
    verified_per_s: float
    hashed_per_s: float

    @property
    def of_raw(self) -> float:
        """How many times as long as plain SQLite with the same statements, on the same file."""
        return self.booking_ms[0] / self.raw_booking_ms

    @property
    def growth(self) -> float:
        """How many times as long as in an empty store."""
        return self.booking_ms[0] / self.empty_booking_ms


def measure_long_store(directory: Path, *, events: int = 1_000_000, bookings: int = 600) -> LongFigures:
    """Measure in an empty directory on the disk in question."""
    began = time.perf_counter()
    make_long_store(directory / "long", events)
    made_s, began = time.perf_counter() - began, time.perf_counter()
    store = Store.open(directory / "long", station=STATION, ballast_bytes=0)
    store.open_orders()
    open_s = time.perf_counter() - began
    try:
        store.pages_proven.result()
        page_check_s = time.perf_counter() - began
        query_p99_ms = _p99(_queries_ms(store, events))
        verified_per_s = _verified_per_s(store)
        hashed_per_s = _hashed_per_s(directory / "long" / STORE_FILE)
        full, empty, raw = _bookings_ms(store, directory, bookings)
    finally:
        store.close()
    return LongFigures(
        events=events,
        made_s=made_s,
        open_s=open_s,
        page_check_s=page_check_s,
        booking_ms=(_median(full), _p99(full)),
        raw_booking_ms=_median(raw),
        empty_booking_ms=_median(empty),
        query_p99_ms=query_p99_ms,
        verified_per_s=verified_per_s,
        hashed_per_s=hashed_per_s,
    )


def _median(taken: list[float]) -> float:
    return sorted(taken)[len(taken) // 2]


def _p99(taken: list[float]) -> float:
    return sorted(taken)[min(len(taken) - 1, int(len(taken) * 0.99))]


def _timed_ms(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return (time.perf_counter() - began) * 1000


def _queries_ms(store: Store, events: int, *, rounds: int = 40) -> list[float]:
    """What a supervisor asks: the newest fifty of a tray, a person, an item, an order, of all; and fifty before some event."""
    taken = []
    for n in range(rounds):
        before = 1 + n * events // rounds
        for selection in (
            {"machine": SMALL_PLANT.machine, "tray": n % SMALL_PLANT.trays},
            {"operator": f"p_{n % PEOPLE}"},
            {"item": f"I{n * 7 % SMALL_PLANT.items}"},
            {"order": f"O{before // 12:06}"},
            {"kinds": ("picked", "put")},
            {},
        ):
            for place in ({}, {"before_seq": before}):
                asked: dict[str, Any] = {**selection, **place}
                taken.append(_timed_ms(lambda asked=asked: store.events(limit=50, newest_first=True, **asked)))  # type: ignore[misc]
    return taken


def _verified_per_s(store: Store) -> float:
    began = time.perf_counter()
    report = store.verify()
    return report.events / (time.perf_counter() - began)


def _hashed_per_s(path: Path) -> float:
    """Reading the bodies and hashing them, and nothing else."""
    with closing(sqlite.library().connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        began, count, head = time.perf_counter(), 0, bytes(32)
        for (body,) in connection.execute("SELECT body FROM event ORDER BY n"):
            head = hashlib.sha256(head + body.encode("utf-8")).digest()
            count += 1
        return float(count / (time.perf_counter() - began))


def _booking(n: int) -> list[Record]:
    line = {"order": f"P{n // 5}", "line": str(n % 5)}
    plant = SMALL_PLANT
    where = {"machine": plant.machine, "tray": n % plant.trays, "compartment": f"C{n // plant.trays % plant.compartments}"}
    place = {**where, "item": f"I{n % plant.items}"}
    return [
        Picked(visit=1, quantity=1, **place, **line),  # type: ignore[arg-type]
        LineClosed(outcome="confirmed", asked=1, done_quantity=1, **line),
    ]


def _bookings_ms(store: Store, directory: Path, count: int) -> tuple[list[float], list[float], list[float]]:
    """Booking by booking in turns: the full store, an empty one, and the full one's statements raw on a copy of it."""
    store.backup(directory / "raw.db").result()
    statements = _capture(store)
    full, bare, raw = [], [], []
    empty = Store.open(directory / "empty", station=STATION, ballast_bytes=0)
    try:
        with closing(_raw_connection(directory / "raw.db")) as connection:
            for n in range(count + WARM):
                records = _booking(n)
                full.append(_timed_ms(lambda records=records: _book(store, records)))  # type: ignore[misc]
                bare.append(_timed_ms(lambda records=records: _book(empty, records)))  # type: ignore[misc]
                mine = [each for each in statements if not each.startswith("--")]
                statements.clear()
                raw.append(_timed_ms(lambda mine=mine: [connection.execute(each).fetchall() for each in mine]))  # type: ignore[misc]
    finally:
        empty.close()
    return full[WARM:], bare[WARM:], raw[WARM:]


def _book(store: Store, records: list[Record]) -> None:
    store.append(records, operator="p_1", role="operator").result()


def _capture(store: Store) -> list[str]:
    """Every statement that SQLite runs on the writing connection from now on, with its values."""
    statements: list[str] = []
    store.trace(statements.append).result()
    return statements


def _raw_connection(path: Path) -> Any:
    connection = sqlite.library().connect(str(path), isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    for name, value in (PRAGMAS | WRITER_PRAGMAS).items():
        connection.execute(f"PRAGMA {name} = {value}").fetchall()
    return connection
