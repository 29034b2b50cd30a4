"""The lock of a data directory: one station writes, everybody else is told who does."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import BinaryIO

from db.errors import IN_USE, StoreError

LOCK_FILE = "station.lock"


class StoreLock:
    """Held from `take` to `release`, and released by the system when the process dies. The file itself stays."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    @classmethod
    def take(cls, directory: Path) -> StoreLock:
        """Take the lock of this directory. Raises StoreError IN_USE naming the process that holds it."""
        path = directory / LOCK_FILE
        file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b")
        try:
            _lock(file)
        except OSError as error:
            file.close()
            raise StoreError(IN_USE, f"{directory} is in use by process {holder(directory) or 'unknown'}") from error
        file.seek(0)
        file.truncate()
        file.write(f" {os.getpid()}\n".encode("ascii"))
        file.flush()
        return cls(file)

    def release(self) -> None:
        """Give the directory back."""
        self._file.close()


def holder(directory: Path) -> int | None:
    """The process id written by the last holder, whether it still lives or not."""
    try:
        digits = (directory / LOCK_FILE).read_bytes()[1:].strip()
    except OSError:
        return None
    return int(digits) if digits.isdigit() else None


def is_held(directory: Path) -> bool:
    """Whether some process (this one too) holds the lock now. Only looks: a start at this moment is in nobody's way."""
    path = directory / LOCK_FILE
    if not path.exists():
        return False
    with path.open("rb") as file:
        return _is_locked(file)


if sys.platform == "win32":
    import msvcrt

    def _lock(file: BinaryIO) -> None:
        """Lock the first byte, which holds nothing: Windows forbids others to read a locked range."""
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

    def _is_locked(file: BinaryIO) -> bool:
        """Reading the byte is what the lock forbids."""
        try:
            file.read(1)
        except OSError:
            return True
        return False
elif sys.platform == "linux":
    import fcntl
    import struct

    # struct flock: type, whence, start, length, pid (0 for a lock of the open file). Such a lock belongs to the open file and not
    # to the process, so that closing another handle frees nothing; and unlike flock it can be asked about without being taken.
    _FLOCK = "hhqqi"

    def _lock(file: BinaryIO) -> None:
        fcntl.fcntl(file, fcntl.F_OFD_SETLK, struct.pack(_FLOCK, fcntl.F_WRLCK, os.SEEK_SET, 0, 1, 0))

    def _is_locked(file: BinaryIO) -> bool:
        asked = struct.pack(_FLOCK, fcntl.F_WRLCK, os.SEEK_SET, 0, 1, 0)
        found: int = struct.unpack(_FLOCK, fcntl.fcntl(file, fcntl.F_OFD_GETLK, asked))[0]
        return found != fcntl.F_UNLCK
else:
    import fcntl

    def _lock(file: BinaryIO) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _is_locked(file: BinaryIO) -> bool:
        """Elsewhere a lock can only be tried; a start in this very moment is refused."""
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return True
        return False
