"""Copies of the store, and going back to one.

Never copy the file itself: its newest transactions are in the WAL beside it. A copy is made by SQLite's backup interface, proven,
flushed to the disk and only then given its name. Going back begins a new epoch: sequence numbers of the old one that the copy
does not have may be known elsewhere and are never used again.
"""

from __future__ import annotations

import shutil
from datetime import UTC
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from db import sqlite
from db.durable import put_in_place
from db.engine import reader_engine, writer_engine
from db.envelope import Clock, Envelope, app_version, boot_id, utc_now
from db.errors import CORRUPT, StoreError, classify
from db.lock import StoreLock
from db.log import EventLog
from db.private import FOLDER_MODE, make_private
from db.proof import prove
from db.queries import events
from db.rows import EventRow

STORE_FILE = "store.db"
KEPT = 24  # hourly copies: a day
_SUFFIXES = ("", "-wal", "-shm")


def copy_file(engine: Engine, target: Path) -> None:
    """Copy the engine's store to `target` by the backup interface; durable when this returns, or not there at all."""
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    make_private(part)
    copy: Any = sqlite.library().connect(str(part))
    try:
        with engine.connect() as connection:
            raw: Any = connection.connection.dbapi_connection
            raw.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, complete in itself
        findings = [row[0] for row in copy.execute("PRAGMA quick_check")]
    finally:
        copy.close()
    if findings != ["ok"]:
        raise StoreError(CORRUPT, "; ".join(findings[:3]))
    put_in_place(part, target)


def backup_name(clock: Clock = utc_now) -> str:
    """A file name that sorts by time."""
    return f"store-{clock().astimezone(UTC):%Y%m%dT%H%M%SZ}.db"


def rotate(folder: Path, *, keep: int = KEPT) -> tuple[Path, ...]:
    """Remove the oldest copies beyond `keep`. Returns the removed ones."""
    surplus = sorted(folder.glob("store-*Z.db"))[:-keep]
    for each in surplus:
        each.unlink()
    return tuple(surplus)


def restore(directory: Path, source: Path, *, station: str = "", clock: Clock = utc_now, operator: str = "") -> EventRow:
    """Put a copy in the place of the store; the store that was there is moved into a folder beside it, never deleted.

    Refused with D406 while a station runs, and when the copy is damaged, broken, another station's (D408) or a newer program's.
    With `station` "" the copy is put back whosever it is, and its record goes on under the name that it has.
    Returns the event that opened the new epoch.
    """
    directory.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    lock = StoreLock.take(directory)
    try:
        part = directory / (STORE_FILE + ".part")
        make_private(part)
        shutil.copyfile(source, part)
        _prove_copy(part)
        opened = _open_epoch(part, station=station, clock=clock, operator=operator)
        _set_aside(directory, backup_name(clock).removesuffix(".db").replace("store", "replaced"))
        put_in_place(part, directory / STORE_FILE)
    except (OSError, StoreError) as error:
        raise classify(error) from error
    finally:
        _remove(directory / (STORE_FILE + ".part"))
        lock.release()
    return opened


def _prove_copy(path: Path) -> None:
    engine = reader_engine(path)
    try:
        with engine.begin() as connection:
            prove(connection, full=True)
    except Exception as error:
        raise classify(error) from error
    finally:
        engine.dispose()


def _open_epoch(path: Path, *, station: str, clock: Clock, operator: str) -> EventRow:
    engine = writer_engine(path)
    try:
        with engine.begin() as connection:
            name = station or events.station(connection)
            event_log = EventLog(Envelope(station=name, boot=boot_id(), app=app_version()), clock)
            event_log.load(connection)
            (opened,) = event_log.open_epoch(connection, why="restored", operator=operator)
    finally:
        engine.dispose()  # the last connection: its close moves the WAL into the file
    return opened


def _set_aside(directory: Path, name: str) -> None:
    if not (directory / STORE_FILE).exists():
        return
    folder = directory / name
    folder.mkdir()
    for suffix in _SUFFIXES:
        part = directory / (STORE_FILE + suffix)
        if part.exists():
            part.rename(folder / part.name)


def _remove(path: Path) -> None:
    for suffix in _SUFFIXES:
        path.with_name(path.name + suffix).unlink(missing_ok=True)
