"""The lock of a data directory: whoever looks whether it is held is in nobody's way."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from db.errors import StoreError
from db.lock import StoreLock, holder, is_held

HOLD = """
import sys
from pathlib import Path
from db.lock import StoreLock
lock = StoreLock.take(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def test_a_lock_is_held_from_take_to_release(tmp_path: Path) -> None:
    assert not is_held(tmp_path)
    lock = StoreLock.take(tmp_path)
    assert is_held(tmp_path)
    with pytest.raises(StoreError, match=f"D406 .* process {os.getpid()}"):
        StoreLock.take(tmp_path)
    assert is_held(tmp_path)
    lock.release()
    assert not is_held(tmp_path)
    StoreLock.take(tmp_path).release()


def test_the_lock_of_another_process_is_seen_and_ends_with_it(tmp_path: Path) -> None:
    station = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert station.stdin is not None
    assert station.stdout is not None
    with station.stdin, station.stdout:
        assert station.stdout.readline() == "held\n"
        assert is_held(tmp_path)
        assert holder(tmp_path) == station.pid
        with pytest.raises(StoreError, match=f"D406 .* process {station.pid}"):
            StoreLock.take(tmp_path)
        station.kill()
        station.wait()
        assert not is_held(tmp_path)


def test_a_start_is_never_refused_because_somebody_looks(tmp_path: Path) -> None:
    """The doctor beside a start: he looks, and takes nothing."""
    StoreLock.take(tmp_path).release()
    is_over = threading.Event()
    looks: list[bool] = []

    def look() -> None:
        while not is_over.is_set():
            looks.append(is_held(tmp_path))

    looker = threading.Thread(target=look)
    looker.start()
    try:
        for _ in range(2000):
            StoreLock.take(tmp_path).release()
    finally:
        is_over.set()
        looker.join()
    assert looks
