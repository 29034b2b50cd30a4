"""A full disk: it is stated, nothing acknowledged is lost, the store is read-only until there is room, and then it works."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from db.errors import DISK_FULL, StoreError
from db.records.orders import ScanRefused
from db.records.stock import Put
from db.store import Store
from db.writer import Writer
from tests.helpers.guards import ExpectLog

BIG = ScanRefused(order="", line="", scanned="x" * 20_000, expected="")
ONE = Put(machine="VLM1", tray=7, compartment="C1", visit=1, item="A", quantity=1)
BALLAST = 1024 * 1024


def _fill(store: Store) -> tuple[int, StoreError]:
    """Append until it is refused: how many were acknowledged, and the refusal."""
    for count in range(10_000):
        failure = store.append([ONE, BIG]).exception()
        if failure is not None:
            assert isinstance(failure, StoreError)
            store._writer.submit_upkeep(lambda: None).result()  # room is made after the refusal was told
            return count, failure
    raise AssertionError("the disk never became full")


def _check_full(store: Store, count: int, failure: StoreError) -> None:
    assert failure.code == DISK_FULL
    assert store.is_read_only
    refused = store.append([ONE]).exception()
    assert isinstance(refused, StoreError)
    assert refused.code == DISK_FULL
    assert store.stock()[0].quantity == count
    assert store.verify().is_ok
    assert store.stock_matches_log()


def _check_works_again(store: Store, count: int) -> None:
    assert store.try_recover().result()
    assert not store.is_read_only
    store.append([ONE]).result()
    assert store.stock()[0].quantity == count + 1
    assert store.verify().is_ok


def _limit(store: Store, pages: int) -> None:
    """SQLite itself says the disk is full when the file would need more pages than this."""

    def set_limit() -> None:
        with store._engine.connect() as connection:
            raw: Any = connection.connection.dbapi_connection
            raw.execute(f"PRAGMA max_page_count = {pages}").fetchall()

    store._writer.submit_upkeep(set_limit).result()


def test_a_file_that_may_not_grow_makes_the_store_read_only_until_it_may(
    tmp_path: Path, expect_log: ExpectLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    expect_log("read-only")
    monkeypatch.setattr("db.writer.IDLE_S", 3600)  # it shall not look for room by itself meanwhile
    store = Store.open(tmp_path, station="S1", ballast_bytes=BALLAST)
    _limit(store, 200)
    count, failure = _fill(store)
    assert not (tmp_path / "ballast").exists()
    _check_full(store, count, failure)
    _limit(store, 1_000_000)
    _check_works_again(store, count)
    assert (tmp_path / "ballast").stat().st_size == BALLAST
    store.close()


def test_an_idle_store_finds_the_room_by_itself(tmp_path: Path, expect_log: ExpectLog, monkeypatch: pytest.MonkeyPatch) -> None:
    expect_log("read-only")
    recovered = threading.Event()
    recover = Writer.recover
    monkeypatch.setattr("db.writer.IDLE_S", 0.01)
    monkeypatch.setattr(Writer, "recover", lambda self: recover(self) and not recovered.set())
    store = Store.open(tmp_path, station="S1", ballast_bytes=BALLAST)
    _limit(store, 200)
    _fill(store)
    assert recovered.wait(20)
    store.close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 6 MB. Only root may make one, and not everywhere."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root on Linux may mount a small file system")
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "none", str(folder)], capture_output=True, check=False)
    if mounted.returncode != 0:
        pytest.skip(f"mounting a small file system is refused here: {mounted.stderr.decode().strip()}")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def _take_all_room(path: Path) -> None:
    with path.open("ab", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(4096))


def test_a_full_disk_makes_the_store_read_only_until_there_is_room(small_disk: Path, expect_log: ExpectLog) -> None:
    expect_log("read-only")
    store = Store.open(small_disk, station="S1", ballast_bytes=BALLAST)
    other = small_disk / "photos"
    other.write_bytes(bytes(2 * 1024 * 1024))
    count, failure = _fill(store)
    _take_all_room(small_disk / "more photos")  # the ballast's too
    assert not store.try_recover().result()
    _check_full(store, count, failure)
    other.unlink()
    (small_disk / "more photos").unlink()
    _check_works_again(store, count)
    store.close()


def test_the_room_of_the_ballast_alone_is_no_room(small_disk: Path, expect_log: ExpectLog) -> None:
    expect_log("read-only")
    store = Store.open(small_disk, station="S1", ballast_bytes=BALLAST)
    store.append([ONE]).result()
    other = small_disk / "photos"
    _take_all_room(other)
    count, failure = _fill(store)
    assert not store.try_recover().result(), "it would be full again at the next booking"
    assert not (small_disk / "ballast").exists()
    _check_full(store, 1 + count, failure)
    other.unlink()
    _check_works_again(store, 1 + count)
    store.close()


def test_a_disk_that_is_full_at_the_start_opens_read_only(small_disk: Path, expect_log: ExpectLog) -> None:
    expect_log("read-only")
    store = Store.open(small_disk, station="S1", ballast_bytes=0)
    store.append([ONE]).result()
    store.close()
    store = Store.open(small_disk, station="S1", ballast_bytes=64 * BALLAST)
    assert store.is_read_only
    assert store.stock()[0].quantity == 1
    refused = store.append([ONE]).exception()
    store.close()
    assert isinstance(refused, StoreError)
    assert refused.code == DISK_FULL
