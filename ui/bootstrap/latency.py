"""How long a booking waits for the disk while the store does something big beside it: the part of `baylight bench latency`.

Booking after booking without a pause: a person at the bay books once in some seconds, and would seldom meet the work beside him.
The suite runs a small form.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from db.records.files import Imported
from db.records.stock import Picked
from db.rows.items import Item
from db.rows.stock import Stock, StockKey
from db.rows.trays import Place
from db.store import Store

PROMISE_P99_MS = 50.0  # from the touch to the booking on the disk, whatever else the store does
PICKED = Picked(machine="M1", tray=1, compartment="A1", visit=1, item="A", quantity=1)
EVENTS_A_MB = 1280  # of a store's file, about
APPEND_RECORDS = 50


@dataclass(frozen=True, slots=True)
class Latency:
    """From `append` to the durable answer, of `bookings` bookings beside one piece of work that took `work_s`."""

    bookings: int
    p50_ms: float
    p99_ms: float
    max_ms: float
    work_s: float


@dataclass(frozen=True, slots=True)
class LatencyFigures:
    """Beside each kind of work, and with nothing beside it."""

    alone: Latency
    stock_import: Latency
    backup: Latency
    decimals: Latency


def measure_latency(directory: Path, *, store_mb: int = 50, stock_rows: int = 20_000, items: int = 100) -> LatencyFigures:
    """Measure in an empty directory on the disk in question. `items` unused items get other decimals."""
    store = Store.open(directory / "store", station="BENCH", ballast_bytes=0)
    try:
        _fill(store, store_mb * EVENTS_A_MB)
        store.import_items(_items(items, decimals=0), _imported("item", items)).result()
        return LatencyFigures(
            alone=_alone(store, 200),
            stock_import=_beside(store, lambda: store.import_stock(_stock(stock_rows), _imported("stock", stock_rows))),
            backup=_beside(store, lambda: store.backup(directory / "copy.db")),
            decimals=_beside(store, lambda: store.import_items(_items(items, decimals=2), _imported("item", items))),
        )
    finally:
        store.close()


def _imported(what: str, rows: int) -> Imported:
    return Imported(what=what, file="bench.csv", sha256="", rows=rows, rejected=0)


def _items(count: int, *, decimals: int) -> list[Item]:
    return [Item(code=f"I{n}", name="x", decimals=decimals) for n in range(count)]


def _stock(count: int) -> list[Stock]:
    return [Stock(place=Place("M1", n % 40, f"A{n}"), key=StockKey(item="A"), quantity=1) for n in range(count)]


def _fill(store: Store, events: int) -> None:
    for done in [store.append([PICKED] * APPEND_RECORDS) for _ in range(events // APPEND_RECORDS)]:
        done.result()


def _append_ms(store: Store) -> float:
    began = time.perf_counter()
    store.append([PICKED]).result()
    return (time.perf_counter() - began) * 1000


def _alone(store: Store, bookings: int) -> Latency:
    began = time.perf_counter()
    return _latency([_append_ms(store) for _ in range(bookings)], time.perf_counter() - began)


def _beside(store: Store, work: Callable[[], Future[Any]]) -> Latency:
    _append_ms(store)
    began = time.perf_counter()
    done = work()
    taken = [_append_ms(store)]
    while not done.done():
        taken.append(_append_ms(store))
    work_s = time.perf_counter() - began
    done.result()
    return _latency(taken, work_s)


def _latency(taken_ms: list[float], work_s: float) -> Latency:
    ordered = sorted(taken_ms)
    p50, p99 = (ordered[min(len(ordered) - 1, int(len(ordered) * share))] for share in (0.5, 0.99))
    return Latency(len(ordered), round(p50, 1), round(p99, 1), round(ordered[-1], 1), round(work_s, 2))
