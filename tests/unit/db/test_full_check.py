"""The full proof in a process of its own, beside the station that has the store open."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from db.engine import writer_engine
from db.errors import StoreError
from db.full_check import FullCheck, check
from db.store import Store

from .made import put


def test_a_sound_store_is_proven_in_a_child_while_the_station_books(store: Store, tmp_path: Path) -> None:
    store.append([put(1)]).result()
    head = store.head()
    report = FullCheck(tmp_path).run()
    assert (report.findings, report.events, (report.epoch, report.seq, report.head)) == ((), 2, head)
    store.append([put(1)]).result()


def test_an_old_event_that_was_edited_is_found(tmp_path: Path) -> None:
    """A start proves the newest 512 events only."""
    store = Store.open(tmp_path, station="S1", ballast_bytes=0)
    for _ in range(12):
        store.append([put(1)] * 50).result()
    store.close()
    engine = writer_engine(tmp_path / "store.db")
    with engine.begin() as connection:
        trigger = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = 'event_is_never_changed'").scalar_one()
        connection.exec_driver_sql("DROP TRIGGER event_is_never_changed")
        connection.exec_driver_sql("UPDATE event SET body = replace(body, '\"quantity\":1', '\"quantity\":9') WHERE seq = 30")
        connection.exec_driver_sql(trigger)
    engine.dispose()
    Store.open(tmp_path, station="S1", ballast_bytes=0).close()
    findings = check(tmp_path).findings
    assert findings == ("chain: event 30: hash is not that of the body", "stock")


def test_wrong_stock_is_found(tmp_path: Path) -> None:
    store = Store.open(tmp_path, station="S1", ballast_bytes=0)
    store.append([put(1)]).result()
    store.close()
    engine = writer_engine(tmp_path / "store.db")
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE now_stock SET quantity = 7")
    engine.dispose()
    assert check(tmp_path).findings == ("stock",)


def test_what_cannot_be_read_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "store.db").write_bytes(b"no database" * 1000)
    (finding,) = check(tmp_path).findings
    assert finding.startswith("D403")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="what hangs is a pipe with a name")
def test_a_stopped_check_ends_and_none_begins_after_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The child waits for a writer that never comes: nothing but its end ends the check."""
    os.mkfifo(tmp_path / "store.db")
    begun = threading.Event()
    full_check = FullCheck(tmp_path)
    begin = full_check._begin

    def begin_and_tell() -> object:
        process = begin()
        begun.set()
        return process

    monkeypatch.setattr(full_check, "_begin", begin_and_tell)
    failures: list[str] = []

    def run() -> None:
        try:
            full_check.run()
        except StoreError as error:
            failures.append(error.code)

    thread = threading.Thread(target=run)
    thread.start()
    assert begun.wait(10)
    full_check.stop()
    thread.join(10)
    assert failures == ["D410"]
    with pytest.raises(StoreError, match="D410"):
        full_check.run()
