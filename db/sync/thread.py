"""Replication beside the station's work: one thread that calls the engine when something is due, and one that listens for hints.

It never holds anybody up: a booking only sets a flag, the end of the program waits two seconds at most, and whatever the site
does, or this code does wrong, is a state that is shown and not the end of the thread.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from random import Random

from db.envelope import Clock, utc_now
from db.errors import CLOSED, StoreError
from db.store import Store
from db.sync import memory
from db.sync.engine import Engine, Options
from db.sync.listen import Hint, Hints, Listener
from db.sync.local import StoreLocal
from db.sync.site import Site
from db.sync.status import SyncState, SyncStatus

log = logging.getLogger(__name__)

PATIENCE_S = 2.0  # for a call that hangs, at the end
LONGEST_S = 15.0  # between two looks, whatever nobody says
KEEP_S = 5.0  # between two notes of the status in the store
REMIND_S = 60.0  # the note is renewed, so that its reader knows that somebody lives
FAULT_S = 10.0


class SyncThread:
    """Replicates an open store from `start` to `stop`. `on_status` is called on this thread, for each status that is another."""

    def __init__(
        self,
        store: Store,
        *,
        connect: Callable[[], Site],
        listen: Callable[[], Hints] | None = None,
        on_status: Callable[[SyncStatus], None] = lambda status: None,
        options: Options | None = None,
        clock: Clock = utc_now,
        random: Random | None = None,
    ) -> None:
        chance = random or Random()
        self._store = store
        self._local = StoreLocal(store)
        self._on_status = on_status
        self._news = threading.Event()
        self._stop = threading.Event()
        self._hints: deque[Hint] = deque()
        self._kept: SyncStatus | None = None
        self._kept_at = 0.0
        self._engine = Engine(
            self._local,
            connect,
            clock=clock,
            monotonic=time.monotonic,
            random=chance,
            options=options or Options(),
            may_go_on=lambda: not self._stop.is_set(),
        )
        self._listener = None if listen is None else Listener(listen, self.wake, chance)
        self._thread = threading.Thread(target=self._run, name="sync", daemon=True)
        self._status = SyncStatus(state=SyncState.CATCHING_UP)

    @property
    def status(self) -> SyncStatus:
        """The last one that was told."""
        return self._status

    def start(self) -> None:
        """Begin to replicate."""
        self._store.tell_commits(self._news.set)
        self._thread.start()
        if self._listener is not None:
            self._listener.start()

    def wake(self, hint: Hint = Hint.OFFER) -> None:
        """Somebody says that there is something at the site, or that it is there again."""
        self._hints.append(hint)
        self._news.set()

    def stop(self, patience_s: float = PATIENCE_S) -> bool:
        """End both threads. False: one hangs in a call, and is left behind; what it asks of the store after that is refused."""
        self._store.tell_commits(None)
        self._stop.set()
        self._news.set()
        until = time.monotonic() + patience_s
        heard = self._listener is None or self._listener.stop(patience_s)
        if self._thread.ident is not None:
            self._thread.join(max(0.0, until - time.monotonic()))
        is_over = heard and not self._thread.is_alive()
        if not is_over:
            log.warning("replication did not end within %g s and is left behind", patience_s)
        return is_over

    def _run(self) -> None:
        try:
            while not self._stop.is_set():
                self._news.wait(self._look())
                self._news.clear()
        finally:
            self._engine.close()

    def _look(self) -> float:
        """One round, and what is to be told of it. Returns how long nothing is due."""
        try:
            while self._hints:
                self._engine.wake(self._hints.popleft())
            wait_s = self._engine.round()
            return min(LONGEST_S, wait_s, self._tell())
        except StoreError as error:
            if error.code != CLOSED:
                log.warning("replication waits for the store: %s", error)
            return FAULT_S
        except Exception:
            log.exception("replication failed by a fault of this program")
            self._engine.fault()
            return min(FAULT_S, self._tell_safely())

    def _tell_safely(self) -> float:
        """After a fault even this may fail."""
        try:
            return self._tell()
        except Exception:
            log.exception("the state of replication could not be told")
            return FAULT_S

    def _tell(self) -> float:
        """To whoever shows it at once, to the store now and then. Returns when the store is to be told next."""
        status = self._engine.teller.status()
        if replace(status, at=None) != replace(self._status, at=None):
            self._status = status
            self._on_status(status)
        kept = self._kept
        since_s = time.monotonic() - self._kept_at
        is_new_state = kept is None or (kept.state, kept.problem) != (status.state, status.problem)
        is_other = kept is None or replace(kept, at=None) != replace(status, at=None)
        if is_new_state or since_s > (KEEP_S if is_other else REMIND_S):
            self._local.write(lambda connection: memory.put_status(connection, status))
            self._kept, self._kept_at = status, time.monotonic()
            return REMIND_S
        return KEEP_S - since_s + 0.1 if is_other else REMIND_S
