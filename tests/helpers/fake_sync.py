"""Replication as a test tells it: a port of the station without a site database behind it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from station.values import SyncState, SyncStatus


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass
class FakeSync:
    """Implements `station.ports.SyncPort`. `say` tells on another thread, as the real one does."""

    status: SyncStatus = field(default_factory=lambda: SyncStatus(state=SyncState.ONLINE))
    woken: int = 0
    is_running: bool = False
    refuses: str = ""
    taken: list[tuple[str, str]] = field(default_factory=list)
    received: tuple[tuple[str, str], ...] = ()
    on_wake: Callable[[], None] = lambda: None
    told: Callable[[SyncStatus], None] = lambda status: None
    changed: Callable[[], None] = lambda: None

    def start(self, told: Callable[[SyncStatus], None], changed: Callable[[], None]) -> None:
        self.told, self.changed, self.is_running = told, changed, True
        self.say(self.status)

    def wake(self) -> None:
        self.woken += 1
        self.on_wake()

    def take_over(self, order: str, why: str) -> str:
        self.taken.append((order, why))
        return self.refuses

    def supplied(self, supplier: str) -> tuple[tuple[str, str], ...] | None:
        return None if self.status.is_away else self.received

    def stop(self) -> None:
        self.is_running = False

    def say(self, status: SyncStatus) -> None:
        self.status = status
        self._elsewhere(lambda: self.told(status))

    def say_changed(self) -> None:
        self._elsewhere(self.changed)

    @staticmethod
    def _elsewhere(call: Callable[[], None]) -> None:
        thread = threading.Thread(target=call)
        thread.start()
        thread.join()
