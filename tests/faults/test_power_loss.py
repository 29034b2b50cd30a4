"""The power goes while the store works: whatever was acknowledged is there, and nothing is there by half.

The writer's real statements are captured and replayed in a child process on a disk in memory that loses what was not flushed
(`tests/helpers/crash_vfs.py`). That the test can fail is shown by two ways to lose: synchronous=NORMAL, and a drive that ignores
the flush. `./dev soak` has the long form.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from db.engine import PRAGMAS, WRITER_PRAGMAS
from db.errors import StoreError
from db.records.orders import OrderClosed, OrderStarted
from db.store import Store
from tests.unit.db.made import closed, imported, item, order, picked, put, stock, tray

IS_SOAK = bool(os.environ.get("BAYLIGHT_SOAK"))
CRASHES = 3000 if IS_SOAK else 300
WRONG_CRASHES = 600 if IS_SOAK else 60
KEPT = 8  # of the disks found, as many are opened by the store itself
PAGES_A_CHECKPOINT = 40  # of the writer's 1000: so that the cut often meets one


def _work(store: Store) -> None:
    """What a morning at the bay writes: imports, a start, bookings one by one and many at once, a refusal, a checkpoint."""
    store.import_items([item("A"), item("B")], imported("item")).result()
    store.import_trays([tray()], imported("tray")).result()
    store.import_stock([stock(50), stock(9, "B")], imported("stock")).result()
    store.import_orders([order("O1", lines=4), order("O2", lines=8)], imported("order")).result()
    store.append([OrderStarted(order="O1")], operator="p_1", role="operator").result()
    for n in range(1, 5):
        store.append([picked(3, order="O1", line=str(n)), closed(str(n), 3)], operator="p_1").result()
    store.append([OrderClosed(order="O1")], operator="p_1").result()
    store._writer.submit_upkeep(store._writer._checkpoint).result()
    serial = put(1, item="B", serial="S1")
    waiting = [store.append([picked(2, order="O2", line=str(n)), closed(str(n), 2, order="O2")]) for n in range(1, 7)]
    waiting += [store.append([serial]), store.append([serial]), store.append([picked(1, item="B")])]
    failures = [each.exception() for each in waiting]
    assert [type(each) for each in failures if each is not None] == [StoreError]


def _capture(store: Store) -> list[str]:
    """From now on, every statement that SQLite runs on the writing connection, with its values."""
    statements: list[str] = []
    store.trace(statements.append).result()
    return statements


@pytest.fixture(scope="module")
def task(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("power")
    store = Store.open(folder / "store", station="S1", ballast_bytes=0)
    store.backup(folder / "base.db").result()
    traced = _capture(store)
    _work(store)
    store.close()
    statements = [each for each in traced if not each.startswith("--")]  # those of a trigger run by themselves
    text = "\n".join(statements)
    assert all(each in text for each in ("BEGIN IMMEDIATE", "SAVEPOINT", "ROLLBACK TO", "COMMIT", "wal_checkpoint(TRUNCATE)"))
    return {"base": str(folder / "base.db"), "statements": statements, "keep": str(folder / "kept"), "kept": 0}


def _crash(task: dict[str, Any], *, crashes: int, synchronous: int = 2, obeys_flush: bool = True, kept: int = 0) -> Any:
    pragmas = {"journal_mode": "WAL", **PRAGMAS, **WRITER_PRAGMAS, "synchronous": synchronous, "temp_store": 2}
    pragmas["wal_autocheckpoint"] = PAGES_A_CHECKPOINT
    asked = task | {"crashes": crashes, "pragmas": pragmas, "obeys_flush": obeys_flush, "kept": kept}
    child = [sys.executable, "-m", "tests.helpers.crash_child"]
    done = subprocess.run(child, input=json.dumps(asked), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_power_cut_loses_nothing_acknowledged_and_leaves_nothing_half(task: dict[str, Any]) -> None:
    told = _crash(task, crashes=CRASHES, kept=KEPT)
    assert told["found"] == {"whole": CRASHES}, told["first"]
    assert told["commits"] > 10, told
    for folder in sorted(Path(task["keep"]).iterdir()):
        store = Store.open(folder, station="S1", ballast_bytes=0)
        before = store.projection_digest()
        assert store.verify().is_ok
        assert store.stock_matches_log()
        store.rebuild().result()
        assert store.projection_digest() == before
        store.close()


def test_synchronous_normal_would_lose_acknowledged_bookings(task: dict[str, Any]) -> None:
    told = _crash(task, crashes=WRONG_CRASHES, synchronous=1)
    assert told["found"].get("lost", 0) > 0, told
    assert told["found"].get("corrupt", 0) == 0, told


def test_a_drive_that_ignores_the_flush_loses_or_corrupts(task: dict[str, Any]) -> None:
    told = _crash(task, crashes=WRONG_CRASHES, obeys_flush=False)
    assert told["found"].get("lost", 0) + told["found"].get("corrupt", 0) > 0, told
