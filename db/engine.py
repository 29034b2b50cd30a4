"""SQLAlchemy engines for one store file, built on call: one that writes, one that only reads.

The driver's own transactions are switched off (`isolation_level=None`) because they start none for SELECT, DDL and SAVEPOINT; the
`begin` event starts ours: IMMEDIATE for the writer, since a deferred one that writes later fails at once instead of waiting.
Every pragma is set and asserted on every connection: SQLite ignores those it does not know without a word.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from db import sqlite
from db.errors import BUG, UNREADABLE, Kind, StoreError
from db.private import make_private

APPLICATION_ID = 0x42614C67  # "BaLg": what `file` and a reader of the header see
BUSY_TIMEOUT_MS = 5000
JOURNAL_SIZE_LIMIT = 64 * 1024 * 1024
READERS = 4  # one of them may be copying the store

PRAGMAS: dict[str, int | str] = {
    "foreign_keys": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "synchronous": 2,  # FULL: NORMAL loses acknowledged commits in a power cut
    "busy_timeout": BUSY_TIMEOUT_MS,
}
WRITER_PRAGMAS: dict[str, int | str] = {
    "wal_autocheckpoint": 1000,  # pages
    "journal_size_limit": JOURNAL_SIZE_LIMIT,
    "secure_delete": 1,  # an erased name leaves no bytes behind
    "recursive_triggers": 1,  # else REPLACE would delete an event without firing its trigger
}
READER_PRAGMAS: dict[str, int | str] = {
    "wal_autocheckpoint": 0,
    "cache_size": -512,  # KiB for each of several connections; what they read lies in the system's cache too
}


def writer_engine(path: Path) -> Engine:
    """The one writing engine of this process: one connection, BEGIN IMMEDIATE. Creates the file when it is not there."""
    module = sqlite.load()

    def connect() -> Any:
        make_private(path)  # SQLite gives its WAL the rights of the file
        connection = _connect(module, path, mode="rwc")
        _prepare_file(connection)
        _set(connection, PRAGMAS | WRITER_PRAGMAS)
        return connection

    return _engine(module, connect, pool_size=1, begin="BEGIN IMMEDIATE")


def reader_engine(path: Path) -> Engine:
    """A read-only engine (`mode=ro`; never query_only or immutable, which would hide or break a running writer's WAL)."""
    module = sqlite.load()
    if not path.exists():
        raise StoreError(UNREADABLE, f"there is no store at {path}")

    def connect() -> Any:
        connection = _connect(module, path, mode="ro")
        _set(connection, PRAGMAS | READER_PRAGMAS)
        return connection

    return _engine(module, connect, pool_size=READERS, begin="BEGIN")


def _connect(module: ModuleType, path: Path, *, mode: str) -> Any:
    uri = f"{path.resolve().as_uri()}?mode={mode}"
    return module.connect(uri, uri=True, isolation_level=None, check_same_thread=False, timeout=BUSY_TIMEOUT_MS / 1000)


def _engine(module: ModuleType, connect: Callable[[], Any], *, pool_size: int, begin: str) -> Engine:
    engine = create_engine(
        "sqlite://", module=module, creator=connect, poolclass=QueuePool, pool_size=pool_size, max_overflow=0, pool_timeout=30
    )

    @event.listens_for(engine, "begin")
    def start_transaction(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _prepare_file(connection: Any) -> None:
    """What a file gets once, before its first table; an existing file keeps what it has."""
    if connection.execute("PRAGMA page_count").fetchone()[0] == 0:
        connection.execute("PRAGMA page_size = 4096")
        connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
    if mode != "wal":
        raise StoreError(UNREADABLE, f"this file system does not allow SQLite's WAL (journal mode is {mode})")


def _set(connection: Any, pragmas: dict[str, int | str]) -> None:
    for name, value in pragmas.items():
        connection.execute(f"PRAGMA {name} = {value}").fetchall()
        found = connection.execute(f"PRAGMA {name}").fetchone()
        if found is None or found[0] != value:
            raise StoreError(BUG, f"SQLite did not take PRAGMA {name} = {value} (it is {found})", kind=Kind.BUG)
