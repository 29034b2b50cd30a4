"""Files for their owner alone: the store holds names and PIN verifiers, its copies and the results hold the same facts."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

FOLDER_MODE = 0o700
FILE_MODE = 0o600
OTHERS = 0o077


def make_private(path: Path) -> None:
    """Create the file empty, or take the rights of others away from the one that is there; whatever the umask. Raises OSError.

    A file of another user's stays as it is: only its owner may change that, and the doctor says so.
    """
    os.close(os.open(path, os.O_CREAT | os.O_WRONLY, FILE_MODE))
    with suppress(PermissionError):
        path.chmod(FILE_MODE)


def is_private(path: Path) -> bool:
    """Whether nobody but the owner can open it. Windows keeps such rights elsewhere: always true there."""
    return os.name != "posix" or not path.stat().st_mode & OTHERS
