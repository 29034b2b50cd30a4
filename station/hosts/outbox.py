"""Results out: every file of results lies in the host's folder until the host has acknowledged it.

What is told follows from the station's own result files (`station.results`), so that a file which is sent again has the same name
and the same rows, each with the key it had. The acknowledgement is an event. Blocking; on a thread of its own.
"""

from __future__ import annotations

import csv
import io
import json
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from db.durable import write_shared
from station.hosts.acks import Acks, AckStore, ResultFiles
from station.hosts.folder import Folder
from station.imports.xml_rows import as_xml
from station.result_row import COLUMNS, ResultRow, as_csv, as_json

logger = logging.getLogger(__name__)

ACK = ".ack"

Write = Callable[[Sequence[ResultRow]], bytes | None]  # None: of these rows the dialect has nothing to tell


@dataclass(slots=True, kw_only=True)
class Outbox:
    """One folder's way out. `all_of`: the names of all folders that have one; a file is done when all of them have it."""

    folder: Folder
    results: ResultFiles
    store: AckStore
    write: Write
    suffix: str
    all_of: tuple[str, ...] = ()
    monotonic: Callable[[], float] = time.monotonic
    _acks: Acks = field(init=False)
    _sent_s: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._acks = Acks(self.folder.name, self.store, self.results, self.all_of or (self.folder.name,))

    def deliver(self) -> tuple[Path, ...]:
        """Take the host's acknowledgements, then write what it does not have; what was written. Raises OSError, StoreError,
        ResultError."""
        if self.folder.out is None:
            return ()
        self.folder.make()
        self._acks.begin()
        written: list[Path] = []
        for source in self.results.exported():
            target = self.folder.out / f"{source.stem}{self.suffix}"
            if self._is_acknowledged(source, target):
                self._settle(source, target)
            elif not target.exists() and self._is_due(source):
                written += self._send(source, target)
        return tuple(written)

    def _is_acknowledged(self, source: Path, target: Path) -> bool:
        if self._acks.has(source):
            return True
        if not any(mark.exists() for mark in marks_of(target)):
            return False
        self._acks.say(source)
        return True

    def _settle(self, source: Path, target: Path) -> None:
        """The mark goes last: a crash between is mended at the next turn."""
        target.unlink(missing_ok=True)
        for mark in marks_of(target):
            mark.unlink(missing_ok=True)
        self._sent_s.pop(source.name, None)
        self._acks.settle(source)

    def _is_due(self, source: Path) -> bool:
        """A file that the host took away without its mark comes again, but not before the host had time to set the mark."""
        sent_s = self._sent_s.get(source.name)
        return sent_s is None or self.monotonic() - sent_s >= self.folder.resend_s

    def _send(self, source: Path, target: Path) -> tuple[Path, ...]:
        content = self.write(read_rows(source))
        if content is None:
            self._acks.say(source)
            return ()
        write_shared(target, content)
        if source.name in self._sent_s:
            logger.warning("%s was taken without an acknowledgement and is sent again", target.name)
        self._sent_s[source.name] = self.monotonic()
        return (target,)


def marks_of(target: Path) -> tuple[Path, Path]:
    """X.csv.ack and X.ack"""
    return target.with_name(target.name + ACK), target.with_suffix(ACK)


def read_rows(path: Path) -> list[ResultRow]:
    """The rows of one of our own result files. Raises OSError."""
    text = path.read_text(encoding="utf-8")
    listed = json.loads(text) if path.suffix == ".json" else csv.DictReader(io.StringIO(text, newline=""))
    return [ResultRow(**{name: each.get(name) or "" for name in COLUMNS}) for each in listed]


def rows_as_xml(rows: Sequence[ResultRow]) -> bytes:
    """The same columns as in CSV and JSON."""
    return as_xml("results", "row", [{name: getattr(each, name) for name in COLUMNS} for each in rows])


WRITERS: dict[str, Write] = {"csv": as_csv, "json": as_json, "xml": rows_as_xml}
