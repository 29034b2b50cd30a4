"""Keeps pull going beside the work: rests are asked for anew, waiting signals become work, stock at its trigger asks for more.

A chore. It looks whenever the log has grown, and once at the start, so that what a crash cut off is done then.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from station.pull.facts import Facts, PullStore
from station.pull.raising import rest_raised, waiting_released
from station.pull.triggers import asked_by_stock
from station.values import Pulled

STORE_TIMEOUT_S = 30.0
NEVER = -1
MOST_AT_ONCE = 500  # in one turn; the rest goes on with the next


class Log(Protocol):
    def last_event(self) -> int:
        """The log's newest number: nothing has happened while it is the same."""

    def look_pull(self, decide: Callable[[Facts], Pulled]) -> Pulled:
        """What would be decided now; nothing is written, and no booking waits for it."""


class KeptStore(PullStore, Log, Protocol):
    """What the keeper needs of the store."""


class PullKeeper:
    """`keep` blocks and raises StoreError. `told` is called when something was asked for or became work."""

    def __init__(self, store: KeptStore, *, utc: Callable[[], datetime], told: Callable[[], object] = lambda: None) -> None:
        self._store = store
        self._utc = utc
        self.told = told
        self._seen = NEVER

    def keep(self) -> None:
        """Look once."""
        newest = self._store.last_event()
        if newest == self._seen:
            return
        has_asked = False
        for _ in range(MOST_AT_ONCE):
            if not self._store.look_pull(self._decide).records:
                self._seen = newest if not has_asked else NEVER
                break
            has_asked |= bool(self._store.append_pull(self._decide).result(STORE_TIMEOUT_S).records)
        if has_asked:
            self.told()

    def _decide(self, facts: Facts) -> Pulled:
        """One thing at a time: each sees in its own transaction what the one before has written."""
        for due in (rest_raised, waiting_released):
            if (found := due(facts)).records:
                return found
        return asked_by_stock(facts, self._utc())
