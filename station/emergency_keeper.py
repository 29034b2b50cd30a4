"""Keeps the emergency list fresh: asks the store whether it could be another one, and lets another process write it.

Called again and again by a chore, it never waits for that process: the next turn looks whether it has ended. Only at the end of
the station the last list is waited for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

EVERY_S = 300.0  # between two lists
CHILD_S = 180.0  # then a list that is being written is given up: its share does not answer
LAST_S = 8.0  # the same at the end of the station


class EmergencyError(OSError):
    """The list was not written; the text says why."""


class Writing(Protocol):
    """A list on its way to its file, in a process of its own."""

    def ended(self, timeout_s: float = 0.0) -> str | None:
        """What it said when it failed, "" when the list is there; None while it is under way."""

    def give_up(self) -> None:
        """End it; one that hangs in the system is left behind."""


@dataclass(slots=True)
class EmergencyKeeper:
    """`mark` changes when the list could be another one, `start` begins to write it, `clock` counts seconds."""

    mark: Callable[[], str]
    start: Callable[[], Writing]
    clock: Callable[[], float]
    every_s: float = EVERY_S
    _kept: str = ""  # the mark of the newest list that is there
    _due_s: float = float("-inf")
    _writing: Writing | None = None
    _writing_mark: str = ""
    _began_s: float = 0.0
    _failed: str = ""  # why the last list was not written

    def keep(self) -> None:
        """Look after the list under way, or begin one when it is due. Raises EmergencyError, each time until a list is written,
        and StoreError."""
        if self._writing is not None:
            self._look(0.0, CHILD_S)
        now_s = self.clock()
        if self._writing is None and now_s >= self._due_s and (mark := self.mark()) != self._kept:
            self._begin(mark, now_s)
        if self._failed:
            raise EmergencyError(self._failed)

    def finish(self) -> None:
        """The station ends: the last list is written now, however young the one before is."""
        if self._writing is not None:
            self._look(LAST_S, LAST_S)
        mark = self.mark()
        if self._writing is None and mark != self._kept:
            self._begin(mark, self.clock())
            self._look(LAST_S, LAST_S)

    def _begin(self, mark: str, now_s: float) -> None:
        self._due_s = now_s + self.every_s
        try:
            self._writing, self._writing_mark, self._began_s = self.start(), mark, now_s
        except OSError as error:
            self._failed = str(error)
            raise EmergencyError(self._failed) from error

    def _look(self, wait_s: float, patience_s: float) -> None:
        writing = self._writing
        said = writing.ended(wait_s) if writing is not None else None
        if writing is None or (said is None and self.clock() - self._began_s < patience_s):
            return
        self._writing = None
        if said is None:
            writing.give_up()
        self._failed = f"not written within {patience_s:g} s" if said is None else said
        if self._failed:
            raise EmergencyError(self._failed)
        self._kept = self._writing_mark
