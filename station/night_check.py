"""The full check of the store once a day: when it is due, and what is written of it.

It is due at a fixed time of the day. A station that was off then catches up when nobody has booked anything for a while, or after
half a day at the latest.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from db.full_check import CheckReport
from db.records.program import StoreChecked
from station.ports import Ledger, Library
from station.store_watch import StoreWatch
from station.values import EventRow

QUIET = timedelta(minutes=15)  # so long nothing was booked: nobody works
LATEST = timedelta(hours=12)  # after the start of a station where it is never quiet
WRITE_TIMEOUT_S = 60.0
KIND = StoreChecked.kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """What decides whether a check is due; all aware. `last` is the last check, or the first event where there was none;
    `newest` the last event."""

    now: datetime
    started: datetime
    last: datetime
    newest: datetime


def is_due(at: time, times: Times) -> bool:
    """Whether to check now. `at` is local time."""
    local = times.now.astimezone()
    moment = local.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0)
    if moment > local:
        moment -= timedelta(days=1)
    if moment <= times.last <= times.now:
        return False
    if times.started <= moment:
        return True
    return times.now - times.newest >= QUIET or times.now - times.started >= LATEST


class NightCheck:
    """A chore: `turn` looks whether a check is due and does it. Blocks for as long as it takes."""

    def __init__(
        self,
        *,
        ledger: Ledger,
        library: Library,
        watch: StoreWatch,
        check: Callable[[], CheckReport],
        at: time,
        utc: Callable[[], datetime],
    ) -> None:
        self._ledger = ledger
        self._library = library
        self._watch = watch
        self._check = check
        self._at = at
        self._utc = utc
        self._started = utc()

    def recall(self) -> None:
        """Say again what the last check found: an alarm outlives a restart. Blocks for a read. Raises StoreError."""
        last = self._newest(kinds=(KIND,))
        if last is not None:
            self._watch.tell_check(is_whole='"findings":[]' in last.body)

    def turn(self) -> None:
        """Check, if it is due. Raises StoreError."""
        if not is_due(self._at, self._times()):
            return
        found = self._check()
        self._watch.tell_check(is_whole=not found.findings)
        record = StoreChecked(
            events=found.events,
            epoch=found.epoch,
            seq=found.seq,
            head=found.head,
            took_ms=found.took_ms,
            findings=tuple(found.findings),
        )
        self._ledger.append((record,)).result(WRITE_TIMEOUT_S)

    def _times(self) -> Times:
        last, newest = self._newest(kinds=(KIND,)), self._newest()
        first = self._library.events(limit=1)
        now = self._utc()
        began = last or (first[0] if first else None)
        return Times(
            now=now,
            started=self._started,
            last=began.at if began else now,
            newest=newest.at if newest else now,
        )

    def _newest(self, kinds: tuple[str, ...] | None = None) -> EventRow | None:
        found = self._library.events(kinds=kinds, limit=1, newest_first=True)
        return found[0] if found else None
