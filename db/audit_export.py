"""Taking the record out: the events of a selection as files that somebody else can prove, under the station's signature.

A selection leaves events out, and without their bodies nobody can compute the chain through them. So the hashes of all events
go along: each exported event is tied to its place among them, and the signature of the manifest vouches for the rest
(docs/audit.md).
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO

from sqlalchemy import Connection

from db.audit import audit
from db.envelope import app_version, moment_text
from db.export_proof import CHAIN_FILE, EVENTS_FILE, MANIFEST_FILE, SIGNATURE_FILE
from db.queries import events
from db.rows.audit import AuditReport
from db.rows.events import EventRow
from db.seals import manifest_text
from db.station_key import StationKey

ALWAYS = frozenset({"epoch_opened", "key_made", "checkpoint"})  # what the proof itself needs
_PERSONS = ("person", "from_person", "to_person", "second", "done_by")
_TELL_EVERY = 20_000

Facts = Mapping[str, Any]
Take = Callable[[EventRow, Facts], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which events are meant. What is None or empty asks nothing. `person` is who did it or whom it is about; `until` is the
    first moment that is too late."""

    since: datetime | None = None
    until: datetime | None = None
    after_seq: int = 0
    kinds: tuple[str, ...] = ()
    machine: str = ""
    tray: int | None = None
    order: str = ""
    item: str = ""
    person: str = ""
    lot: str = ""
    serial: str = ""
    reason: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left out."""
        return self == Selection()

    def wants(self, row: EventRow, data: Facts) -> bool:
        """Whether this event is meant."""
        if (self.since and row.at < self.since) or (self.until and row.at >= self.until) or row.seq <= self.after_seq:
            return False
        if self.kinds and row.kind not in self.kinds:
            return False
        if self.person and self.person not in (row.operator, *map(data.get, _PERSONS)):
            return False
        if self.reason and self.reason not in (data.get("reason"), data.get("why")):
            return False
        asked = {"machine": self.machine, "tray": self.tray, "order": self.order, "item": self.item}
        asked |= {"lot": self.lot, "serial": self.serial}
        return all(value in (None, "") or data.get(name) == value for name, value in asked.items())

    def as_filters(self) -> dict[str, object]:
        """What was asked, as the manifest tells it."""
        moments = {"from": self.since, "to": self.until}
        filters: dict[str, object] = {name: moment_text(at) for name, at in moments.items() if at}
        others = {"after": self.after_seq, "kinds": list(self.kinds), "machine": self.machine, "tray": self.tray}
        others |= {"order": self.order, "item": self.item, "person": self.person}
        others |= {"lot": self.lot, "serial": self.serial, "reason": self.reason}
        return filters | {name: value for name, value in others.items() if value not in (None, "", [], 0)}


@dataclass(slots=True)
class Exporter:
    """Writes events and chain into a folder, and gives each event that is meant to `take`."""

    folder: Path
    selection: Selection
    take: Take
    events: int = 0  # lines in the file
    kinds: Counter[str] = field(default_factory=Counter)  # of those that were asked for
    first: EventRow | None = None
    last: EventRow | None = None
    total: int = 0  # events of the record
    told: Callable[[int, int], None] | None = None  # how far the export is: the proof is its first half

    def write(self, rows: Any) -> None:
        """All events, in the order of the log. Raises OSError."""
        is_whole = self.selection.is_whole
        with self._file(EVENTS_FILE) as lines:
            if is_whole:
                self._write_events(rows, lines, None)
                return
            with self._file(CHAIN_FILE) as chain:
                self._write_events(rows, lines, chain)

    def _file(self, name: str) -> TextIO:
        return (self.folder / name).open("x", encoding="utf-8", newline="\n")

    def _write_events(self, rows: Any, lines: TextIO, chain: TextIO | None) -> None:
        for number, row in enumerate(rows):
            if self.told is not None and number % _TELL_EVERY == 0:
                self.told(self.total + number, 2 * self.total)
            if chain is not None:
                chain.write(json.dumps([row.epoch, row.seq, row.hash]) + "\n")
            data: Facts = json.loads(row.body)["data"]
            is_wanted = self.selection.wants(row, data)
            if is_wanted:
                self.kinds[row.kind] += 1
                self.first, self.last = self.first or row, row
                self.take(row, data)
            if is_wanted or row.kind in ALWAYS:
                self.events += 1
                lines.write(json.dumps(line_of(row), ensure_ascii=False) + "\n")


def export_events(connection: Connection, exporter: Exporter) -> AuditReport:
    """All events of one moment to the exporter; the answer is what the record proves at that moment."""
    exporter.total, tell = connection.exec_driver_sql("SELECT coalesce(max(n), 0) FROM event").scalar_one(), exporter.told
    report = audit(connection, told=None if tell is None else lambda done: tell(done, 2 * exporter.total))
    exporter.write(events.all_events(connection))
    return report


def line_of(row: EventRow) -> dict[str, object]:
    """An event as the files have it, and as `baylight events --json` prints it."""
    return {
        "id": row.id,
        "station": row.station,
        "epoch": row.epoch,
        "seq": row.seq,
        "kind": row.kind,
        "at": row.at.isoformat(),
        "operator": row.operator,
        "body": row.body,
        "prev": row.prev,
        "hash": row.hash,
    }


def write_manifest(exporter: Exporter, report: AuditReport, key: StationKey, *, at: datetime) -> None:
    """Name all files of the folder with their digests, and sign that. The last thing of an export. Raises OSError."""
    folder = exporter.folder
    files = {each.name: _digest(each) for each in sorted(folder.iterdir())}
    body = {
        "what": "baylight audit export",
        "version": 1,
        "program": app_version(),
        "station": report.station,
        "made_at": moment_text(at),
        "filters": exporter.selection.as_filters(),
        "is_whole": exporter.selection.is_whole,
        "first": _place(exporter.first),
        "last": _place(exporter.last),
        "head": {"epoch": report.epoch, "seq": report.seq, "hash": report.head},
        "events": exporter.events,
        "counts": dict(sorted(exporter.kinds.items())),
        "verified": {"is_ok": report.is_ok, "problems": [f"{each.seq or ''} {each.problem}".strip() for each in report.flaws]},
        "key_id": key.key_id,
        "public_key": key.public_key,
        "files": files,
    }
    raw = json.dumps(body, ensure_ascii=False, indent=1).encode("utf-8")
    (folder / MANIFEST_FILE).write_bytes(raw)
    (folder / SIGNATURE_FILE).write_text(key.sign(manifest_text(raw)) + "\n", encoding="ascii")


def _place(row: EventRow | None) -> dict[str, object] | None:
    return None if row is None else {"epoch": row.epoch, "seq": row.seq, "at": moment_text(row.at)}


def _digest(path: Path) -> dict[str, object]:
    sha = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            sha.update(piece)
    return {"sha256": sha.hexdigest(), "bytes": path.stat().st_size}
