"""A restore killed at any step leaves the old store or the new one, or the next start is refused; never an empty store."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from db.backup import restore
from db.errors import CORRUPT, RESTORE_CUT, StoreError
from db.records.orders import ScanRefused
from db.store import Store
from tests.helpers.tours import environment

STEPS = Path(__file__).with_name("restore_steps.py")
ROOT = Path(__file__).parents[2]
LATE = "after the backup"


def open_store(directory: Path) -> Store:
    return Store.open(directory, station="S1", ballast_bytes=0)


def note(store: Store, text: str) -> None:
    store.append([ScanRefused(order="", line="", scanned=text, expected="")]).result()


def make_old(home: Path, copy: Path, *, way: str) -> None:
    """A store with an event that its backup does not have: ended in order, killed with a WAL, or damaged."""
    live = home.with_name("live")
    store = open_store(live)
    note(store, "before")
    store.backup(copy).result()
    note(store, LATE)
    if way == "killed":  # what the disk holds while the station runs is what a kill leaves
        shutil.copytree(live, home)
        assert (home / "store.db-wal").stat().st_size
    store.close()
    if way != "killed":
        shutil.copytree(live, home)
    if way == "damaged":
        (home / "store.db").write_bytes(b"no database" * 1000)
        (home / "store.db-wal").write_bytes(b"no log" * 1000)


def cases_of(tmp_path: Path, *, way: str, links: str = "links") -> list[Path]:
    """A directory for each step at which the restore was killed, the last one with a restore that came to its end."""
    home, copy, cases = tmp_path / "home", tmp_path / "copy.db", tmp_path / "cases"
    make_old(home, copy, way=way)
    words = [sys.executable, str(STEPS), str(home), str(copy), str(cases), links, "restore"]
    subprocess.run(words, check=True, env=environment() | {"PYTHONPATH": str(ROOT)}, timeout=100)
    found = sorted(cases.iterdir())
    assert len(found) > 8, "too few steps to prove anything"
    return found


def texts_of(directory: Path) -> list[str]:
    reader = Store.open_reader(directory)
    try:
        return [row.body.split('"scanned":"')[1].split('"')[0] for row in reader.events(kinds=("scan_refused",))]
    finally:
        reader.close()


def ends_of(directory: Path) -> str:
    """What the next start finds: old, new or refused."""
    try:
        store = open_store(directory)
    except StoreError as error:
        return "refused" if error.code == RESTORE_CUT else error.code
    try:
        assert store.verify().is_ok
        why = [row.body for row in store.events(kinds=("epoch_opened",))]
        return "new" if "restored" in why[-1] else "old"
    finally:
        store.close()


def kept_whole(directory: Path) -> list[list[str]]:
    """What the stores hold that were set aside."""
    return [texts_of(folder) for folder in directory.glob("replaced-*") if (folder / "store.db").exists()]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the steps are counted in forked children")
@pytest.mark.parametrize("links", ["links", "no_links"])
@pytest.mark.parametrize("way", ["in_order", "killed"])
def test_a_killed_restore_leaves_the_old_store_or_the_new_one(tmp_path: Path, way: str, links: str) -> None:
    ends = []
    for case in cases_of(tmp_path, way=way, links=links):
        ends.append(ends_of(case))
        assert texts_of(case) == (["before", LATE] if ends[-1] == "old" else ["before"])
        if ends[-1] == "new":
            assert kept_whole(case) == [["before", LATE]]
        assert not [path.name for path in case.rglob("*.part")], "the next start tidies up"
        stores = [path.stat().st_ino for path in case.rglob("store.db")]
        assert len(stores) == len(set(stores)), "one file with two names"
    assert set(ends) == {"old", "new"}
    assert ends[-1] == "new"
    assert ends == sorted(ends, key=["old", "new"].index)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the steps are counted in forked children")
def test_a_store_too_damaged_to_finish_its_log_is_moved_and_the_gap_is_refused_in_words(tmp_path: Path) -> None:
    ends = []
    cases = cases_of(tmp_path, way="damaged")
    for case in cases:
        ends.append(ends_of(case))
        if ends[-1] == "refused":
            restore(case, tmp_path / "copy.db", station="S1")
            assert ends_of(case) == "new"
        if ends[-1] != CORRUPT:
            (aside,) = case.glob("replaced-*")
            assert (aside / "store.db").read_bytes() == b"no database" * 1000
            assert (aside / "store.db-wal").read_bytes() == b"no log" * 1000
            assert texts_of(case) == ["before"]
    assert "refused" in ends
    assert ends == sorted(ends, key=[CORRUPT, "refused", "new"].index)
    assert ends[-1] == "new"
