"""Files in: taken one by one out of the inbox into the archive, each with what became of it in the log.

A file is the station's from one rename on, under a name that no other file has. A crash anywhere after it is mended at the next
turn by what the log says of that name, so that a file goes in once: a stock file that went in twice would undo
what was booked between. Blocking; runs on a thread of its own, because the folder may lie on a share that hangs.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from db.durable import write_shared
from db.records.files import HostFile
from db.records.record import Record
from station.hosts.closed import Closed, marker_of
from station.hosts.folder import Folder
from station.hosts.reconciling import ReconcileError
from station.imports import ImportReport, ImportStore, import_file
from station.imports.reject import reject_path
from station.imports.run import Read
from station.values import EventRow

Compare = Callable[[Path], tuple[int, int, bytes]]  # how many rows, how many of them differ, the answer

logger = logging.getLogger(__name__)

STORE_TIMEOUT_S = 60.0
TAKEN, PARTLY, FAILED = "taken", "partly_refused", "failed"
INTERRUPTED = "interrupted"
RECONCILE = "reconcile"
NOT_NOW = frozenset({"unreadable", "reject_file_not_written"})  # the share's fault, not the file's: tried again
RECENT = 200  # events of a kind that are looked at for a file that a crash left


class InboxStore(ImportStore, Protocol):
    """What the inbox needs of the store."""

    def append(self, records: Sequence[Record], *, operator: str = "", role: str = "") -> Future[tuple[EventRow, ...]]: ...


@dataclass(slots=True, kw_only=True)
class Inbox:
    """One folder's way in. `read` is its dialect, None for the formats of docs/hosts.md."""

    folder: Folder
    store: InboxStore
    utc: Callable[[], datetime]
    read: Read | None = None
    compare: Compare | None = None  # for files of the host's stock, named reconcile...
    monotonic: Callable[[], float] = time.monotonic
    _closed: Closed = field(init=False)

    def __post_init__(self) -> None:
        self._closed = Closed(self.folder, self.monotonic)

    def look(self) -> tuple[HostFile, ...]:
        """Take all files that are finished; what became of each. Raises OSError, StoreError."""
        self.folder.make()
        return (*self._left_over(), *self._new())

    def _new(self) -> Iterator[HostFile]:
        for path in self._closed.finished(self.folder.files()):
            work = self.folder.work / self._unique(path)
            os.replace(path, work)
            marker_of(path).unlink(missing_ok=True)
            yield self._take(work, path.name)

    def _unique(self, path: Path) -> str:
        """orders.csv -> orders.20260504T080000123456Z.csv"""
        return f"{path.stem}.{self.utc():%Y%m%dT%H%M%S%f}Z{path.suffix}"

    def _take(self, work: Path, name: str) -> HostFile:
        if self.compare is not None and name.lower().startswith(RECONCILE):
            return self._end(work, self._compared(work, name, self.compare))
        report = import_file(work, self.store, read=self.read)
        if any(each.reason in NOT_NOW for each in report.errors):
            raise OSError(f"{name} of folder {self.folder.name}: {report.errors[0].reason} {report.errors[0].value}")
        return self._end(work, host_file(self.folder, name, work.name, report))

    def _compared(self, work: Path, name: str, compare: Compare) -> HostFile:
        """The answer lies where results do, under the file's name."""
        sha256 = hashlib.sha256(work.read_bytes()).hexdigest()
        common = {"folder": self.folder.name, "file": name, "taken_as": work.name, "sha256": sha256, "what": RECONCILE}
        try:
            rows, different, answer = compare(work)
        except ReconcileError as error:
            return HostFile(**common, fate=FAILED, rows=0, rejected=1, reason=error.errors[0].reason)
        home = self.folder.out or self.folder.rejects
        write_shared(home / f"{work.stem}.answer.json", answer)
        return HostFile(**common, fate=TAKEN, rows=rows, rejected=0, reason="different" if different else "")

    def _left_over(self) -> Iterator[HostFile]:
        """What a crash left: finished, taken now, or set aside, as the log says how far it came."""
        for work in sorted(each for each in self.folder.work.iterdir() if Folder.is_ours(each) and not _is_reject(each)):
            name = original_name(work.name)
            if (told := self._told("host_file", "taken_as", work.name)) is not None:
                self._put_away(work, told["fate"])
            elif (imported := self._told("imported", "file", work.name)) is not None:
                yield self._end(work, self._from_log(work, name, imported))
            elif (begun := self._told("import_begun", "file", work.name)) is not None and begun["what"] == "stock":
                yield self._end(work, self._cut_off(work, name, begun))
            else:
                yield self._take(work, name)

    def _from_log(self, work: Path, name: str, imported: dict[str, Any]) -> HostFile:
        rejected = int(imported["rejected"])
        return HostFile(
            folder=self.folder.name,
            file=name,
            taken_as=work.name,
            fate=PARTLY if rejected else TAKEN,
            sha256=imported["sha256"],
            what=imported["what"],
            rows=int(imported["rows"]),
            rejected=rejected,
            reject_file=reject_path(work).name if rejected else "",
        )

    def _cut_off(self, work: Path, name: str, begun: dict[str, Any]) -> HostFile:
        """A part of the stock is in, and was booked on since: once more it would undo that."""
        return HostFile(
            folder=self.folder.name,
            file=name,
            taken_as=work.name,
            fate=FAILED,
            sha256=begun["sha256"],
            what="stock",
            rows=0,
            rejected=int(begun["rows"]),
            reason=INTERRUPTED,
        )

    def _told(self, kind: str, key: str, value: str) -> dict[str, Any] | None:
        """What the newest event of this kind says of the file; None when there is none."""
        for event in self.store.events(kinds=(kind,), limit=RECENT, newest_first=True):
            data: dict[str, Any] = json.loads(event.body)["data"]
            if data[key] == value:
                return data
        return None

    def _end(self, work: Path, told: HostFile) -> HostFile:
        self.store.append([told]).result(STORE_TIMEOUT_S)
        logger.info("%s of folder %s: %s, %d rows in, %d refused", told.file, told.folder, told.fate, told.rows, told.rejected)
        self._put_away(work, told.fate)
        return told

    def _put_away(self, work: Path, fate: str) -> None:
        """The rejects first: the file itself is what a crash here is found by."""
        rejects = reject_path(work)
        if rejects.exists():
            _move(rejects, self.folder.rejects / rejects.name)
        _move(work, (self.folder.rejects if fate == FAILED else self.folder.archive) / work.name)


def host_file(folder: Folder, name: str, taken_as: str, report: ImportReport) -> HostFile:
    """What became of a file, from the report of its import."""
    failed = not report.what
    first = next((each.reason for each in report.errors), "") if failed else ""
    return HostFile(
        folder=folder.name,
        file=name,
        taken_as=taken_as,
        fate=FAILED if failed else PARTLY if report.rejected else TAKEN,
        sha256=report.sha256,
        what=report.what,
        rows=report.rows,
        rejected=report.rejected,
        reject_file=Path(report.reject_file).name,
        reason=first,
    )


def original_name(taken_as: str) -> str:
    """orders.20260504T080000123456Z.csv -> orders.csv"""
    stem, _, suffix = taken_as.rpartition(".")
    return f"{stem.rpartition('.')[0]}.{suffix}"


def _is_reject(path: Path) -> bool:
    return path.stem.endswith(".reject")


def _move(source: Path, target: Path) -> None:
    """To another disk, too; there under another name first, so that nobody finds half of it."""
    try:
        os.replace(source, target)
    except OSError:
        draft = target.with_name(f".{target.name}.part")
        shutil.copyfile(source, draft)
        os.replace(draft, target)
        source.unlink()
