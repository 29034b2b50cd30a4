"""Signs the chain as it grows: a checkpoint every 256 events, every 15 minutes with anything new, at the end of a shift and of a
run.

It looks after each commit, when the askers have their answers already, and its checkpoint waits in the line that bookings
overtake: none waits for a signature.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

from sqlalchemy import Connection

from db.checkpoint import Sealed, announcement, checkpoint_of, is_due, new_events
from db.errors import classify
from db.log import EventLog
from db.queries import events
from db.rows.events import EventRow
from db.station_key import StationKey, open_key
from db.writer import Writer

log = logging.getLogger(__name__)

RETRY_S = 60.0

Rows = tuple[EventRow, ...]


class Sealing:
    """The checkpoints of one open store. Nothing is signed before `begin`."""

    def __init__(
        self, directory: Path, event_log: EventLog, writer: Writer, *, mono_s: Callable[[], float] = time.monotonic
    ) -> None:
        self._directory = directory
        self._log = event_log
        self._writer = writer
        self._mono_s = mono_s
        self._begins = threading.Lock()
        self._sealed = Sealed("", 0, mono_s())
        self._is_asked = False
        self._not_before_s = 0.0
        self.key: StationKey | None = None

    def begin(self) -> StationKey:
        """Take up the key, name it in the record, and sign from now on; once more does nothing. Raises StoreError."""
        with self._begins:
            if self.key is None:
                try:
                    key = open_key(self._directory)
                except OSError as error:
                    raise classify(error) from error
                self._writer.submit(lambda connection: self._announce(connection, key)).result()
                self.key = key
                self._writer.after_commit = self._look
            return self.key

    def seal(self) -> Future[Rows]:
        """Sign what is not signed yet, now. No event in the answer: nothing was new."""
        self.begin()
        return self._ask()

    def finish(self) -> None:
        """The last checkpoint of a run, where one was begun. It is written when the writer has closed."""
        if self.key is not None:
            self._ask()

    def _announce(self, connection: Connection, key: StationKey) -> Rows:
        last = _newest(connection, "key_made")
        last_id = "" if last is None else str(json.loads(last.body)["data"]["key_id"])
        said = announcement(key, self._log.head.epoch, last, last_id)
        sealed = _newest(connection, "checkpoint")
        if sealed is not None:
            self._sealed = Sealed(sealed.epoch, sealed.seq, self._mono_s())
        return self._log.append(connection, [said] if said else [])

    def _look(self) -> None:
        """On the writer's thread, after each commit and when it is idle."""
        now_s = self._mono_s()
        if self._is_asked or self._writer.is_read_only or now_s < self._not_before_s:
            return
        if is_due(self._log.head, self._sealed, now_s=now_s, has_shift_ended=self._log.has_shift_ended):
            self._ask()

    def _ask(self) -> Future[Rows]:
        self._is_asked = True
        future = self._writer.submit_import([self._write])
        future.add_done_callback(self._done)
        return future

    def _write(self, connection: Connection) -> Rows:
        key, head = self.key, self._log.head
        if key is None or not new_events(head, self._sealed):
            return ()
        return self._log.append(connection, [checkpoint_of(key, self._log.station, head)])

    def _done(self, future: Future[Rows]) -> None:
        """On the writer's thread, once it is on the disk or was refused."""
        self._is_asked = False
        failure = future.exception()
        if failure is not None:
            log.info("a checkpoint was not written: %s; it will be tried again", failure)
            self._not_before_s = self._mono_s() + RETRY_S
            return
        self._log.has_shift_ended = False
        for row in future.result():
            self._sealed = Sealed(row.epoch, row.seq, self._mono_s())


def _newest(connection: Connection, kind: str) -> EventRow | None:
    found = events.events(connection, kinds=(kind,), limit=1, newest_first=True)
    return found[0] if found else None
