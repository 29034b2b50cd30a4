"""Whether the host has finished writing a file. Nothing is read half-written.

A file that is renamed into the folder is whole at once; one that is written in place is not, and nobody tells. So a file is taken
when its size and time are those of the look before, and when its end is there: the last line's end of a CSV, the last bracket of
a JSON, the root's end of an XML. A file without its end is waited for, until it has not changed for PATIENCE_S: then it is taken
as it is, and what is wrong with it is said. With markers nothing is guessed: the host writes NAME.ready when NAME is finished.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from station.hosts.folder import READY, Folder
from station.imports.table import JSON, XML, form_of
from station.imports.xml_rows import XmlError, parse

PATIENCE_S = 60.0

Look = tuple[int, int]


def marker_of(path: Path) -> Path:
    """orders.csv -> orders.csv.ready"""
    return path.with_name(path.name + READY)


@dataclass(slots=True)
class Closed:
    """Remembers the looks at the files of one folder."""

    folder: Folder
    monotonic: Callable[[], float]
    _seen: dict[str, tuple[Look, float]] = field(default_factory=dict)

    def finished(self, paths: list[Path]) -> list[Path]:
        """Those that are whole. Raises OSError."""
        if self.folder.needs_marker:
            return [each for each in paths if marker_of(each).exists()]
        names = {each.name for each in paths}
        self._seen = {name: seen for name, seen in self._seen.items() if name in names}
        return [each for each in paths if self._is_still(each)]

    def _is_still(self, path: Path) -> bool:
        state = path.stat()
        look, now_s = (state.st_size, state.st_mtime_ns), self.monotonic()
        before, since_s = self._seen.get(path.name, ((-1, 0), now_s))
        if look != before:
            self._seen[path.name] = look, now_s
            return False
        return has_end(path.read_bytes(), form_of(path)) or now_s - since_s >= PATIENCE_S


def has_end(content: bytes, form: str) -> bool:
    """Whether what closes a file of this form is there."""
    try:
        if form == XML:
            parse(content, encoding="windows-1252" if not content.startswith(b"\xef\xbb\xbf") else None)
        elif form == JSON:
            json.loads(content.decode("utf-8-sig", "replace"))
        else:
            return content.endswith((b"\n", b"\r"))
    except (XmlError, ValueError, RecursionError):
        return False
    return True
