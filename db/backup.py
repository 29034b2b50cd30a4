"""Copies of the store, and going back to one.

Never copy the file itself: its newest transactions are in the WAL beside it. A copy is made by SQLite's backup interface, proven,
flushed to the disk and only then given its name. Going back begins a new epoch: sequence numbers of the old one that the copy
does not have may be known elsewhere and are never used again.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from db import aside, sqlite
from db.durable import put_in_place
from db.engine import reader_engine, writer_engine
from db.envelope import Clock, Envelope, app_version, boot_id, utc_now
from db.errors import CORRUPT, StoreError, classify
from db.lock import StoreLock
from db.log import EventLog
from db.private import FOLDER_MODE, make_private
from db.proof import prove
from db.queries import events
from db.rows.events import EventRow

STORE_FILE = "store.db"
KEPT = 24  # hourly copies: a day
COPIES = "store-[0-9]*T[0-9]*Z.db"
COPIES_FOLDER = "backups"


def copy_file(engine: Engine, target: Path) -> None:
    """Copy the engine's store to `target` by the backup interface; durable when this returns, or not there at all.

    All pages in one step: they are of one moment, and beside a writer a copy in several steps would begin again at each write.
    """
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
    return f"store-{stamp(clock)}.db"


def stamp(clock: Clock) -> str:
    """Now, as names of files have it: they sort by time."""
    return f"{clock().astimezone(UTC):%Y%m%dT%H%M%SZ}"


def newest_copy(folders: Iterable[Path]) -> Path | None:
    """The newest of the hourly copies in these folders."""
    found = [path for folder in folders for path in folder.glob(COPIES)]
    return max(found, key=lambda path: path.name, default=None)


def made_at(copy: Path) -> datetime:
    """When an hourly copy was made, by its name."""
    return datetime.strptime(copy.name, "store-%Y%m%dT%H%M%SZ.db").replace(tzinfo=UTC)


def rotate(folder: Path, *, keep: int = KEPT) -> tuple[Path, ...]:
    """Remove the oldest copies beyond `keep`, and what was left of copies that were cut off. Returns the removed copies."""
    for part in folder.glob("store-*Z.db.part*"):
        part.unlink()
    surplus = sorted(folder.glob(COPIES))[:-keep]
    for each in surplus:
        each.unlink()
    return tuple(surplus)


def restore(directory: Path, source: Path, *, station: str = "", clock: Clock = utc_now, operator: str = "") -> EventRow:
    """Put a copy in the place of the store; the store that was there is kept in a folder beside it, never deleted. Killed at any
    moment this leaves the one or the other, or nothing that the next start takes for a store (D412): then restore again.

    Refused with D406 while a station runs, and when the copy is damaged, broken, another station's (D408) or a newer program's.
    With `station` "" the copy is put back whosever it is, and its record goes on under the name that it has.
    Returns the event that opened the new epoch.
    """
    directory.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    lock = StoreLock.take(directory)
    store = directory / STORE_FILE
    try:
        aside.tidy(store)
        part = aside.draft_of(store)
        make_private(part)
        shutil.copyfile(source, part)
        _prove_copy(part)
        opened = _open_epoch(part, station=station, clock=clock, operator=operator)
        aside.set_aside(store, stamp(clock))
        put_in_place(part, store)
    except (OSError, StoreError) as error:
        raise classify(error) from error
    finally:
        aside.remove_draft(store)
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
