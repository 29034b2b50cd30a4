"""That a machine has become slower or faster than its own log says it was: found beside the work, told once, seen by a person.

What is told is in the log, so it outlives a restart, and every station of the machine finds it for itself.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

from db.records.service import DriftFound, DriftSeen, ServiceDone
from station.planner.learning import Drift
from station.ports import Ledger
from station.values import EventRow

LOOK_EVERY: Final = timedelta(days=1)
QUIET: Final = timedelta(minutes=15)  # nobody works: the learning does not take a person's time
LATEST: Final = timedelta(hours=36)  # after the last look, where it is never quiet
MUCH_MORE: Final = 5  # percent of a motion: a drift that grew by so much is told again
KINDS: Final = (DriftFound.kind, DriftSeen.kind, ServiceDone.kind)
LOOKED_AT: Final = 40  # events of these kinds: another machine's may lie between
WRITE_TIMEOUT_S: Final = 60.0


class DriftLibrary(Protocol):
    """What is needed of the store."""

    def events(
        self, *, kinds: Collection[str] | None = None, limit: int | None = None, newest_first: bool = False
    ) -> tuple[EventRow, ...]: ...


@dataclass(frozen=True, slots=True)
class DriftTold:
    """By how much of a motion, in percent (below 0: faster), and since which day. `is_seen`: somebody has read it, or a service
    took place."""

    percent: int
    since: str
    is_seen: bool = False


def told_of(library: DriftLibrary, machine: str) -> DriftTold | None:
    """What was told last of this machine; None where nothing was, or a service was done since. Raises StoreError."""
    is_seen = False
    for row in library.events(kinds=KINDS, limit=LOOKED_AT, newest_first=True):
        data = json.loads(row.body)["data"]
        if data["machine"] != machine:
            continue
        if row.kind == DriftFound.kind:
            return DriftTold(data["percent"], data["since"], is_seen)
        if row.kind == ServiceDone.kind:
            return None
        is_seen = True
    return None


def news_of(drift: Drift | None, before: DriftTold | None, machine: str) -> DriftFound | None:
    """What is to be told of it; None where it is no drift, or the same one as before."""
    if drift is None or not drift.is_found:
        return None
    percent = round(100 * drift.share)
    if before is not None and abs(percent - before.percent) < MUCH_MORE:
        return None
    since = drift.later_from.date().isoformat()
    return DriftFound(machine=machine, shift_ms=round(1000 * drift.shift_s), percent=percent, since=since)


class DriftWatch:
    """A chore: `turn` looks once a day, when nobody works. `learnt` blocks for as long as the learning takes."""

    def __init__(
        self,
        *,
        ledger: Ledger,
        library: DriftLibrary,
        learnt: Callable[[], Drift | None],
        machine: str,
        utc: Callable[[], datetime],
    ) -> None:
        self._ledger, self._library, self._learnt, self._machine, self._utc = ledger, library, learnt, machine, utc
        self._looked = utc() - LOOK_EVERY

    def turn(self) -> bool:
        """Look, if it is due; whether something new was told. Raises StoreError."""
        now = self._utc()
        if now - self._looked < LOOK_EVERY or not (self._is_quiet(now) or now - self._looked >= LATEST):
            return False
        self._looked = now
        news = news_of(self._learnt(), told_of(self._library, self._machine), self._machine)
        if news is None:
            return False
        self._ledger.append((news,)).result(WRITE_TIMEOUT_S)
        return True

    def _is_quiet(self, now: datetime) -> bool:
        newest = self._library.events(limit=1, newest_first=True)
        return not newest or now - newest[0].at >= QUIET
