"""A store in memory behind `db.sync.local.Local`: the real tables, log and projections, no thread, and a cord to pull."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine

from db import schema, sqlite
from db.engine import _engine
from db.envelope import Envelope
from db.log import EventLog

T = TypeVar("T")


class Crash(Exception):  # noqa: N818 - it is what happens, not an error of anybody
    """The program of the station ended here."""


def new_file() -> Any:
    """An empty file in memory."""
    return sqlite.library().connect(":memory:", isolation_level=None, check_same_thread=False)


def engine_of(raw: Any) -> Engine:
    """The engine over this one connection."""
    return _engine(sqlite.library(), lambda: raw, pool_size=1, begin="BEGIN IMMEDIATE")


def template() -> Any:
    """A store as it is created, to be copied."""
    raw = new_file()
    raw.execute("PRAGMA foreign_keys = ON")
    engine = engine_of(raw)
    with engine.begin() as connection:
        schema.create(connection)
    return raw


def copy_of(raw: Any) -> Any:
    """A backup."""
    copy = new_file()
    raw.backup(copy)
    copy.execute("PRAGMA foreign_keys = ON")
    return copy


class SimLocal:
    """One store. `crash_in`: after so many commits the program ends, before or after the last of them."""

    def __init__(self, raw: Any, station: str, clock: Callable[[], datetime]) -> None:
        self.raw = raw
        self.station = station
        self.clock = clock
        self.engine = engine_of(raw)
        self.crash_in: int | None = None
        self.crashes_after = False
        self.commits = 0
        self.start()

    def start(self) -> None:
        """The program begins again on the same file."""
        self.log = EventLog(Envelope(station=self.station, boot="boot", app="1"), self.clock)
        with self.engine.begin() as connection:
            self.log.load(connection)
            if self.log.head.seq == 0:
                self.log.open_epoch(connection, why="created")

    @property
    def pictures(self) -> Path | None:
        return None

    def read(self, query: Callable[[Connection], T]) -> T:
        with self.engine.begin() as connection:
            return query(connection)

    def write(self, work: Callable[[Connection], T]) -> T:
        head = self.log.head
        crashes = self._counts_down()
        try:
            with self.engine.begin() as connection:
                result = work(connection)
                if crashes and not self.crashes_after:
                    raise Crash
        except BaseException:
            self.log.head = head
            raise
        self.commits += 1
        if crashes:
            raise Crash
        return result

    def _counts_down(self) -> bool:
        if self.crash_in is None:
            return False
        self.crash_in -= 1
        if self.crash_in >= 0:
            return False
        self.crash_in = None
        return True

    def write_pieces(self, pieces: Iterable[Callable[[Connection], tuple[Any, ...]]]) -> tuple[Any, ...]:
        return tuple(answer for piece in pieces for answer in self.write(piece))
