"""Work that nobody waits for, done again and again on threads of its own: results out, acknowledgements in, copies, checks.

A chore that fails for a known reason is logged and tried again at its next turn; it never stops the work at the bay.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from db.errors import StoreError
from station.result_row import ResultError
from station.worker import Worker

logger = logging.getLogger(__name__)

PATIENCE_S = 10.0  # for the last turns; results that were not written by then are written after the next start


def nothing() -> None:
    """Nothing is to be ended."""


@dataclass(frozen=True, slots=True)
class Chore:
    """One thing to do every `every_s` seconds, and once more at the end when it `ends_with`. `do` blocks and may raise OSError,
    StoreError or ResultError. `is_apart`: on a thread of its own, for what may take long or hang while others must go on; `stop`
    ends what is under way there."""

    name: str
    every_s: float
    do: Callable[[], object]
    ends_with: bool = False
    is_apart: bool = False
    stop: Callable[[], object] = nothing


class Chores:
    """Does the chores, one at a time. `start` on a running loop; `stop` waits for the one under way, but not for ever."""

    def __init__(self, chores: Sequence[Chore], *, patience_s: float = PATIENCE_S) -> None:
        self._chores = tuple(chores)
        self._patience_s = patience_s
        self._threads: dict[str, Worker] = {}
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._failing: set[str] = set()
        self._waits: set[str] = set()  # a turn that is behind the one before is left out
        self._under_way: dict[str, str] = {}

    def start(self) -> None:
        """Begin; each chore has its first turn after its own time."""
        for chore in self._chores:
            name = _thread_of(chore)
            self._threads[name] = self._threads.get(name) or Worker(name)
            self._later(chore)

    async def stop(self) -> None:
        """No further turns but the last ones. A chore that hangs, on a share that does not answer, is left behind."""
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()
        threads, self._threads = self._threads, {}
        for chore in self._chores:
            chore.stop()
            if chore.ends_with and threads:
                threads[_thread_of(chore)].submit(self._do, chore)
        await asyncio.gather(*(self._end(name, thread) for name, thread in threads.items()))

    async def _end(self, name: str, thread: Worker) -> None:
        if not await thread.stop(patience_s=self._patience_s):
            under_way = self._under_way.get(name, name)
            logger.warning("%s: did not end within %g s and is left behind", under_way, self._patience_s)

    def _later(self, chore: Chore) -> None:
        self._timers[chore.name] = asyncio.get_running_loop().call_later(chore.every_s, self._turn, chore)

    def _turn(self, chore: Chore) -> None:
        thread = self._threads.get(_thread_of(chore))
        if thread is None:
            return
        if chore.name not in self._waits:
            self._waits.add(chore.name)
            thread.submit(self._do, chore)
        self._later(chore)

    def _do(self, chore: Chore) -> None:
        """On the thread. Said once when it begins to fail and once when it works again, not at every turn."""
        self._under_way[_thread_of(chore)] = chore.name
        self._waits.discard(chore.name)
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


def _thread_of(chore: Chore) -> str:
    return f"chore {chore.name}" if chore.is_apart else "chores"
