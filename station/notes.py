"""Records that nobody waits for. What the store refused for want of room is kept, in order, and written before anything later."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial

from db.errors import DISK_FULL, StoreError
from db.rows.events import EventRow
from station.core.effects import Append
from station.ports import Ledger

logger = logging.getLogger(__name__)


class Notes:
    """Used on the event loop. `refused` is called there with the code of each note that was not written.

    The writer is first in, first out, and so are its refusals: what is owed is in the order it was said, and goes to the writer
    before a new note, booking or intent. A note that was not refused for want of room would be refused for ever; it is not kept.
    """

    def __init__(self, ledger: Ledger, refused: Callable[[str], None]) -> None:
        self._ledger = ledger
        self._refused = refused
        self._owed: list[Append] = []

    @property
    def owed(self) -> int:
        """How many notes wait for room."""
        return len(self._owed)

    def write(self, note: Append) -> None:
        """Write the note after all that is owed."""
        self.write_owed()
        self._append(note)

    def write_owed(self) -> None:
        """Hand what is owed to the writer, oldest first; while the disk is full it stays here."""
        if self._ledger.is_read_only:
            return
        owed, self._owed = self._owed, []
        for note in owed:
            self._append(note)

    def _append(self, note: Append) -> None:
        done = self._ledger.append(note.records, operator=note.operator, role=note.role)
        done.add_done_callback(partial(self._noted, asyncio.get_running_loop(), note))

    def _noted(self, loop: asyncio.AbstractEventLoop, note: Append, done: Future[tuple[EventRow, ...]]) -> None:
        """Called on the writer's thread, in the order of the notes."""
        error = done.exception()
        if isinstance(error, StoreError):
            logger.warning("a note was not written: %s", error)
            loop.call_soon_threadsafe(self._keep, note, error.code)

    def _keep(self, note: Append, code: str) -> None:
        if code == DISK_FULL:
            self._owed.append(note)
        self._refused(code)
