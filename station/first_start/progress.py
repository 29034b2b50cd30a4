"""How far the first start came, in one file of the data directory; and what it writes beside it. No secret is in it.

Each step is written in an order that a power cut may break anywhere: first what the settings will name (a password's file, a
scanner's form), then the settings, then how far it came. What was cut off is asked once more.
"""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path
from typing import Final

from station.first_start.draft import STEPS, Draft, Step, changes_of
from station.first_start.settings_edit import edited

FILE: Final = "first_start.json"
PASSWORD_FILE: Final = "site.password"
_OWNER, _GROUP = 0o600, 0o640


def done_of(directory: Path) -> Step | None:
    """The last finished step, None where none is, or nothing can be read."""
    try:
        return Step(json.loads((directory / FILE).read_text(encoding="utf-8"))["done"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def is_begun(directory: Path) -> bool:
    """Whether a first start is under way here, or came to its end."""
    return done_of(directory) is not None


def is_over(directory: Path) -> bool:
    return done_of(directory) is STEPS[-1]


def begin_again(directory: Path) -> None:
    """Ask everything once more. Raises OSError."""
    (directory / FILE).unlink(missing_ok=True)


def keep_step(step: Step, draft: Draft, *, directory: Path, config: Path, password: str = "") -> None:
    """Write what a finished step says: durable when this returns. Raises OSError and SettingsTornError; the step is then not
    finished, and the settings are the old ones or the new ones, never half of them."""
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    named = ""
    if step is Step.SITE and draft.has_site and password:
        named = str((directory / PASSWORD_FILE).absolute())
        write_file(Path(named), f"*:*:*:*:{_escaped(password)}\n", mode=_OWNER)
    if changes := changes_of(step, draft, password_file=named):
        before = config.read_text(encoding="utf-8-sig") if config.exists() else ""
        mode = config.stat().st_mode & 0o777 if config.exists() else _GROUP
        write_file(config, edited(before, changes), mode=mode)
    note(step, directory)


def note(step: Step, directory: Path) -> None:
    """This step is finished. Raises OSError."""
    write_file(directory / FILE, json.dumps({"done": step.value}) + "\n", mode=_OWNER)


def write_file(path: Path, text: str, *, mode: int) -> None:
    """Whole under its name, or not there; never for a moment readable by more than `mode` says. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER), "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.chmod(mode)
        os.replace(draft, path)
        _flush_folder(path.parent)
    finally:
        draft.unlink(missing_ok=True)


def _flush_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _escaped(password: str) -> str:
    """As a line of libpq's password file wants it."""
    return password.replace("\\", "\\\\").replace(":", "\\:")
