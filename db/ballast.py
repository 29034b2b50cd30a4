"""Room kept for the day the disk is full: then SQLite can neither commit nor checkpoint, and only freed space helps."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

BALLAST_FILE = "ballast"
BALLAST_BYTES = 64 * 1024 * 1024
LEAST_ROOM_BYTES = 1024 * 1024
_BLOCK = bytes(1024 * 1024)


class Ballast:
    """A file of real blocks beside the store. `size_bytes` 0 keeps none."""

    def __init__(self, directory: Path, *, size_bytes: int) -> None:
        self._path = directory / BALLAST_FILE
        self._size = size_bytes

    @property
    def is_there(self) -> bool:
        """Whether all of it is on the disk."""
        return self._size == 0 or (self._path.exists() and self._path.stat().st_size == self._size)

    @property
    def has_room_beside(self) -> bool:
        """Whether the disk has room for bookings beside the ballast: a sixteenth of it, and never less than a mebibyte."""
        return shutil.disk_usage(self._path.parent).free >= max(LEAST_ROOM_BYTES, self._size // 16)

    def take_on(self) -> None:
        """Allocate it, where it is not there yet. Raises OSError, leaving no part of it, when the disk has no room."""
        if self.is_there:
            return
        try:
            with self._path.open("wb") as file:
                self._fill(file.fileno())
        except OSError:
            self.drop()
            raise

    def drop(self) -> None:
        """Give the room back."""
        self._path.unlink(missing_ok=True)

    def _fill(self, handle: int) -> None:
        if hasattr(os, "posix_fallocate"):
            os.posix_fallocate(handle, 0, self._size)
            return
        left = self._size
        while left > 0:
            left -= os.write(handle, _BLOCK[:left])
        os.fsync(handle)
