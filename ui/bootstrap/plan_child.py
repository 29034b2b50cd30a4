"""The beam in a process of its own, beside the running station: a situation comes in, tray numbers go out."""

from __future__ import annotations

import json
import pickle
import sys
from typing import Any

from station.planner.situation import Situation, foresee
from ui.bootstrap.child import Child

PLAN_S = 10.0  # a visit takes longer; what comes later is of no use


class ChildForecaster:
    """Has each forecast made by a process (`Child`)."""

    def __init__(
        self, command: tuple[str, ...] = (sys.executable, "-m", "ui.bootstrap.plan_child"), *, most_s: float = PLAN_S
    ) -> None:
        self._child = Child(command, most_s=most_s)

    def foresee(self, situation: Situation) -> tuple[int, ...]:
        """The trays of the next visits. Raises OSError when the other process does not make it in time."""
        return _trays(self._child.answer(pickle.dumps(situation)), len(situation.problem.stock))

    def stop(self) -> None:
        self._child.stop()


def _trays(said: bytes, trays: int) -> tuple[int, ...]:
    """Numbers of the problem's trays, and nothing else."""
    try:
        found: Any = json.loads(said)
    except ValueError as error:
        raise OSError("it said something else") from error
    if not isinstance(found, list) or not all(isinstance(each, int) and 0 <= each < trays for each in found):
        raise OSError("it said something else")
    return tuple(found)


def main() -> int:
    """The situation is of the process that started this one, and of nobody else."""
    situation = pickle.load(sys.stdin.buffer)
    sys.stdout.write(json.dumps(foresee(situation)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
