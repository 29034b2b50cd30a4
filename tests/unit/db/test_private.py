"""Names and PIN verifiers are for the station's own user, whatever the umask of whoever started it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.backup import restore
from db.doctor import examine
from db.store import Store

from .made import put

pytestmark = pytest.mark.skipif(os.name != "posix", reason="rights of files are kept in modes on POSIX only")


@pytest.fixture(autouse=True)
def _generous_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "new" / "data"


def mode_of(path: Path) -> str:
    return f"{path.stat().st_mode & 0o777:o}"


def test_a_new_store_its_log_and_its_copy_are_for_the_owner_alone(directory: Path) -> None:
    store = Store.open(directory, station="S1", ballast_bytes=0)
    try:
        store.append([put(1)]).result()
        copy = store.backup(directory / "copy.db").result()
        files = [directory / "store.db", directory / "store.db-wal", directory / "store.db-shm", copy]
        assert [mode_of(each) for each in files] == ["600"] * 4
        assert mode_of(directory) == "700"
    finally:
        store.close()


def test_a_restored_store_is_for_the_owner_alone(directory: Path, tmp_path: Path) -> None:
    with_copy = Store.open(directory, station="S1", ballast_bytes=0)
    copy = with_copy.backup(tmp_path / "copy.db").result()
    with_copy.close()
    copy.chmod(0o644)
    restore(directory, copy, station="S1")
    assert mode_of(directory / "store.db") == "600"


def test_a_store_that_others_can_read_is_a_finding_and_its_next_opening_mends_it(directory: Path) -> None:
    Store.open(directory, station="S1", ballast_bytes=0).close()
    (directory / "store.db").chmod(0o644)
    assert [(each.is_ok, each.value) for each in examine(directory) if each.check == "private"] == [(False, "0644")]
    Store.open(directory, station="S1", ballast_bytes=0).close()
    assert [each.is_ok for each in examine(directory) if each.check == "private"] == [True]
