from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from db.engine import PRAGMAS, READER_PRAGMAS, WRITER_PRAGMAS, reader_engine, writer_engine
from db.errors import StoreError


@pytest.mark.parametrize(("name", "value"), (PRAGMAS | WRITER_PRAGMAS | {"journal_mode": "wal", "page_size": 4096}).items())
def test_the_writer_has_its_settings(tmp_path: Path, name: str, value: object) -> None:
    engine = writer_engine(tmp_path / "x.db")
    with engine.connect() as connection:
        found = connection.exec_driver_sql(f"PRAGMA {name}").scalar()
    engine.dispose()
    assert found == value


@pytest.mark.parametrize(("name", "value"), (PRAGMAS | READER_PRAGMAS).items())
def test_a_reader_has_its_settings(tmp_path: Path, name: str, value: object) -> None:
    writer = writer_engine(tmp_path / "x.db")
    writer.connect().close()
    reader = reader_engine(tmp_path / "x.db")
    with reader.connect() as connection:
        found = connection.exec_driver_sql(f"PRAGMA {name}").scalar()
    reader.dispose()
    writer.dispose()
    assert found == value


def test_a_setting_that_sqlite_does_not_take_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(WRITER_PRAGMAS, "no_such_setting", 1)
    engine = writer_engine(tmp_path / "x.db")
    with pytest.raises(StoreError, match="no_such_setting"):
        engine.connect()
    engine.dispose()


def test_ddl_is_undone_with_its_transaction(tmp_path: Path) -> None:
    engine = writer_engine(tmp_path / "x.db")
    with engine.connect() as connection:
        connection.exec_driver_sql("CREATE TABLE a (b)")
        connection.rollback()
        assert connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar() == 0
    engine.dispose()


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    writer = writer_engine(tmp_path / "x.db")
    with writer.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE a (b)")
    reader = reader_engine(tmp_path / "x.db")
    with pytest.raises(DBAPIError, match="readonly"), reader.begin() as connection:
        connection.exec_driver_sql("INSERT INTO a VALUES (1)")
    reader.dispose()
    writer.dispose()


def test_reading_a_store_that_is_not_there_makes_none(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="D409"):
        reader_engine(tmp_path / "x.db")
    assert list(tmp_path.iterdir()) == []
