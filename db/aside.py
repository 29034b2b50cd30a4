"""The store that a restore or a salvage replaces: kept beside the new one, in a folder of its own, whatever happens meanwhile.

A store whose log SQLite could finish is one file. It gets a second name in the folder, and loses its first one only when the new
file takes it: there is always a store. One that is damaged, or that somebody reads, is several files that belong together and is
moved; a start in that gap is refused (`left_behind`), because it would make an empty store. Call these under the store's lock.
"""

from __future__ import annotations

import logging
import os
import shutil
from contextlib import closing
from pathlib import Path

from db.durable import flush_folder, put_in_place
from db.engine import writer_engine
from db.errors import Kind, classify
from db.private import FOLDER_MODE, make_private

log = logging.getLogger(__name__)

FOLDERS = "replaced-"
PART = ".part"
SUFFIXES = ("", "-wal", "-shm")


def set_aside(store: Path, stamp: str, *, as_it_is: bool = False) -> None:
    """Keep the store in a folder beside it. `as_it_is`: nothing is written to it, not even its own log. Raises OSError."""
    if not store.exists():
        return
    if not as_it_is:
        _finish_log(store)
    half = _free_folder(store, stamp)  # whole under its own name, or not there
    half.mkdir(mode=FOLDER_MODE)
    if any(path.exists() for path in _logs(store)):
        _move(store, half)
    else:
        _name_again(store, half / store.name)
    flush_folder(half)
    half.rename(half.with_suffix(""))
    flush_folder(store.parent)


def _free_folder(store: Path, stamp: str) -> Path:
    """The name of a new folder's first half; twice in one second there is one already."""
    names = (FOLDERS + stamp + more for more in ("", *(f"-{number}" for number in range(2, 100))))
    name = next(each for each in names if not store.with_name(each).exists())
    return store.with_name(name + PART)


def tidy(store: Path) -> None:
    """Bring to an end what a killed restore or salvage left: drafts go, a store that was set aside stays. Raises OSError."""
    remove_draft(store)
    remove_scratch(store)
    for folder in sorted(store.parent.glob(FOLDERS + "*")):
        kept, draft = folder / store.name, folder / (store.name + PART)
        draft.unlink(missing_ok=True)
        if kept.exists() and store.exists() and kept.samefile(store):
            kept.unlink()  # only a second name of the store, which was not replaced after all
        elif kept.exists() and folder.suffix == PART and not store.exists():
            _move(store, folder)  # its log was still to follow
        if not any(folder.iterdir()):
            folder.rmdir()
        elif folder.suffix == PART:
            folder.rename(folder.with_suffix(""))


def left_behind(store: Path) -> tuple[str, ...]:
    """What shows that a restore or a salvage was killed while no file had the store's name; nothing where there is a store."""
    if store.exists():
        return ()
    folder = store.parent
    found = {path.name for pattern in ("*" + PART, FOLDERS + "*") for path in folder.glob(pattern)}
    return tuple(sorted(found))


def draft_of(store: Path) -> Path:
    """Where the file is made that is to replace the store."""
    return store.with_name(store.name + PART)


def remove_draft(store: Path) -> None:
    """Take the draft away, with what SQLite keeps beside it."""
    for path in (draft_of(store), *_logs(draft_of(store))):
        path.unlink(missing_ok=True)


def scratch_of(store: Path) -> Path:
    """Where a salvage works on copies."""
    return store.with_name("salvage" + PART)


def remove_scratch(store: Path) -> None:
    """Take away what a salvage worked on."""
    if scratch_of(store).exists():
        shutil.rmtree(scratch_of(store))


def _logs(store: Path) -> tuple[Path, ...]:
    return tuple(store.with_name(store.name + suffix) for suffix in SUFFIXES[1:])


def _finish_log(store: Path) -> None:
    """Let SQLite move the log into the file; the last one to close takes the log away. What cannot be finished stays as it is."""
    engine = writer_engine(store)
    try:
        with engine.connect() as connection, closing(connection.connection.cursor()) as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except Exception as error:
        failure = classify(error)
        if failure.kind is Kind.BUG:
            raise
        log.info("the store is set aside as it is: %s", failure.message)
    finally:
        engine.dispose()


def _move(store: Path, folder: Path) -> None:
    """The file first: a log without its file is nothing that a start could take for a store."""
    for path in (store, *_logs(store)):
        if path.exists():
            path.rename(folder / path.name)


def _name_again(store: Path, kept: Path) -> None:
    try:
        os.link(store, kept)
    except OSError:  # a file system without links
        draft = draft_of(kept)
        make_private(draft)
        shutil.copyfile(store, draft)
        put_in_place(draft, kept)
