"""The writer's thread: what it does when it is idle or in trouble, and who waits for it."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from db.store import Store
from db.writer import Writer

from .made import put

SOON_S = 20.0


def _open(directory: Path) -> Store:
    return Store.open(directory, station="S1", ballast_bytes=0)


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
