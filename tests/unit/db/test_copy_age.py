"""The doctor says how much of the record the newest copy lacks."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

from db.backup import backup_name, newest_copy, restore
from db.doctor import examine
from db.finding import Finding
from db.store import Store

from .conftest import StepClock
from .made import put


def finding(home: Path, folder: Path) -> Finding:
    return next(each for each in examine(home, [folder]) if each.check == "last_backup")


def make_copy(store: Store, folder: Path, clock: StepClock) -> str:
    folder.mkdir(exist_ok=True)
    return store.backup(folder / backup_name(clock)).result().name


def test_a_copy_that_lacks_little_is_well_and_one_that_lacks_hours_is_not(store: Store, tmp_path: Path, clock: StepClock) -> None:
    folder = tmp_path / "backups"
    name = make_copy(store, folder, clock)
    assert finding(tmp_path, folder) == Finding("last_backup", True, f"{name}, 0 s", "D421")
    store.append([put(1)]).result()
    clock.now += timedelta(hours=1)
    store.append([put(1)]).result()
    assert finding(tmp_path, folder).is_ok
    clock.now += timedelta(hours=1)
    store.append([put(1)]).result()
    assert not finding(tmp_path, folder).is_ok


def test_no_copy_at_all_is_not_well_once_there_is_something_to_copy(store: Store, tmp_path: Path, clock: StepClock) -> None:
    assert finding(tmp_path, tmp_path / "none").is_ok
    clock.now += timedelta(hours=3)
    store.append([put(1)]).result()
    assert finding(tmp_path, tmp_path / "none") == Finding("last_backup", False, "none, 10801 s", "D421")


def test_a_copy_that_cannot_be_read_is_none(store: Store, tmp_path: Path, clock: StepClock) -> None:
    name = make_copy(store, tmp_path / "backups", clock)
    (tmp_path / "backups" / name).write_bytes(b"no database" * 1000)
    found = finding(tmp_path, tmp_path / "backups")
    assert (found.is_ok, found.code) == (False, "D421")


def test_a_store_that_is_behind_its_own_copy_is_found(tmp_path: Path, clock: StepClock) -> None:
    """Somebody put an older file in its place."""
    home, folder = tmp_path / "home", tmp_path / "backups"
    store = Store.open(home, station="S1", clock=clock, ballast_bytes=0)
    make_copy(store, folder, clock)
    early = newest_copy([folder])
    store.append([put(1)]).result()
    make_copy(store, folder, clock)
    store.close()
    assert early is not None
    shutil.copy(early, home / "store.db")
    found = finding(home, folder)
    assert (found.is_ok, found.code) == (False, "D405")
    restore(home, early, station="S1", clock=clock)
    assert finding(home, folder).is_ok, "to go back is no loss: the record says so"
