"""What is wrong with the store while it still works: too little room, a nightly check that found something, chores that fail.

Chores on their own threads say it; the station's loop looks.
"""

from __future__ import annotations

import threading

from db.errors import (
    BACKUP_FAILED,
    CHECK_FAILED,
    DISK_LOW,
    DISK_NEARLY_FULL,
    FOLDER_FAILED,
    LIST_FAILED,
    PULL_FAILED,
    RESULTS_FAILED,
    RETENTION_FAILED,
    SIGNING_FAILED,
    TELLING_FAILED,
    UNWATCHED,
)

OF_THE_STORE = (DISK_NEARLY_FULL, CHECK_FAILED, DISK_LOW)  # the worst first
OF_HOSTS = (RESULTS_FAILED, FOLDER_FAILED, PULL_FAILED, LIST_FAILED)
OF_CHORES = (BACKUP_FAILED, UNWATCHED, SIGNING_FAILED, *OF_HOSTS, RETENTION_FAILED, TELLING_FAILED)
ORDER = (*OF_THE_STORE, *OF_CHORES)


class StoreWatch:
    """Used by any thread."""

    def __init__(self) -> None:
        self._gate = threading.Lock()
        self._codes: frozenset[str] = frozenset()
        self._failing: dict[str, str] = {}  # chores that do, with their codes

    @property
    def alarms(self) -> tuple[str, ...]:
        """The codes of all that is wrong, the worst first."""
        with self._gate:
            codes = self._codes.union(self._failing.values())
        return tuple(each for each in ORDER if each in codes)

    def tell_room(self, code: str) -> None:
        """D422, D423 or "": how much room the disk has."""
        self._tell({DISK_LOW, DISK_NEARLY_FULL}, {code} if code else set())

    def tell_backup(self, *, is_made: bool) -> None:
        """Whether the last copy that was due was made."""
        self._tell({BACKUP_FAILED}, set() if is_made else {BACKUP_FAILED})

    def tell_check(self, *, is_whole: bool) -> None:
        """Whether the last full check found nothing."""
        self._tell({CHECK_FAILED}, set() if is_whole else {CHECK_FAILED})

    def tell_chore(self, name: str, code: str) -> None:
        """The chore of this name fails, with its code; "" when it works."""
        with self._gate:
            self._failing.pop(name, None)
            if code:
                self._failing[name] = code

    def _tell(self, over: set[str], now: set[str]) -> None:
        with self._gate:
            self._codes = (self._codes - over) | now
