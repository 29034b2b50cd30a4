"""A damaged store's files, copied so that they can be worked on: whatever is done here changes nothing of them."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path
from typing import Any

from db import schema, sqlite
from db.engine import APPLICATION_ID, reader_engine
from db.errors import classify
from db.page_reader import PAGE_BYTES
from db.private import make_private
from db.proof import page_findings, prove, verify_chain

log = logging.getLogger(__name__)

_MAGIC = b"SQLite format 3\0"


def copy_of(source: Path, target: Path) -> Path:
    """The file with its log. Not the shared memory beside it: SQLite makes that anew."""
    for suffix in ("", "-wal"):
        path, copy = source.with_name(source.name + suffix), target.with_name(target.name + suffix)
        if path.exists():
            make_private(copy)
            shutil.copyfile(path, copy)
    return target


def finish_log(copy: Path) -> bool:
    """Have SQLite move the log into the copy: it takes the committed part of it and looks at no page on the way. Where the head
    of the file is gone it gets a new one, for every store has the same. False: nothing came of the log."""
    wal = copy.with_name(copy.name + "-wal")
    had_log = wal.exists() and wal.stat().st_size > 0
    with copy.open("r+b") as file:
        if not file.read(18).startswith(_MAGIC + PAGE_BYTES.to_bytes(2)):
            file.seek(0)
            file.write(_header(max(1, -(-copy.stat().st_size // PAGE_BYTES))))
    raw: Any = sqlite.library().connect(str(copy))
    try:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    except sqlite.library().DatabaseError as error:
        log.info("what the log beside the store holds is lost: %s", error)
        return not had_log
    finally:
        raw.close()
    return True


def version_of(copy: Path) -> int:
    """Its schema; 0 where it cannot say."""
    raw: Any = sqlite.library().connect(str(copy))
    try:
        return int(raw.execute("PRAGMA user_version").fetchone()[0])
    except sqlite.library().DatabaseError:
        return 0
    finally:
        raw.close()


def is_whole(copy: Path, version: int) -> bool:
    """Whether a start would find nothing wrong, and the rest of the proof neither."""
    engine = reader_engine(copy)
    try:
        with engine.begin() as connection:
            if version == schema.SCHEMA_VERSION:
                prove(connection, full=True)
                return True
            return version > 0 and not page_findings(connection, full=True) and verify_chain(connection, full=True).is_ok
    except Exception as error:  # noqa: BLE001 - whatever a damaged file makes of the proof, it is not proven
        log.info("the store is not whole: %s", classify(error).message)
        return False
    finally:
        engine.dispose()


def _header(pages: int) -> bytes:
    """The first 100 bytes of a store (https://sqlite.org/fileformat2.html), as far as reading needs them."""
    head = bytearray(100)
    head[:24] = _MAGIC + PAGE_BYTES.to_bytes(2) + bytes((2, 2, 0, 64, 32, 32))
    numbers = {24: 1, 28: pages, 40: 1, 44: 4, 52: 1, 56: 1, 60: schema.SCHEMA_VERSION, 64: 1, 68: APPLICATION_ID, 92: 1}
    for place, number in numbers.items():
        head[place : place + 4] = number.to_bytes(4)
    return bytes(head)
