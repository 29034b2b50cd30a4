"""Work that nobody waits for, done again and again on threads of its own: results out, acknowledgements in, copies, checks.

A chore that fails is logged, told and tried again at its next turn; it never stops the work at the bay.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from db.errors import StoreError
from station.result_row import ResultError
from station.worker import Worker

logger = logging.getLogger(__name__)

HANGS_S = 1800.0  # no turn takes longer, but for a place that does not answer
PATIENCE_S = 10.0  # for the last turns; results that were not written by then are written after the next start


def nothing() -> None:
    """Nothing is to be ended."""


def told_nobody(name: str, code: str) -> None:
    """Nobody looks."""


@dataclass(frozen=True, slots=True)
class Chore:
    """One thing to do every `every_s` seconds, and once more at the end when it `ends_with`; `at_end` is done there instead. `do`
    blocks and may raise OSError, StoreError or ResultError. `is_apart`: on a thread of its own, for what may take long or hang
    while others must go on; `stop` ends what is under way there. `code` is what is shown while it fails, or takes longer than
    `hangs_s`."""

    name: str
    every_s: float
    do: Callable[[], object]
    ends_with: bool = False
    at_end: Callable[[], object] | None = None
    is_apart: bool = False
    stop: Callable[[], object] = nothing
    code: str = ""
    changes_site: bool = False  # orders, items or stock, whenever `do` gives something that is not empty
    hangs_s: float = HANGS_S


class Chores:
    """Does the chores, one at a time. `start` on a running loop; `stop` waits for the one under way, but not for ever. `tell` is
    called, on any thread, with a chore's name and its code while it fails or hangs, and with "" when it has worked; `changed` on
    the loop, when a chore has changed what the bay shows."""

    def __init__(
        self,
        chores: Sequence[Chore],
        *,
        patience_s: float = PATIENCE_S,
        tell: Callable[[str, str], None] = told_nobody,
        changed: Callable[[], None] = nothing,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._chores = tuple(chores)
        self._patience_s = patience_s
        self._tell = tell
        self._changed = changed
        self._loop: asyncio.AbstractEventLoop | None = None
        self._monotonic = monotonic
        self._began: dict[str, tuple[Chore, float]] = {}  # of each thread the turn that is under way
        self._threads: dict[str, Worker] = {}
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._failing: set[str] = set()
        self._waits: set[str] = set()  # a turn that is behind the one before is left out

    def start(self) -> None:
        """Begin; each chore has its first turn after its own time."""
        self._loop = asyncio.get_running_loop()
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
                last = chore if chore.at_end is None else replace(chore, do=chore.at_end)
                threads[_thread_of(chore)].submit(self._do, last)
        await asyncio.gather(*(self._end(name, thread) for name, thread in threads.items()))

    async def _end(self, name: str, thread: Worker) -> None:
        if not await thread.stop(patience_s=self._patience_s):
            under_way = self._began.get(name)
            what = name if under_way is None else under_way[0].name
            logger.warning("%s: did not end within %g s and is left behind", what, self._patience_s)

    def _later(self, chore: Chore) -> None:
        self._timers[chore.name] = asyncio.get_running_loop().call_later(chore.every_s, self._turn, chore)

    def _turn(self, chore: Chore) -> None:
        thread = self._threads.get(_thread_of(chore))
        if thread is None:
            return
        under_way, began_s = self._began.get(_thread_of(chore), (chore, self._monotonic()))
        if self._monotonic() - began_s > under_way.hangs_s:
            self._tell(under_way.name, under_way.code)
        if chore.name not in self._waits:
            self._waits.add(chore.name)
            thread.submit(self._do, chore)
        self._later(chore)

    def _do(self, chore: Chore) -> None:
        """On the thread. Said once when it begins to fail and once when it works again, not at every turn."""
        self._began[_thread_of(chore)] = chore, self._monotonic()
        self._waits.discard(chore.name)
        try:
            if chore.do() and chore.changes_site:
                self._say_changed()
        except (OSError, StoreError, ResultError) as error:
            if chore.name not in self._failing:
                logger.warning("%s: %s; it will be tried again", chore.name, error)
            self._fails(chore)
        except Exception:
            # A fault of this program in what nobody waits for must not take the bay down, nor be seen by nobody.
            if chore.name not in self._failing:
                logger.exception("%s failed by a fault of this program; it will be tried again", chore.name)
            self._fails(chore)
        else:
            self._works(chore)
        finally:
            del self._began[_thread_of(chore)]

    def _say_changed(self) -> None:
        if self._loop is not None:
            with suppress(RuntimeError):  # the loop is closed: nobody looks any more
                self._loop.call_soon_threadsafe(self._changed)

    def _fails(self, chore: Chore) -> None:
        self._failing.add(chore.name)
        self._tell(chore.name, chore.code)

    def _works(self, chore: Chore) -> None:
        if chore.name in self._failing:
            logger.info("%s works again", chore.name)
            self._failing.discard(chore.name)
        self._tell(chore.name, "")


def _thread_of(chore: Chore) -> str:
    return f"chore {chore.name}" if chore.is_apart else "chores"
