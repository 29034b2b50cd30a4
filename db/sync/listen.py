"""Hints from the site that there is something new: on a connection of their own, so that none is lost while another call runs.

A hint is only a hint: the poll finds the same a little later. After each connection one is given at once, because what was said
while nobody listened was said to nobody; to listen comes first, to look second.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from enum import Enum
from random import Random
from typing import Protocol

from db.sync.backoff import Backoff
from db.sync.site import SiteError

log = logging.getLogger(__name__)

WAIT_S = 1.0  # how long one question for hints takes at most: the end of the program waits no longer


class Hint(Enum):
    """What a hint is about."""

    NEWS = "news"  # something to read
    OFFER = "offer"  # perhaps an order to claim, too


class Hints(Protocol):
    """A connection that listens. Made by a factory, which raises SiteError; listening from then on."""

    def wait(self, timeout_s: float) -> Hint | None:
        """The hint that came in this time; of several the one that means most. Raises SiteError."""

    def close(self) -> None:
        """Close the connection; never raises."""


class Listener:
    """One thread that calls `on_hint` for every hint and after every connection."""

    def __init__(self, connect: Callable[[], Hints], on_hint: Callable[[Hint], None], random: Random) -> None:
        self._connect = connect
        self._on_hint = on_hint
        self._backoff = Backoff(random)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sync-listen", daemon=True)

    def start(self) -> None:
        """Begin to listen."""
        self._thread.start()

    def stop(self, patience_s: float) -> bool:
        """End. False: it hangs in a call, and is left behind."""
        self._stop.set()
        if self._thread.ident is not None:
            self._thread.join(patience_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self._listen()
            except SiteError as error:
                log.info("nobody can be heard: %s", error)
            except Exception:
                log.exception("listening failed by a fault of this program")
            self._stop.wait(self._backoff.next_s())

    def _listen(self) -> None:
        hints = self._connect()
        try:
            self._backoff.reset()
            self._on_hint(Hint.OFFER)
            while not self._stop.is_set():
                hint = hints.wait(WAIT_S)
                if hint is not None:
                    self._on_hint(hint)
        finally:
            hints.close()
