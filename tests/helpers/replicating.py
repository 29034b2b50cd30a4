"""A real store that replicates with a real site database, round by round, as the station's sync thread would."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import psycopg

from db.records.record import Record
from db.records.stock import Moved
from db.rows.events import EventRow
from db.store import Store
from db.sync.engine import Engine, Options
from db.sync.local import StoreLocal
from db.sync.site import Site
from db.upstream.enrol import Enrolment, enrol
from db.upstream.postgres_site import open_site
from tests.unit.db.made import counted, picked, put

ROUNDS = 200
AT_ONCE = 2000


class Bay:
    """One station: its store, and the engine of its replication. Acts are numbered, so that each is found again."""

    def __init__(self, directory: Path, name: str, connect: Callable[[], Site]) -> None:
        self.name = name
        self.directory = directory
        self.connect = connect
        self.store = Store.open(directory, station=name, ballast_bytes=0)
        self.engine = self._engine()
        self.acts = 0

    def _engine(self) -> Engine:
        return Engine(
            StoreLocal(self.store),
            self.connect,
            clock=lambda: datetime.now(UTC),
            monotonic=time.monotonic,
            random=Random(1),
            options=Options(),
        )

    def work(self, count: int, *, visit: int = 1, tray: int = 7) -> None:
        """So many acts in so many transactions; durable when it returns."""
        for left in range(count, 0, -AT_ONCE):
            futures = [self.store.append([self._act(visit, tray)], operator="p_1") for _ in range(min(left, AT_ONCE))]
            for each in futures:
                each.result()

    def _act(self, visit: int, tray: int) -> Moved:
        self.acts += 1
        more: dict[str, Any] = {
            "visit": visit,
            "tray": tray,
            "compartment": f"C{self.acts % 7}",
            "reason": f"{self.name}-{self.acts}",
        }
        match self.acts % 11:
            case 0:
                return counted(20, **more)
            case 1 | 5:
                return put(9, **more)
            case _:
                return picked(1, **more)

    def book(self, *records: Record) -> tuple[EventRow, ...]:
        """Append these, durably."""
        return self.store.append(records, operator="p_1").result()

    def round(self) -> None:
        """What is due now, without the wait after a failure."""
        self.engine.wake()
        self.engine.round()

    def drain(self, rounds: int = ROUNDS) -> None:
        """Until nothing waits. Raises AssertionError when something stays."""
        for _ in range(rounds):
            self.round()
            status = self.engine.teller.status()
            if (status.depth, status.dirty) == (0, 0) and not status.code and self._is_settled():
                return
        raise AssertionError(f"{self.name} still has {self.engine.teller.status()}")

    def _is_settled(self) -> bool:
        """Whether the site's book here is that of all own events."""
        included = self.store.ask(lambda connection: _included(connection))
        epoch, seq, _ = self.store.head()
        return included.get(epoch, 0) >= seq

    def reopen(self) -> None:
        """As after a start of the program."""
        self.close()
        self.store = Store.open(self.directory, station=self.name, ballast_bytes=0)
        self.engine = self._engine()

    def close(self) -> None:
        self.engine.close()
        self.store.close()

    def stock(self) -> dict[tuple[object, ...], int]:
        """The book here, by place and key."""
        return {
            (each.place.tray, each.place.compartment, each.key.item, each.key.lot): each.quantity
            for each in self.store.stock()
            if each.quantity
        }


def _included(connection: Any) -> dict[str, int]:
    from db.sync import book

    return dict(book.newest(connection)[1])


def stations(url: str, names: str) -> dict[str, Enrolment]:
    """Enrol these."""
    return {name: enrol(url, name) for name in names.split()}


@contextmanager
def bay(directory: Path, enrolment: Enrolment, *, url: str = "") -> Iterator[Bay]:
    """A station of this enrolment, at this address (without one: as enrolled)."""
    target = url or enrolment.url
    one = Bay(
        directory / enrolment.station,
        enrolment.station,
        lambda: open_site(target, role=enrolment.role, secret=enrolment.secret),
    )
    try:
        yield one
    finally:
        one.close()


def site_stock(url: str) -> dict[tuple[object, ...], int]:
    """The book of the site, by place and key."""
    query = "SELECT tray, compartment, item, lot, quantity FROM sync.stock WHERE quantity <> 0"
    with psycopg.connect(url) as connection:
        return {tuple(row[:4]): row[4] for row in connection.execute(query)}


def site_events(url: str, station: str) -> list[tuple[str, int, str, str]]:
    """What the site holds of a station: epoch, seq, hash, body, in order."""
    query = """
    SELECT e.epoch, e.seq, encode(e.hash, 'hex'), e.body FROM sync.event e JOIN sync.chain c USING (station, epoch)
    WHERE e.station = %s ORDER BY c.epoch_no, e.seq
    """
    with psycopg.connect(url) as connection:
        return connection.execute(query, (station,)).fetchall()


def assert_same(one: Bay, url: str) -> None:
    """Every event of the bay is at the site, byte for byte, once; the books are equal; the chain verifies at both ends."""
    own = [(each.epoch, each.seq, each.hash, each.body) for each in one.store.events(limit=None)]
    mine, theirs = set(own), site_events(url, one.name)
    assert [each for each in theirs if each in mine] == own, f"{len(own)} here, {len(theirs)} there"
    assert one.store.verify(full=True).is_ok
    with psycopg.connect(url) as connection:
        broken = connection.execute("SELECT * FROM sync.verify()").fetchall()
    assert all(not _problem(row) for row in broken), broken
    assert one.store.stock_matches_log()
    assert one.stock() == site_stock(url)


def _problem(row: tuple[Any, ...]) -> Any:
    return row[-1]
