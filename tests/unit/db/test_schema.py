from __future__ import annotations

from pathlib import Path

import pytest

from db import schema
from db.engine import writer_engine
from db.envelope import Envelope, utc_now
from db.errors import StoreError
from db.log import EventLog
from db.store import Store

from .made import picked


def test_a_new_store_has_the_golden_fingerprint(tmp_path: Path) -> None:
    engine = writer_engine(tmp_path / "x.db")
    schema.migrate(engine)
    with engine.connect() as connection:
        assert schema.fingerprint(connection) == schema.golden_fingerprint()
        assert connection.exec_driver_sql("PRAGMA user_version").scalar() == schema.SCHEMA_VERSION
    engine.dispose()


def test_alembic_makes_the_same_store_from_nothing(tmp_path: Path) -> None:
    engine = writer_engine(tmp_path / "x.db")
    schema.upgrade(engine)  # checks the fingerprint itself
    with engine.connect() as connection:
        assert schema.fingerprint(connection) == schema.golden_fingerprint()
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == schema.SCRIPTS[-1][:4]
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    engine.dispose()


def test_a_store_of_the_first_schema_is_brought_up_to_date_with_its_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = writer_engine(tmp_path / "store.db")
    with monkeypatch.context() as past:
        past.setattr(schema, "SCRIPTS", schema.SCRIPTS[:1])
        past.setattr(schema, "SCHEMA_VERSION", 1)
        schema.migrate(engine)
    log = EventLog(Envelope(station="S1", boot="b", app="0.0.1"), utc_now)
    with engine.begin() as connection:
        log.load(connection)
        log.open_epoch(connection, why="created")
        key = "machine, tray, compartment, item, lot, serial, owner, status"
        connection.exec_driver_sql(f"CREATE TEMP TABLE now_count_held ({key}, moved)")  # this program's, for the writing alone
        connection.exec_driver_sql("CREATE TEMP TABLE now_tray_moves (machine, tray, moves, PRIMARY KEY (machine, tray))")
        rows = log.append(connection, [picked(1)])  # what this program writes beside a put, the first schema has no table for
        connection.exec_driver_sql("DELETE FROM now_stock")  # the old program read its log in another way
    engine.dispose()
    store = Store.open(tmp_path, station="S1", ballast_bytes=0)
    try:
        assert [(each.seq, each.body, each.hash) for each in store.events()][1:] == [(r.seq, r.body, r.hash) for r in rows]
        assert store.verify().is_ok
        assert store.stock_matches_log()
        assert store.zero_checks("VLM1") == ()
        assert store.outages("VLM1") == ()
        assert store.wear("VLM1").in_log == ()
    finally:
        store.close()
    assert (tmp_path / "before-upgrade-1.db").exists()


def test_the_tables_in_the_program_are_those_in_the_file(store: Store) -> None:
    with store._readers.connect() as connection:
        for table in schema.metadata.tables.values():
            found = {row[1] for row in connection.exec_driver_sql(f"PRAGMA table_xinfo({table.name})")}
            assert found == {column.name for column in table.columns}, table.name
        named = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
    assert {each for each in named if not each.startswith("sqlite_")} - {"alembic_version"} == set(schema.metadata.tables)


def test_all_tables_are_strict(store: Store) -> None:
    with store._readers.connect() as connection:
        rows = connection.exec_driver_sql("SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'")
        loose = {name for name, strict in rows if not strict}
    assert loose <= {"alembic_version", "sqlite_schema", "sqlite_sequence"}


def test_a_store_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    Store.open(tmp_path, station="S1", ballast_bytes=0).close()
    engine = writer_engine(tmp_path / "store.db")
    with engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA user_version = 99")
        connection.exec_driver_sql("PRAGMA application_id = 99")  # nothing older works on it
    engine.dispose()
    with pytest.raises(StoreError, match="D404"):
        Store.open(tmp_path, station="S1", ballast_bytes=0)


def test_a_store_that_lost_a_trigger_is_refused(tmp_path: Path) -> None:
    Store.open(tmp_path, station="S1", ballast_bytes=0).close()
    engine = writer_engine(tmp_path / "store.db")
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER event_is_never_deleted")
    engine.dispose()
    with pytest.raises(StoreError, match="D403"):
        Store.open(tmp_path, station="S1", ballast_bytes=0)
