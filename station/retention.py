"""How long what a station keeps is kept: files that are past it go, and names of people who left are erased.

The record itself is never shortened: events are kept, whatever `events_days` will allow one day, because a shorter log could not
be proven. Only files that this program wrote, by their own names in their own folders, are ever touched.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from station.settings import RetentionSettings

logger = logging.getLogger(__name__)

STORE_TIMEOUT_S = 30.0


class NameStore(Protocol):
    """What this module needs of the store."""

    def left_before(self, moment: datetime) -> tuple[str, ...]:
        """Who was disabled before this moment, is so still, and has a name yet."""

    def erase_name(self, person: str, *, operator: str = "") -> Future[None]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """One turn of the chore. `done` is the folder of acknowledged results, `station` whose they are. Blocks; raises OSError,
    StoreError."""

    settings: RetentionSettings
    store: NameStore
    recordings: Path
    done: Path
    station: str
    utc: Callable[[], datetime]

    def sweep(self) -> tuple[tuple[Path, ...], tuple[str, ...]]:
        """Remove what is past its time and erase the names that are; which files and which persons."""
        return tuple(self._files()), tuple(self._names())

    def _files(self) -> Iterator[Path]:
        kinds = (
            (self.recordings, "*-*Z.jsonl", self.settings.recordings_days),
            (self.done, f"{self.station}-*-*-*.csv", self.settings.results_days),
            (self.done, f"{self.station}-*-*-*.json", self.settings.results_days),
        )
        for folder, pattern, days in kinds:
            oldest_s = (self.utc() - timedelta(days=days)).timestamp()
            for path in sorted(folder.glob(pattern)):
                if path.is_file() and not path.is_symlink() and path.stat().st_mtime < oldest_s:
                    path.unlink()
                    logger.info("%s was kept for %d days and is removed", path.name, days)
                    yield path

    def _names(self) -> Iterator[str]:
        """0 days: names stay until somebody erases them."""
        days = self.settings.names_days
        if not days:
            return
        for person in self.store.left_before(self.utc() - timedelta(days=days)):
            self.store.erase_name(person).result(STORE_TIMEOUT_S)
            yield person
