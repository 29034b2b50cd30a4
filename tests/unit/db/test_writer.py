"""The writer's thread: what it does when it is idle or in trouble, and who waits for it."""

from __future__ import annotations

import errno
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from db.ballast import Ballast
from db.errors import DISK_FULL, StoreError
from db.records.orders import ScanRefused
from db.store import Store
from db.writer import Writer
from tests.helpers.guards import ExpectLog

from .made import put

BIG = ScanRefused(order="", line="", scanned="x" * 200_000, expected="")
SOON_S = 20.0


def _open(directory: Path) -> Store:
    return Store.open(directory, station="S1", ballast_bytes=0)


def _limit(store: Store, pages: int) -> None:
    """SQLite itself says the disk is full when the file would need more pages than this."""

    def set_limit() -> None:
        with store._engine.connect() as connection:
            raw: Any = connection.connection.dbapi_connection
            raw.execute(f"PRAGMA max_page_count = {pages}").fetchall()

    store._writer.submit_upkeep(set_limit).result(SOON_S)


def _broken_drop(self: Ballast) -> None:
    raise OSError(errno.EIO, "the disk does not answer")


def test_a_booking_waits_for_no_reader_after_the_writer_was_idle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    idle = threading.Event()
    checkpoint = Writer._checkpoint
    monkeypatch.setattr("db.writer.IDLE_S", 0.01)
    monkeypatch.setattr(Writer, "_checkpoint", lambda self: idle.set() or checkpoint(self))
    store = _open(tmp_path)
    reader = Store.open_reader(tmp_path)
    with reader._readers.begin() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM event").scalar_one()
        store.append([put(1)]).result(SOON_S)
        assert idle.wait(SOON_S)
        began = time.perf_counter()
        store.append([put(1)]).result(SOON_S)
        taken_s = time.perf_counter() - began
    reader.close()
    store.close()
    assert taken_s < 0.1


def test_an_idle_writer_empties_the_wal_when_nobody_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    emptied = threading.Event()
    checkpoint = Writer._checkpoint
    monkeypatch.setattr("db.writer.IDLE_S", 0.01)
    monkeypatch.setattr(Writer, "_checkpoint", lambda self: checkpoint(self) and not emptied.set())
    store = _open(tmp_path)
    store.append([put(1)]).result(SOON_S)
    assert emptied.wait(SOON_S)
    assert (tmp_path / "store.db-wal").stat().st_size == 0
    store.close()


def test_a_ballast_that_cannot_be_dropped_leaves_nobody_waiting(
    tmp_path: Path, expect_log: ExpectLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    expect_log("read-only")
    expect_log("ballast")
    monkeypatch.setattr("db.writer.IDLE_S", 3600)
    monkeypatch.setattr(Ballast, "drop", _broken_drop)
    store = _open(tmp_path)
    _limit(store, 60)
    for future in [store.append([BIG]), store.append([BIG])]:
        failure = future.exception(SOON_S)
        assert isinstance(failure, StoreError)
        assert failure.code == DISK_FULL
    _limit(store, 1_000_000)
    assert store.try_recover().result(SOON_S)
    store.append([put(1)]).result(SOON_S)
    store.close()
