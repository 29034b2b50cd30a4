"""Makes the figures of storage in a process of its own, so that no booking and no paint waits for them."""

from __future__ import annotations

import pickle
import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ui.bootstrap.child import Child

if TYPE_CHECKING:
    from db.records.moves import MovePlanned
    from station.settings import Settings
    from station.storage.desk import StorageDesk

COMMAND = (sys.executable, "-m", "ui.bootstrap.storage_desk")
MOST_S = 600.0  # a machine of 1,000 trays and 50,000 compartments takes a minute or two
Question = str | tuple[str, int, tuple[str, ...]]  # the item that is to fit, or the compartments that are to be emptied


class StorageProcess:
    """Has the figures made by a process (`Child`)."""

    def __init__(self, directory: Path, settings: Settings, *, command: Sequence[str] = COMMAND, most_s: float = MOST_S) -> None:
        self._directory, self._settings = directory, settings
        self._child = Child(command, most_s=most_s)

    def make(self, item: str) -> StorageDesk:
        """The figures. Raises OSError when the other process does not make them."""
        from station.storage.desk import StorageDesk

        found = self._asked(item)
        if not isinstance(found, StorageDesk):
            raise OSError("it said something else")
        return found

    def away(self, machine: str, tray: int, labels: tuple[str, ...]) -> tuple[tuple[MovePlanned, ...], int]:
        """The moves. Raises OSError when the other process does not make them."""
        found = self._asked((machine, tray, labels))
        if not isinstance(found, tuple):
            raise OSError("it said something else")
        return found

    def _asked(self, question: Question) -> object:
        return pickle.loads(self._child.answer(pickle.dumps((self._directory, self._settings, question))))

    def stop(self) -> None:
        self._child.stop()


def make_storage(directory: Path, settings: Settings, item: str) -> StorageDesk:
    """The figures of the store as it is. Raises StoreError."""
    from db.store import Store
    from station.storage.desk import DAYS, desk_of
    from station.storage.own_reading import shop_of

    now = datetime.now(UTC)
    with closing(Store.open_reader(directory)) as reader:
        shop = shop_of(reader, settings.machine, days=DAYS, now=now)
    return desk_of(shop, now=now, item=item)


def make_away(directory: Path, machine: str, tray: int, labels: tuple[str, ...]) -> tuple[tuple[MovePlanned, ...], int]:
    """The moves of goods that are in the way. Raises StoreError."""
    from db.store import Store
    from station.storage.away import away_from

    with closing(Store.open_reader(directory)) as reader:
        return away_from(reader, machine, tray, labels)


def main() -> int:
    """The other process: what is asked is of the process that started this one, and of nobody else."""
    directory, settings, question = pickle.load(sys.stdin.buffer)
    found = make_storage(directory, settings, question) if isinstance(question, str) else make_away(directory, *question)
    sys.stdout.buffer.write(pickle.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
