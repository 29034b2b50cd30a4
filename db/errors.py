"""What can go wrong with the store: a code and whose fault it is.

A refused write wrote nothing: every code below leaves the store as it was. The operator's sentences live in `ui/sentences/`.
"""

from __future__ import annotations

import errno
from collections.abc import Callable
from enum import Enum

from sqlalchemy.exc import DBAPIError

DISK_FULL = "D401"
BUSY = "D402"
CORRUPT = "D403"
SCHEMA_NEWER = "D404"
CHAIN_BROKEN = "D405"
IN_USE = "D406"
BAD_REQUEST = "D407"
OTHER_STATION = "D408"
UNREADABLE = "D409"
CLOSED = "D410"
ORDER_ENDED = "D411"
RESTORE_CUT = "D412"
SERIAL_TAKEN = "D413"
BACKUP_FAILED = "D421"
DISK_LOW = "D422"
DISK_NEARLY_FULL = "D423"
CHECK_FAILED = "D424"
RESULTS_FAILED = "D425"
SIGNING_FAILED = "D426"
RETENTION_FAILED = "D427"
LIST_FAILED = "D428"
UNWATCHED = "D429"
CLOCK_STEPPED = "D430"
FOLDER_FAILED = "O550"
BUG = "D499"
UNDO_REFUSED = "O404"
CEILING_REACHED = "O475"
PULL_FAILED = "O521"
TELLING_FAILED = "O596"

# SQLite's primary result codes (the low byte of an extended code), https://sqlite.org/rescode.html
_KNOWN_CODES = {
    5: BUSY,  # SQLITE_BUSY
    6: BUSY,  # SQLITE_LOCKED
    8: UNREADABLE,  # SQLITE_READONLY
    10: UNREADABLE,  # SQLITE_IOERR
    11: CORRUPT,  # SQLITE_CORRUPT
    13: DISK_FULL,  # SQLITE_FULL
    14: UNREADABLE,  # SQLITE_CANTOPEN
    26: CORRUPT,  # SQLITE_NOTADB
}
_SHORT_WRITE = 778  # SQLITE_IOERR_WRITE: what SQLite says of EFBIG, EDQUOT and some network file systems when there is no room
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class Kind(Enum):
    """Whose fault: KNOWN is the environment (disk, another process), BUG is this program's."""

    KNOWN = "known"
    BUG = "bug"


class StoreError(Exception):
    """The store did not do what was asked, and nothing of it was written. `about` is the order or serial that it refused."""

    def __init__(self, code: str, message: str, *, kind: Kind = Kind.KNOWN, about: str = "") -> None:
        super().__init__(f"{code} {message}")
        self.code = code
        self.message = message
        self.kind = kind
        self.about = about

    def __reduce__(self) -> tuple[Callable[[str, str, Kind, str], StoreError], tuple[str, str, Kind, str]]:
        return _remade, (self.code, self.message, self.kind, self.about)  # it may come from a child process


def _remade(code: str, message: str, kind: Kind, about: str) -> StoreError:
    return StoreError(code, message, kind=kind, about=about)


def classify(error: BaseException) -> StoreError:
    """Name an error of SQLite or of the file system. What nobody foresaw is a BUG and carries the original words."""
    if isinstance(error, StoreError):
        return error
    if isinstance(error, OSError):
        code = DISK_FULL if error.errno in _NO_ROOM else UNREADABLE
        return StoreError(code, str(error))
    original = error.orig if isinstance(error, DBAPIError) else error
    result = getattr(original, "sqlite_errorcode", None)
    if result == _SHORT_WRITE:
        return StoreError(DISK_FULL, str(original))
    if isinstance(result, int) and (result & 0xFF) in _KNOWN_CODES:
        return StoreError(_KNOWN_CODES[result & 0xFF], str(original))
    return StoreError(BUG, f"{type(original).__name__}: {original}", kind=Kind.BUG)
