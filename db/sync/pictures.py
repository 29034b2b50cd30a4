"""Pictures of items as files: whole under their name, or not there."""

from __future__ import annotations

import base64
import binascii
import hashlib
from pathlib import Path
from typing import Any

from db.durable import write_whole
from db.private import FOLDER_MODE

MAX_BYTES = 2 * 1024 * 1024


def is_name(name: str) -> bool:
    """Whether this is the name of a file in one folder, on every system: what comes from the network never leaves the folder."""
    return bool(name) and not name.startswith(".") and not set(name) & set('/\\:*?"<>|\0') and Path(name).name == name


def picture_body(folder: Path | None, name: str) -> dict[str, object] | None:
    """The picture as a document's body; None when there is no such file, or one that nobody shows at a bay."""
    path = None if folder is None or not is_name(name) else folder / name
    if path is None or not path.is_file() or path.stat().st_size > MAX_BYTES:
        return None
    return {"name": name, "base64": base64.b64encode(path.read_bytes()).decode("ascii")}


def put_picture(folder: Path, name: str, body: Any) -> str:
    """Write the file, or take it away (`body` None). "" or why not."""
    if not is_name(name):
        return "unreadable"
    if body is None:
        (folder / name).unlink(missing_ok=True)
        return ""
    try:
        content = base64.b64decode(body["base64"], validate=True)
    except (binascii.Error, ValueError, TypeError, KeyError):
        return "unreadable"
    if len(content) > MAX_BYTES:
        return "too_large"
    folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    path = folder / name
    if not path.exists() or _digest(path.read_bytes()) != _digest(content):
        write_whole(path, content)
    return ""


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()
