"""The beam in a process of its own, beside the running station: a situation comes in, tray numbers go out."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from contextlib import suppress
from typing import Any

from station.planner.situation import Situation, foresee

PLAN_S = 10.0  # a visit takes longer; what comes later is of no use
NICENESS = 10


class ChildForecaster:
    """Starts a process for each forecast. `stop` ends the one under way, and lets none begin."""

    def __init__(
        self, command: tuple[str, ...] = (sys.executable, "-m", "ui.bootstrap.plan_child"), *, most_s: float = PLAN_S
    ) -> None:
        self._command, self._most_s = command, most_s
        self._process: subprocess.Popen[bytes] | None = None
        self._is_over = False

    def foresee(self, situation: Situation) -> tuple[int, ...]:
        """The trays of the next visits. Raises OSError when the other process does not make it in time."""
        if self._is_over:
            raise OSError("the station ends")
        pipe = subprocess.PIPE
        process = self._process = subprocess.Popen(self._command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL)
        if hasattr(os, "setpriority"):
            with suppress(OSError):  # it has ended, or may not: then it computes as fast as it goes
                os.setpriority(os.PRIO_PROCESS, process.pid, NICENESS)
        try:
            said, _ = process.communicate(pickle.dumps(situation), timeout=self._most_s)
        except subprocess.TimeoutExpired as error:
            process.kill()
            process.communicate()
            raise OSError("it took too long") from error
        return _trays(said, len(situation.problem.stock)) if process.returncode == 0 else _failed(process)

    def stop(self) -> None:
        self._is_over = True
        if self._process is not None:
            with suppress(OSError):
                self._process.kill()


def _trays(said: bytes, trays: int) -> tuple[int, ...]:
    """Numbers of the problem's trays, and nothing else."""
    try:
        found: Any = json.loads(said)
    except ValueError as error:
        raise OSError("it said something else") from error
    if not isinstance(found, list) or not all(isinstance(each, int) and 0 <= each < trays for each in found):
        raise OSError("it said something else")
    return tuple(found)


def _failed(process: subprocess.Popen[bytes]) -> tuple[int, ...]:
    raise OSError(f"it ended with {process.returncode}")


def main() -> int:
    """The situation is of the process that started this one, and of nobody else."""
    situation = pickle.load(sys.stdin.buffer)
    sys.stdout.write(json.dumps(foresee(situation)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
