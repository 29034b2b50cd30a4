"""Results out: files for the host, each row once, each file until it is acknowledged.

A file is written whole under another name and renamed, then its event is appended. A crash between the two leaves a file without
an event: the next export finds it, writes the same bytes again (they follow from the log) and appends the event, so that no row
is lost or sent in two files. The log tells where to go on; there is no second memory. Blocking; runs on a reader thread.
"""

from __future__ import annotations

import json
import logging
import os
import re
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import groupby, islice
from pathlib import Path
from typing import Any, Protocol

from db.durable import write_whole
from db.records.files import ResultAcknowledged, ResultExported
from db.records.record import Record
from station.result_gate import ResultGate
from station.result_row import RESULT_KINDS, ResultError, ResultRow, as_csv, as_json, row_of
from station.undone import standing, undone_by
from station.values import EventRow, Item, Order

logger = logging.getLogger(__name__)

MAX_ROWS = 5000  # of one file; more follow in the next
PIECE_EVENTS = 1000  # read at a time: some 50 ms in a log of a million events, and it is then looked whether to stop
LAST_TURN_S = 0.5  # at the program's end; what was not written by then is written after the next start
RECENT_FILES = 100  # among so many last files the one with the last row is found
STORE_TIMEOUT_S = 60.0
_WRITERS = {"csv": as_csv, "json": as_json}
_MOVED = ("picked", "put", "line_closed")


class ResultStore(Protocol):
    """What results need of the store."""

    def item(self, code: str) -> Item | None: ...

    def order(self, order: str) -> Order | None: ...

    def events(
        self,
        *,
        kinds: Collection[str] | None = None,
        after_seq: int = 0,
        epoch: str = "",
        order: str | None = None,
        limit: int | None = None,
        newest_first: bool = False,
    ) -> tuple[EventRow, ...]: ...

    def append(self, records: Sequence[Record], *, operator: str = "", role: str = "") -> Future[tuple[EventRow, ...]]: ...


class _OverError(Exception):
    """The export is to end now."""


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """A file that is written and in the log."""

    path: Path
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """The results of one station. `directory` holds `out` (to be fetched by the host) and `done` (acknowledged).

    One for all threads of a process: what the log says was exported is read and added to under its lock.
    """

    store: ResultStore
    directory: Path
    station: str
    form: str = "csv"  # or json
    gate: ResultGate = field(default_factory=ResultGate)  # held by the running station while a booking can be undone
    monotonic: Callable[[], float] = time.monotonic
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False, compare=False)
    _strays: set[str] = field(default_factory=set, init=False, repr=False, compare=False)  # marks that were logged
    _is_ending: threading.Event = field(default_factory=threading.Event, init=False, repr=False, compare=False)

    @property
    def out(self) -> Path:
        return self.directory / "out"

    @property
    def done(self) -> Path:
        return self.directory / "done"

    def export(self, *, form: str = "") -> tuple[ExportedFile, ...]:
        """Write all results that are in no file yet; nothing to tell writes no file. After `stop` it ends at once, without the
        file that it was reading for. Raises OSError, ResultError, StoreError."""
        with self._lock:
            return self._export(form or self.form, self._is_ending.is_set)

    def stop(self) -> None:
        """Let the export that is under way end: the program ends. Any thread."""
        self._is_ending.set()

    def finish(self) -> tuple[ExportedFile, ...]:
        """The last turn of a program: an export, as far as LAST_TURN_S goes. Raises as `export` does."""
        with self._lock:
            until_s = self.monotonic() + LAST_TURN_S
            return self._export(self.form, lambda: self.monotonic() >= until_s)

    def _export(self, form: str, is_over: Callable[[], bool]) -> tuple[ExportedFile, ...]:
        self.out.mkdir(parents=True, exist_ok=True)
        self.done.mkdir(parents=True, exist_ok=True)
        written: list[ExportedFile] = []
        with suppress(_OverError):
            for _, rows in groupby(self._pending(is_over), key=lambda each: each[0]):
                while pending := list(islice(rows, MAX_ROWS)):
                    written += self._write(pending, form)
        return tuple(written)

    def _write(self, pending: Sequence[tuple[str, ResultRow]], form: str) -> Iterator[ExportedFile]:
        while pending:
            exported, used = self._write_some(pending, form)
            yield exported
            pending = pending[used:]

    def exported(self) -> tuple[Path, ...]:
        """The files in `out` that the log knows, oldest first. Raises OSError, StoreError."""
        with self._lock:
            if not self.out.is_dir():
                return ()
            there = {each.name for each in self.out.iterdir() if each.suffix[1:] in _WRITERS}
            names = self._in_log_newest_first(RECENT_FILES) if there else {}
            if there - names.keys():
                names = self._in_log_newest_first(None)
            return tuple(self.out / name for name in reversed(names) if name in there)

    def _in_log_newest_first(self, limit: int | None) -> dict[str, None]:
        told = self.store.events(kinds=("result_exported",), newest_first=True, limit=limit)
        return dict.fromkeys(_data(each)["file"] for each in told)

    def acknowledge(self, file: str) -> Path:
        """The host has this file: say so in the log and move it to `done`. Raises ResultError unknown_file."""
        with self._lock:
            return self._acknowledge(Path(file).name)

    def _acknowledge(self, name: str) -> Path:
        if not (self.out / name).is_file() and not (self.done / name).is_file():
            raise ResultError("unknown_file", name)
        if not self._is_in_log("result_acknowledged", name):
            if not self._is_in_log("result_exported", name):
                raise ResultError("unknown_file", name)
            self.store.append([ResultAcknowledged(file=name)]).result(STORE_TIMEOUT_S)
        if (self.out / name).is_file():
            os.replace(self.out / name, self.done / name)
        return self.done / name

    def collect_acknowledged(self) -> tuple[Path, ...]:
        """Acknowledge every file that has an `.ack` file beside it (X.csv.ack or X.ack). A mark without its file stays, and so
        does one of a file that is not ours, which is logged once. No mark stops another; OSError is raised after the last one."""
        with self._lock:
            return self._collect_acknowledged()

    def _collect_acknowledged(self) -> tuple[Path, ...]:
        moved: list[Path] = []
        failures: list[OSError] = []
        marks = sorted(self.out.glob("*.ack"))
        self._strays.intersection_update(mark.name for mark in marks)
        for mark in marks:
            try:
                moved += self._take_mark(mark)
            except ResultError:
                self._say_stray(mark)
            except OSError as error:
                failures.append(error)
        if failures:
            raise failures[0]
        return tuple(moved)

    def _take_mark(self, mark: Path) -> tuple[Path, ...]:
        for name in (mark.stem, f"{mark.stem}.csv", f"{mark.stem}.json"):
            if (self.out / name).is_file() or (self.done / name).is_file():
                moved = self._acknowledge(name)
                mark.unlink()
                return (moved,)
        return ()

    def _say_stray(self, mark: Path) -> None:
        if mark.name not in self._strays:
            logger.warning("%s marks no file of results of this station; it is left where it is", mark.name)
        self._strays.add(mark.name)

    # --- what ResultNames asks

    def item(self, code: str) -> Item | None:
        return self.store.item(code)

    def order(self, order: str) -> Order | None:
        return self.store.order(order)

    def movements(self, order: str, line: str, *, before: str) -> Sequence[Mapping[str, Any]]:
        events = self.store.events(kinds=_MOVED, order=order, limit=None)
        facts = standing(each for each in events if each.id < before)  # ids are UUIDv7 of one writer: they sort like the log
        moved = (_data(each) for each in facts if each.kind != "line_closed")
        return [each for each in moved if each["line"] == line]

    def closings(self, order: str, *, through: str) -> Sequence[Mapping[str, Any]]:
        events = self.store.events(kinds=("line_closed",), order=order, limit=None)
        return [_data(each) for each in events if each.id <= through]

    # --- inside

    def _pending(self, is_over: Callable[[], bool]) -> Iterator[tuple[str, ResultRow]]:
        """Rows that no exported file holds, each with its epoch. Raises _OverError as soon as it is over: fewer rows than there
        are might be fewer than a file holds whose event is missing, and would be written beside it."""
        through = self._exported_through()
        while events := self._piece(through):
            undone = self._undone(through)
            for event in events:
                if is_over():
                    raise _OverError
                row = row_of(event, self) if event.id not in undone else None
                if row is not None:
                    yield event.epoch, row
            through = {"after_seq": events[-1].seq, "epoch": events[-1].epoch}

    def _piece(self, through: Mapping[str, Any]) -> tuple[EventRow, ...]:
        """The next events that may leave. What can still be undone is read again at another turn."""
        while True:
            turn = self.gate.turn
            events = self.store.events(kinds=RESULT_KINDS, limit=PIECE_EVENTS, **through)
            free = self.gate.free(events, turn=turn)
            if free is not None:
                return free

    def _undone(self, through: Mapping[str, Any]) -> frozenset[str]:
        """Read after what may leave: of that nothing can be undone any more, so all that was is in the log by now."""
        return undone_by(self.store.events(kinds=("booking_undone",), limit=None, **through))

    def _exported_through(self) -> dict[str, Any]:
        """The last row that is in a file, as `events` wants it. Not simply that of the last file: versions before the lock may
        have written a file of earlier rows after one of later rows."""
        recent = self.store.events(kinds=("result_exported",), newest_first=True, limit=RECENT_FILES)
        ends = [(data.get("epoch") or each.epoch, data["through_seq"]) for each in recent for data in (_data(each),)]
        if not ends:
            return {}
        began = [each.epoch for each in self.store.events(kinds=("epoch_opened",), limit=None)]
        epoch, seq = max(ends, key=lambda end: (began.index(end[0]), end[1]))
        return {"after_seq": seq, "epoch": epoch}

    def _write_some(self, pending: Sequence[tuple[str, ResultRow]], form: str) -> tuple[ExportedFile, int]:
        """One file with the first of the pending rows; says how many it holds."""
        epoch = pending[0][0]
        found = self._orphan(pending)
        used = found[1] if found else min(len(pending), MAX_ROWS)
        rows = [row for _, row in pending[:used]]
        path = found[0] if found else self.out / f"{self._stem(epoch)}-{rows[0].seq}-{rows[-1].seq}.{form}"
        write_whole(path, _WRITERS[path.suffix[1:]](rows))
        record = ResultExported(file=path.name, rows=used, from_seq=int(rows[0].seq), through_seq=int(rows[-1].seq), epoch=epoch)
        self.store.append([record]).result(STORE_TIMEOUT_S)
        return ExportedFile(path, used), used

    def _orphan(self, pending: Sequence[tuple[str, ResultRow]]) -> tuple[Path, int] | None:
        """The file of an export that ended before its event, and how many of the pending rows it holds."""
        epoch, first = pending[0]
        pattern = re.compile(re.escape(f"{self._stem(epoch)}-{first.seq}-") + r"([0-9]+)\.(csv|json)")
        lengths = {row.seq: no for no, (_, row) in enumerate(pending, start=1)}
        for path in sorted(self.out.iterdir()):
            match = pattern.fullmatch(path.name)
            if match and match[1] in lengths:
                return path, lengths[match[1]]
        return None

    def _stem(self, epoch: str) -> str:
        # Seqs begin again in a new epoch (after a restore): without its mark two files could have one name.
        return f"{self.station}-{epoch[-8:]}"

    def _is_in_log(self, kind: str, name: str) -> bool:
        return any(_data(each)["file"] == name for each in self.store.events(kinds=(kind,), newest_first=True, limit=None))


def _data(event: EventRow) -> Mapping[str, Any]:
    data: Mapping[str, Any] = json.loads(event.body)["data"]
    return data
