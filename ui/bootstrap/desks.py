"""Makes the figures of just-in-time in a process of its own, so that no booking and no paint waits for them."""

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
    from station.jit.desk import Desk
    from station.settings import Settings

COMMAND = (sys.executable, "-m", "ui.bootstrap.desks")
MOST_S = 120.0


class DeskProcess:
    """Has each desk made by a process (`Child`)."""

    def __init__(self, directory: Path, settings: Settings, *, command: Sequence[str] = COMMAND, most_s: float = MOST_S) -> None:
        self._directory, self._settings = directory, settings
        self._child = Child(command, most_s=most_s)

    def make(self, supplier: str, days: float) -> Desk:
        """The figures. Raises OSError when the other process does not make them."""
        from station.jit.desk import Desk

        found = pickle.loads(self._child.answer(pickle.dumps((self._directory, self._settings, supplier, days))))
        if not isinstance(found, Desk):
            raise OSError("it said something else")
        return found

    def stop(self) -> None:
        self._child.stop()


def make_desk(directory: Path, settings: Settings, supplier: str, days: float) -> Desk:
    """The figures of the store as it is. Raises StoreError."""
    from db.store import Store
    from station.jit.desk import LOOK_BACK_DAYS, desk_of
    from station.jit.reading import desk_facts, source_of

    now = datetime.now(UTC)
    with closing(Store.open_reader(directory)) as reader:
        source = source_of(reader, settings.jit, now=now, stock_days=LOOK_BACK_DAYS)
        read = desk_facts(reader, settings.jit, now=now)
    return desk_of(source, read, now=now, late_supplier=supplier, late_days=days)


def main() -> int:
    """The other process: what is asked is of the process that started this one, and of nobody else."""
    directory, settings, supplier, days = pickle.load(sys.stdin.buffer)
    sys.stdout.buffer.write(pickle.dumps(make_desk(directory, settings, supplier, days)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
