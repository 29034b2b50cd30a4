"""Which SQLite this program uses: one library per process, gated at start-up.

SQLite 3.7.0 to 3.51.2 have the WAL-reset race, which can corrupt a file that two connections write or checkpoint at once. It is
fixed in 3.51.3 and in the back-ports 3.50.7 and 3.44.6. Never open one file with two SQLite libraries in one process: closing
by one drops the other's locks.
"""

from __future__ import annotations

import logging
from types import ModuleType

log = logging.getLogger(__name__)

_FIXED_FROM = (3, 51, 3)
_BACK_PORTS = {(3, 50): 7, (3, 44): 6}


def has_wal_reset_fix(version: tuple[int, ...]) -> bool:
    """Whether a SQLite of this version is free of the WAL-reset race."""
    if version >= _FIXED_FROM:
        return True
    patch = _BACK_PORTS.get((version[0], version[1]))
    return patch is not None and version[2] >= patch


def load() -> ModuleType:
    """The DB-API module to use. Says WARNING, once for each store opened, when it is not a fixed one; one writer that alone
    checkpoints keeps the race from being met, so an unfixed library is allowed."""
    module = library()
    if not has_wal_reset_fix(module.sqlite_version_info):
        log.warning("SQLite %s lacks the WAL-reset fix; install pysqlite3 >= 0.6.1", module.sqlite_version)
    return module


def library() -> ModuleType:
    try:
        from pysqlite3 import dbapi2  # type: ignore[import-untyped]
    except ImportError:
        import sqlite3

        return sqlite3
    bundled: ModuleType = dbapi2
    return bundled
