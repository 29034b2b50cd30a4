"""How soon stations know what the site does: real stores with their real threads, each figure beside its raw limit."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from psycopg.types.json import Jsonb

from db.records.files import Imported
from db.records.stock import Picked
from db.rows.trays import Compartment, Tray
from db.store import Store
from db.sync.status import SyncStatus
from db.sync.thread import SyncThread
from db.upstream.connect import Database, connect, errors
from db.upstream.enrol import enrol
from db.upstream.hints import CHANNEL, open_hints
from db.upstream.postgres_site import open_site
from db.upstream.scratch import fill

MACHINE = "BENCH-VLM"
FULL = 100_000  # in each compartment
_LINE = {
    "line": "1",
    "item": "BENCH-1",
    "quantity": 4,
    "lot": "",
    "owner": "own",
    "host_key": "",
    "note": "",
    "machine": None,
    "tray": None,
    "compartment": None,
}
PATIENCE_S = 60.0
_DOCUMENTS = "SELECT kind, key, version, body::text FROM sync.document"
_STOCK = """
SELECT machine, tray, compartment, item, lot, serial, owner, status, quantity, version, since, counted_at FROM sync.stock
"""


class TooSlowError(Exception):
    """What was waited for did not come at all."""


class BenchStation:
    """An open store that replicates. `until` waits for what it has."""

    def __init__(self, url: str, directory: Path, name: str, *, has_machine: bool) -> None:
        enrolment = enrol(url, name)
        self.store = Store.open(directory / name, station=name, ballast_bytes=0)
        if has_machine:
            self.store.import_trays(
                [_tray()], Imported(what="tray", file="tray.csv", sha256="0" * 64, rows=1, rejected=0)
            ).result()
        self._news = threading.Condition()
        self._status: SyncStatus | None = None
        login = {"role": enrolment.role, "secret": enrolment.secret}
        self._thread = SyncThread(
            self.store,
            connect=lambda: open_site(url, **login),
            listen=lambda: open_hints(url, **login),
            on_status=self._told,
        )

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        self._thread.stop()
        self.store.close()

    def until(self, is_so: Callable[[SyncStatus], bool]) -> float:
        """Wait until this is so after a round; returns the clock of that moment. Raises TooSlowError."""
        with self._news:
            if not self._news.wait_for(lambda: self._status is not None and is_so(self._status), PATIENCE_S):
                raise TooSlowError(f"not within {PATIENCE_S:g} s: {self._status}")
            return time.perf_counter()

    def _told(self, status: SyncStatus) -> None:
        with self._news:
            self._status = status
            self._news.notify_all()


@contextmanager
def bench_station(url: str, directory: Path, name: str, *, has_machine: bool = True) -> Iterator[BenchStation]:
    """A new station, not started yet."""
    station = BenchStation(url, directory, name, has_machine=has_machine)
    try:
        yield station
    finally:
        station.close()


@dataclass(frozen=True, slots=True)
class ColdStart:
    """An empty station reads all that the site has, and a plain SELECT of the same rows."""

    took_s: float
    raw_s: float
    rows: int


def measure_cold_start(url: str, directory: Path, *, items: int = 20_000, stock: int = 50_000) -> ColdStart:
    """Raises SiteError, TooSlowError."""
    fill(url, items=items, stock=stock, machine=MACHINE)
    with connect(url, is_station=False) as connection, errors():
        began_s = time.perf_counter()
        rows = len(connection.execute(_DOCUMENTS).fetchall()) + len(connection.execute(_STOCK).fetchall())
        raw_s = time.perf_counter() - began_s
    with bench_station(url, directory, "BENCH-COLD", has_machine=False) as station:
        began_s = time.perf_counter()
        station.start()
        took_s = station.until(lambda status: status.last_pull_at is not None) - began_s
        there = (len(station.store.items()), len(station.store.stock()))
        if there != (items, stock):
            raise TooSlowError(f"the station has {there}, not all")
    return ColdStart(took_s, raw_s, rows)


@dataclass(frozen=True, slots=True)
class Soon:
    """Milliseconds: median and slowest hundredth."""

    p50_ms: float
    p99_ms: float

    @classmethod
    def of(cls, took_s: Sequence[float]) -> Soon:
        ordered = sorted(took_s)
        return cls(ordered[len(ordered) // 2] * 1000, ordered[max(0, -(-len(ordered) * 99 // 100) - 1)] * 1000)


@dataclass(frozen=True, slots=True)
class News:
    """From a commit at the site or a booking at a bay to the (other) station's readers."""

    released: Soon
    booked: Soon
    raw_notify: Soon


def measure_news(url: str, directory: Path, *, orders: int = 100, picks: int = 50) -> News:
    """Two bays at one machine. Raises SiteError, TooSlowError."""
    fill(url, items=20, stock=50, machine=MACHINE)
    with ExitStack() as stack:
        host = stack.enter_context(connect(url, is_station=False))
        first = stack.enter_context(_settled(url, directory, "BENCH-A"))
        released = [_release_s(host, first, f"BENCH-O{n}") for n in range(orders)]
        second = stack.enter_context(_settled(url, directory, "BENCH-B"))
        booked = [_book_s(first, second, left=FULL - n) for n in range(1, picks + 1)]
    return News(Soon.of(released), Soon.of(booked), Soon.of(_notify_s(url, orders)))


@contextmanager
def _settled(url: str, directory: Path, name: str) -> Iterator[BenchStation]:
    with bench_station(url, directory, name) as station:
        station.start()
        station.until(lambda status: status.last_pull_at is not None and not status.dirty and not status.depth)
        yield station


def _release_s(host: Database, station: BenchStation, order: str) -> float:
    """Put before, released when nobody asks for anything; it goes again, for a station claims no more than it needs."""
    body = {"order": order, "kind": "pick", "priority": 5, "need_by": None, "destination": "", "host_key": "", "lines": [_LINE]}
    document = {"kind": "order", "key": order, "body": body}
    with errors():
        host.execute("SELECT sync.put_documents(%s, false)", (Jsonb([document]),))
        began_s = time.perf_counter()
        host.execute("SELECT sync.release_order(%s)", (order,))
        took_s = station.until(lambda status: station.store.order(order) is not None) - began_s
        host.execute("SELECT sync.put_documents(%s)", (Jsonb([{**document, "body": None}]),))
    station.until(lambda status: station.store.order(order) is None)
    return took_s


def _book_s(first: BenchStation, second: BenchStation, *, left: int) -> float:
    began_s = time.perf_counter()
    first.store.append([_picked(1)]).result()
    return second.until(lambda status: left in [each.quantity for each in second.store.stock_of_item("BENCH-2")]) - began_s


def _notify_s(url: str, times: int) -> list[float]:
    """The bare way of a hint: told on one connection, heard on another."""
    took = []
    with closing(open_hints(url)) as hints, connect(url, is_station=False) as host:
        for _ in range(times):
            began_s = time.perf_counter()
            host.execute("SELECT pg_notify(%s, '')", (CHANNEL,))
            if not hints.wait(PATIENCE_S):
                raise TooSlowError("a hint")
            took.append(time.perf_counter() - began_s)
    return took


def measure_drain(url: str, directory: Path, *, events: int = 20_000) -> float:
    """Events a second of an island's backlog, from a station's log into the site's book. Raises SiteError, TooSlowError."""
    fill(url, items=20, stock=50, machine=MACHINE)
    with bench_station(url, directory, "BENCH-BACKLOG") as station:
        for future in [station.store.append([_picked(n % 20)]) for n in range(events)]:
            future.result()
        _, head, _ = station.store.head()
        began_s = time.perf_counter()
        station.start()
        with connect(url, is_station=False) as connection, errors():
            station.until(lambda status: _folded(connection) >= head)
        return head / (time.perf_counter() - began_s)


def _folded(connection: Database) -> int:
    row = connection.execute("SELECT coalesce(sum(seq), 0)::bigint FROM sync.folded").fetchone()
    return row[0] if row else 0


def _picked(n: int) -> Picked:
    return Picked(machine=MACHINE, tray=1, compartment=f"C{n}", visit=1, item=f"BENCH-{n + 1}", quantity=1)


def _tray() -> Tray:
    cells = tuple(Compartment(label=f"C{n}", x_mm=n * 40, y_mm=0, width_mm=40, depth_mm=200) for n in range(50))
    return Tray(machine=MACHINE, number=1, width_mm=2450, depth_mm=864, compartments=cells)
