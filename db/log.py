"""The event log's writing end: gives every record its place in the chain and brings the projections along."""

from __future__ import annotations

import dataclasses
import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from db.completion import completed
from db.envelope import Clock, Envelope, facts, moment_text
from db.errors import CHAIN_BROKEN, OTHER_STATION, StoreError
from db.projections.event import Happened
from db.projections.fold import apply
from db.projections.stock import book_of
from db.queries.printing import next_copy
from db.queries.trays import visit_of
from db.records.people import SignedOff
from db.records.program import EpochOpened
from db.records.record import Record
from db.rows.events import EventRow
from db.uuid7 import Uuid7, later
from db.verifier import ZERO, Link, Verifier, link_hash

_INSERT = "INSERT INTO event (station, epoch, seq, id, body, prev, hash) VALUES (?, ?, ?, ?, ?, ?, ?)"
_HIGHEST_COMMAND = """
SELECT max(
    coalesce((SELECT max(last_command) FROM now_bay), 0),
    coalesce((SELECT CAST(value AS INTEGER) FROM now_meta WHERE key = 'commands_after'), 0)
)
"""
_FENCE = 'SELECT fence FROM site_lease WHERE "order" = ?'
_LAST = "SELECT station, epoch, seq, id, hash FROM event ORDER BY n DESC LIMIT 1"

COMMANDS_LOST = 1_000_000  # more than a machine does in the time between a copy and going back to it


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain: the next event goes after it. seq 0 means that its epoch has no event yet."""

    epoch: str
    seq: int
    hash: bytes
    ids: Uuid7


def new_epoch() -> str:
    """A name for an epoch."""
    return str(uuid.uuid4())


class EventLog:
    """The head of the chain, moved on by `append`. Owned by the writer thread; `head` is put back when a transaction fails."""

    def __init__(self, envelope: Envelope, clock: Clock) -> None:
        self._envelope = envelope
        self._clock = clock
        self.head = Head(epoch="", seq=0, hash=ZERO, ids=Uuid7())
        self.has_shift_ended = False  # since the last checkpoint; `db.sealing` takes it back

    @property
    def station(self) -> str:
        """Whose record it is."""
        return self._envelope.station

    def load(self, connection: Connection) -> None:
        """Take up the chain where the file ends. Raises StoreError when the file belongs to another station."""
        last = connection.exec_driver_sql(_LAST).first()
        if last is None:
            return
        if last.station != self._envelope.station:
            raise StoreError(
                OTHER_STATION, f"this record belongs to station {last.station}, and {self._envelope.station} was named"
            )
        self.head = Head(epoch=last.epoch, seq=last.seq, hash=last.hash, ids=Uuid7.after(last.id))

    def open_epoch(self, connection: Connection, *, why: str, operator: str = "") -> tuple[EventRow, ...]:
        """Begin a new epoch whose first event names where the old one ended."""
        old = self.head
        old_head = old.hash.hex() if old.seq else ""
        self.head = dataclasses.replace(old, epoch=new_epoch(), seq=0, hash=ZERO)
        opened = EpochOpened(
            old_epoch=old.epoch, old_seq=old.seq, old_head=old_head, why=why, commands_after=self._commands_after(connection)
        )
        return self.append(connection, [opened], operator=operator)

    def _commands_after(self, connection: Connection) -> int:
        """Beyond every number that a command may have had: the unix second, for no machine takes a command a second; where the
        clock is behind what the log knows, a distance that no copy is old enough to bridge."""
        highest: int = connection.exec_driver_sql(_HIGHEST_COMMAND).scalar_one()
        return max(int(self._clock().timestamp()), highest + COMMANDS_LOST if highest else 0)

    def append(
        self, connection: Connection, records: Sequence[Record], *, operator: str = "", role: str = ""
    ) -> tuple[EventRow, ...]:
        """Write the records as events and project them, in the caller's transaction. One that says nothing the store does not
        hold already becomes no event."""
        rows = (self._append_one(connection, each, operator=operator, role=role) for each in records)
        return tuple(row for row in rows if row is not None)

    def take_back(self, connection: Connection, links: Sequence[Link]) -> None:
        """Append own events that only the site still had, as they were: the store went back to an older copy, and has written
        nothing since. Raises StoreError when they do not continue the log."""
        for link in links:
            at = self.head
            verifier = Verifier(epoch=at.epoch, seq=at.seq, head=at.hash, epochs={at.epoch})
            problem = verifier.check(link)
            if problem:
                raise StoreError(CHAIN_BROKEN, f"event {link.seq} of epoch {link.epoch} does not continue the log: {problem}")
            row = (link.station, link.epoch, link.seq, link.id, link.body, bytes.fromhex(link.prev), bytes.fromhex(link.hash))
            connection.exec_driver_sql(_INSERT, row)
            body = json.loads(link.body)
            apply(connection, Happened(body["kind"], body["at"], body["data"], link.epoch, link.seq))
            self.head = Head(epoch=link.epoch, seq=link.seq, hash=verifier.head, ids=later(at.ids, Uuid7.after(link.id)))

    def _append_one(self, connection: Connection, said: Record, *, operator: str, role: str) -> EventRow | None:
        record = completed(
            said,
            lambda moved: book_of(connection, moved),
            lambda moved: visit_of(connection, moved.machine, moved.tray),
            lambda job: next_copy(connection, job),
        )
        if record is None:
            return None
        at = self._clock()
        row, head = self._next(record, at=at, operator=operator, role=role, fence=_fence(connection, record))
        digests = (self.head.hash, head.hash)
        connection.exec_driver_sql(_INSERT, (row.station, row.epoch, row.seq, row.id, row.body, *digests))
        apply(connection, Happened(record.kind, moment_text(at), facts(record), row.epoch, row.seq))
        self.head = head
        self.has_shift_ended = self.has_shift_ended or isinstance(record, SignedOff)
        return row

    def _next(self, record: Record, *, at: datetime, operator: str, role: str, fence: int | None) -> tuple[EventRow, Head]:
        before = self.head
        id, ids = before.ids.next(int(at.timestamp() * 1000))
        seq = before.seq + 1
        body = self._envelope.body(record, id=id, epoch=before.epoch, seq=seq, at=at, operator=operator, role=role, fence=fence)
        head = Head(epoch=before.epoch, seq=seq, hash=link_hash(before.hash, body), ids=ids)
        row = EventRow(
            id=id,
            station=self._envelope.station,
            epoch=before.epoch,
            seq=seq,
            kind=record.kind,
            at=at,
            operator=operator,
            body=body,
            prev=before.hash.hex(),
            hash=head.hash.hex(),
        )
        return row, head


def _fence(connection: Connection, record: Record) -> int | None:
    """That of the lease on the record's order, by which the site knows who held the order when this happened."""
    order = getattr(record, "order", "")
    if not order:
        return None
    fence: int | None = connection.exec_driver_sql(_FENCE, (order,)).scalar()
    return fence
