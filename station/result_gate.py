"""What of the log may not leave for a host yet, because the person at the bay can still undo it.

Only memory: a station that starts again knows of nothing that could be undone, so all of it leaves then. One thread holds (that
of the station), others look.
"""

from __future__ import annotations

import threading

from station.values import EventRow

COMING = ""  # a booking is on its way to the disk, and its place in the log is not known yet


class ResultGate:
    """Holds back what stands in the log from one event on. Event ids of one writer sort like its log."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._from: str | None = None
        self._turn = 0

    def hold(self, from_id: str | None) -> None:
        """Hold from this event on, COMING before a booking is sent to the disk; None: nothing is held any more."""
        with self._lock:
            if from_id == COMING and self._from != COMING:
                self._turn += 1
            self._from = from_id

    @property
    def turn(self) -> int:
        """How often it was closed: whoever reads the log looks before and after."""
        with self._lock:
            return self._turn

    def free(self, events: tuple[EventRow, ...], *, turn: int) -> tuple[EventRow, ...] | None:
        """What of these events, which were read after `turn`, may leave; None: it was closed meanwhile, read again."""
        with self._lock:
            if self._turn != turn:
                return None
            if self._from is None:
                return events
            return tuple(each for each in events if each.id < self._from)  # none is before COMING
