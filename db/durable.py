"""Files that are whole under their name, or not there: written under another name, flushed to the disk, then renamed."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from db.private import make_private


def write_whole(path: Path, content: bytes) -> None:
    """Write a private file so that nobody ever reads half of it. Durable when this returns; raises OSError."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")  # nobody else's, whoever writes the same name
    try:
        make_private(draft)
        draft.write_bytes(content)
        put_in_place(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def write_shared(path: Path, content: bytes) -> None:
    """As `write_whole`, for a folder of somebody else's: who may read it is told by that folder and the umask. Raises OSError."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        draft.write_bytes(content)
        put_in_place(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def put_in_place(draft: Path, path: Path) -> None:
    """Give a finished draft its name, in place of what has that name now. Durable when this returns; raises OSError."""
    flush(draft)
    os.replace(draft, path)
    flush_folder(path.parent)


def flush(path: Path) -> None:
    """Put a file's content on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Make what was renamed in a folder durable; Windows has no such call and needs none."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
