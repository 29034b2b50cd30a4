"""Writes single values into a settings file and leaves everything else in it as it is: comments, order, other keys.

The text is edited line by line and then read again: it must say what it said before, with the changes and nothing else. A file
that does not (a table written on one line, a value over several lines) is left alone.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

Value = str | int | float
_HEAD: Final = re.compile(r"\s*(?P<open>\[\[?)\s*(?P<name>[A-Za-z_]+)\s*\]\]?\s*(#.*)?$")


@dataclass(frozen=True, slots=True)
class Change:
    """One value. In a section of which there may be several (`[[scanner]]`) the first is meant."""

    section: str
    key: str
    value: Value
    is_one_of_several: bool = False


class SettingsTornError(Exception):
    """The file is written in a way that cannot be changed line by line, or is no TOML."""


def edited(text: str, changes: Sequence[Change]) -> str:
    """The text with these values. Raises SettingsTornError; nothing was written anywhere."""
    wanted = _with(_parsed(text), changes)
    lines = text.splitlines()
    for change in changes:
        _put(lines, change)
    made = "\n".join(lines).rstrip("\n") + "\n"
    if _parsed(made) != wanted:
        raise SettingsTornError("the settings cannot be changed line by line")
    return made


def written(value: Value) -> str:
    """A value as TOML has it."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else str(value)


def _parsed(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsTornError(str(error)) from error


def _with(body: dict[str, Any], changes: Sequence[Change]) -> dict[str, Any]:
    for change in changes:
        usual: Any = [{}] if change.is_one_of_several else {}
        section = body.setdefault(change.section, usual)
        kept = section[0] if change.is_one_of_several and isinstance(section, list) and section else section
        if not isinstance(kept, dict):
            raise SettingsTornError(f"[{change.section}] is no section")
        kept[change.key] = change.value
    return body


def _put(lines: list[str], change: Change) -> None:
    said = f"{change.key} = {written(change.value)}"
    start = _find_head(lines, change)
    if start is None:
        brackets = ("[[", "]]") if change.is_one_of_several else ("[", "]")
        lines += [*([""] if lines and lines[-1].strip() else []), change.section.join(brackets), said]
        return
    end = next((place for place in range(start, len(lines)) if _HEAD.match(lines[place])), len(lines))
    for place in range(start, end):
        if re.match(rf"\s*{re.escape(change.key)}\s*=", lines[place]):
            lines[place] = said
            return
    while end > start and _is_beside(lines[end - 1]):
        end -= 1  # behind the last value: blank lines and remarks before the next section are that section's
    lines.insert(end, said)


def _find_head(lines: Sequence[str], change: Change) -> int | None:
    """The line behind the section's head."""
    opening = "[[" if change.is_one_of_several else "["
    for place, line in enumerate(lines):
        found = _HEAD.match(line)
        if found is not None and found["name"] == change.section and found["open"] == opening:
            return place + 1
    return None


def _is_beside(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("#")
