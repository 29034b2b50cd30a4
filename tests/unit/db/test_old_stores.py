"""Stores that older releases really made are brought up to date: nothing of the record changes, and nothing guards it less."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from db import schema
from db.engine import reader_engine
from db.library import Library
from db.store import Store

STORES = Path(__file__).parents[2] / "vectors" / "stores"
VERSIONS = (1, 4)
# what the program that made the file said: place, item, quantity
STOCK = {
    1: {("C1", 7, "A", 31), ("C2", 7, "B", 47), ("C1", 8, "A", -6), ("C1", 8, "C", 12)},
    4: {("C1", 7, "A", 31), ("C2", 7, "B", 47), ("C1", 8, "A", -6)},
}
EVENTS = {1: 62, 4: 65}
TRIGGERS = {"event_is_never_changed", "event_is_never_deleted"}


@pytest.fixture(params=VERSIONS)
def version(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def home(tmp_path: Path, version: int) -> Path:
    (tmp_path / "store.db").write_bytes(gzip.decompress((STORES / f"schema-{version}.db.gz").read_bytes()))
    return tmp_path


def rows_of(path: Path, statement: str) -> list[tuple[object, ...]]:
    engine = reader_engine(path)
    with engine.begin() as connection:
        found = [tuple(row) for row in connection.exec_driver_sql(statement)]
    engine.dispose()
    return found


@pytest.fixture
def upgraded(home: Path) -> Iterator[Library]:
    Store.open(home, station="S1", ballast_bytes=0).close()
    with closing(Store.open_reader(home)) as reader:
        yield reader


def test_the_log_is_byte_for_byte_what_it_was(home: Path, version: int) -> None:
    log = "SELECT n, station, epoch, seq, id, body, prev, hash FROM event ORDER BY n"
    before = rows_of(home / "store.db", log)
    with closing(Store.open(home, station="S1", ballast_bytes=0)) as store:
        assert store.verify().is_ok
    assert len(before) == EVENTS[version]
    assert rows_of(home / "store.db", log) == before


def test_stock_orders_and_people_are_what_the_old_program_said(upgraded: Library, version: int) -> None:
    stock = {(each.place.compartment, each.place.tray, each.key.item, each.quantity) for each in upgraded.stock()}
    assert stock == STOCK[version]
    assert upgraded.stock_matches_log()
    assert [(each.order, each.state.value) for each in upgraded.open_orders()] == [
        ("O1", "started"),
        ("O2", "released"),
        ("O3", "released"),
    ]
    assert {(each.name, each.is_active) for each in upgraded.people()} == {("Åse Lund", True), ("Mara", False)}
    assert upgraded.was_clean()


def test_what_later_tables_hold_is_made_from_the_old_log(upgraded: Library, version: int) -> None:
    assert sum(each.cycles for each in upgraded.wear("VLM1").in_log) == 11
    assert [each.reason for each in upgraded.outages("VLM1")] == (["bent divider"] if version == 4 else [])
    assert len(upgraded.zero_checks("VLM1")) == (1 if version == 4 else 0)


def test_the_guards_of_the_log_are_there(upgraded: Library, home: Path) -> None:
    triggers = {row[0] for row in rows_of(home / "store.db", "SELECT name FROM sqlite_master WHERE type = 'trigger'")}
    assert triggers >= TRIGGERS
    engine = reader_engine(home / "store.db")
    with engine.begin() as connection:
        schema.check_fingerprint(connection)
        assert connection.exec_driver_sql("PRAGMA user_version").scalar() == schema.SCHEMA_VERSION
    engine.dispose()


def test_the_store_as_it_was_is_kept_once(home: Path, version: int) -> None:
    Store.open(home, station="S1", ballast_bytes=0).close()
    kept = home / f"before-upgrade-{version}.db"
    assert rows_of(kept, "PRAGMA user_version") == [(version,)]
    assert len(rows_of(kept, "SELECT n FROM event")) == EVENTS[version]
    files = {path.name: path.stat().st_mtime_ns for path in home.glob("before-*")}
    with closing(Store.open(home, station="S1", ballast_bytes=0)) as again:
        assert len(again.events(limit=None)) == EVENTS[version], "a second start has nothing to do"
    assert {path.name: path.stat().st_mtime_ns for path in home.glob("before-*")} == files
