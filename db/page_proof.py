"""The proof of a long store's pages, beside the work that has begun (decision 0025).

SQLite's quick_check reads the whole file: some two seconds for a million events, and more with every week. So a start proves all
tables but the events' own and the newest part of the chain; the rest is read here, by a connection of its own. What is found is
written down beside the store, so that the next start proves everything first.
"""

from __future__ import annotations

import logging
import threading
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from db import sqlite
from db.durable import write_whole
from db.errors import CORRUPT, StoreError, classify

log = logging.getLogger(__name__)

LONG_BYTES = 128 * 1024 * 1024  # up to here the whole check costs a start a quarter of a second
DAMAGE_FILE = "pages-damaged"


def is_at_start(store: Path) -> bool:
    """Whether all pages are to be proven before the store is used: it is small, or damage was found last time."""
    return not store.exists() or store.stat().st_size <= LONG_BYTES or _damage_file(store).exists()


def tell_whole(store: Path) -> None:
    """All pages were proven: what was found once is no longer so."""
    _damage_file(store).unlink(missing_ok=True)


def _damage_file(store: Path) -> Path:
    return store.with_name(DAMAGE_FILE)


class PageProof:
    """Reads all pages in a thread. `proven` is done when they are whole, fails with StoreError D403 when they are not, and is
    cancelled by `stop`."""

    def __init__(self, store: Path, *, is_owed: bool) -> None:
        self._store = store
        self._connection: Any = None
        self._thread = threading.Thread(target=self._run, name="store-pages", daemon=True)
        self.proven: Future[None] = Future()
        if not is_owed:
            self.proven.set_result(None)

    def start(self) -> None:
        """Begin, where pages are still to be proven."""
        if not self.proven.done():
            uri = f"{self._store.resolve().as_uri()}?mode=ro"
            self._connection = sqlite.library().connect(uri, uri=True, isolation_level=None, check_same_thread=False)
            self._thread.start()

    def stop(self) -> None:
        """Leave the rest unread, and wait for the thread."""
        self.proven.cancel()
        if self._thread.ident is not None:
            self._connection.interrupt()
            self._thread.join()
            self._connection.close()

    def _run(self) -> None:
        failure = self._failure()
        if not self.proven.set_running_or_notify_cancel():
            return
        if failure is None:
            self.proven.set_result(None)
            return
        log.error("pages of the store are damaged: %s", failure.message)
        self.proven.set_exception(failure)

    def _failure(self) -> StoreError | None:
        """What is wrong, None when nothing is. Damage is written down; some of it ends the check itself."""
        try:
            findings = [row[0] for row in self._connection.execute("PRAGMA quick_check")]
            if findings == ["ok"]:
                return None
            failure = StoreError(CORRUPT, "; ".join(findings[:3]))
        except Exception as error:  # noqa: BLE001 - it is told by the future
            failure = classify(error)
        if failure.code == CORRUPT:
            write_whole(_damage_file(self._store), failure.message.encode("utf-8"))
        return failure
