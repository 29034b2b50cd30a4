"""Makes the figures of just-in-time in a process of its own, so that no booking and no paint waits for them."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ui.bootstrap.emergency import NICENESS

if TYPE_CHECKING:
    from station.jit.desk import Desk
    from station.settings import Settings

COMMAND = (sys.executable, "-m", "ui.bootstrap.desks")
MOST_S = 120.0


class DeskProcess:
    """Starts a process for each desk. `stop` ends the one under way, and lets none begin."""

    def __init__(self, directory: Path, settings: Settings, *, command: Sequence[str] = COMMAND, most_s: float = MOST_S) -> None:
        self._directory, self._settings = directory, settings
        self._command, self._most_s = tuple(command), most_s
        self._process: subprocess.Popen[bytes] | None = None
        self._is_over = False

    def make(self, supplier: str, days: float) -> Desk:
        """The figures. Raises OSError when the other process does not make them."""
        from station.jit.desk import Desk

        if self._is_over:
            raise OSError("the station ends")
        pipe = subprocess.PIPE
        process = self._process = subprocess.Popen(self._command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL)
        if hasattr(os, "setpriority"):
            with suppress(OSError):  # it has ended, or may not: then it computes as fast as it goes
                os.setpriority(os.PRIO_PROCESS, process.pid, NICENESS)
        try:
            asked = pickle.dumps((self._directory, self._settings, supplier, days))
            said, _ = process.communicate(asked, timeout=self._most_s)
        except subprocess.TimeoutExpired as error:
            process.kill()
            process.communicate()
            raise OSError("it took too long") from error
        if process.returncode:
            raise OSError(f"it ended with {process.returncode}")
        found = pickle.loads(said)
        if not isinstance(found, Desk):
            raise OSError("it said something else")
        return found

    def stop(self) -> None:
        self._is_over = True
        if self._process is not None:
            with suppress(OSError):
                self._process.kill()


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
