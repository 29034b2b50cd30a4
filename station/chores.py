"""Work that nobody waits for, done again and again on a thread of its own: results out, acknowledgements in, backups.

A chore that fails for a known reason is logged and tried again at its next turn; it never stops the work at the bay.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from db.errors import StoreError
from station.result_row import ResultError
from station.worker import Worker

logger = logging.getLogger(__name__)

PATIENCE_S = 10.0  # for the last turns; results that were not written by then are written after the next start


@dataclass(frozen=True, slots=True)
class Chore:
    """One thing to do every `every_s` seconds, and once more at the end when it `ends_with`; `at_end` is done there instead. `do`
    blocks and may raise OSError, StoreError or ResultError."""

    name: str
    every_s: float
    do: Callable[[], object]
    ends_with: bool = False
    at_end: Callable[[], object] | None = None


class Chores:
    """Does the chores, one at a time. `start` on a running loop; `stop` waits for the one under way, but not for ever."""

    def __init__(self, chores: Sequence[Chore], *, patience_s: float = PATIENCE_S) -> None:
        self._chores = tuple(chores)
        self._patience_s = patience_s
        self._thread: Worker | None = None
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._failing: set[str] = set()
        self._under_way = ""

    def start(self) -> None:
        """Begin; each chore has its first turn after its own time."""
        self._thread = Worker("chores")
        for chore in self._chores:
            self._later(chore)

    async def stop(self) -> None:
        """No further turns but the last ones. A chore that hangs, on a share that does not answer, is left behind."""
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()
        if self._thread is None:
            return
        thread, self._thread = self._thread, None
        for chore in self._chores:
            if chore.ends_with:
                thread.submit(self._do, chore if chore.at_end is None else replace(chore, do=chore.at_end))
        if not await thread.stop(patience_s=self._patience_s):
            logger.warning("%s: did not end within %g s and is left behind", self._under_way, self._patience_s)

    def _later(self, chore: Chore) -> None:
        self._timers[chore.name] = asyncio.get_running_loop().call_later(chore.every_s, self._turn, chore)

    def _turn(self, chore: Chore) -> None:
        if self._thread is not None:
            self._thread.submit(self._do, chore)
            self._later(chore)

    def _do(self, chore: Chore) -> None:
        """On the thread. Said once when it begins to fail and once when it works again, not at every turn."""
        self._under_way = chore.name
        try:
            chore.do()
        except (OSError, StoreError, ResultError) as error:
            if chore.name not in self._failing:
                logger.warning("%s: %s; it will be tried again", chore.name, error)
            self._failing.add(chore.name)
            return
        if chore.name in self._failing:
            logger.info("%s works again", chore.name)
            self._failing.discard(chore.name)
