"""Who has which file of results: each way out acknowledges for itself, and a file is done when all of them have it."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from db.records.files import ResultAcknowledged
from db.records.record import Record
from station.values import EventRow

STORE_TIMEOUT_S = 60.0


class AckStore(Protocol):
    """What is needed of the store."""

    def events(self, *, kinds: Collection[str] | None = None, limit: int | None = None) -> tuple[EventRow, ...]: ...

    def append(self, records: Sequence[Record], *, operator: str = "", role: str = "") -> Future[tuple[EventRow, ...]]: ...


class ResultFiles(Protocol):
    """The station's own result files."""

    def acknowledge(self, file: str) -> Path: ...

    def exported(self) -> tuple[Path, ...]:
        """Those that the log knows and nobody acknowledged, oldest first."""


@dataclass(slots=True)
class Acks:
    """The acknowledgements of one way out. `all_of`: the names of all ways there are."""

    name: str
    store: AckStore
    results: ResultFiles
    all_of: tuple[str, ...]
    _known: set[tuple[str, str]] | None = field(default=None, init=False)

    def begin(self) -> None:
        """A new turn: what other ways acknowledged since is read again."""
        if len(self.all_of) > 1:
            self._known = None

    def has(self, source: Path) -> bool:
        return (self.name, source.name) in self._read()

    def say(self, source: Path) -> None:
        """This way has the file: in the log from now on. Raises StoreError."""
        if not self.has(source):
            self.store.append([ResultAcknowledged(file=source.name, folder=self.name)]).result(STORE_TIMEOUT_S)
            self._read().add((self.name, source.name))

    def settle(self, source: Path) -> None:
        """Let the file go when everybody has it. Raises OSError, StoreError, ResultError."""
        if all((name, source.name) in self._read() for name in self.all_of):
            self.results.acknowledge(source.name)

    def _read(self) -> set[tuple[str, str]]:
        if self._known is None:
            found = (json.loads(each.body)["data"] for each in self.store.events(kinds=("result_acknowledged",), limit=None))
            self._known = {(each.get("folder", ""), each["file"]) for each in found}
        return self._known
