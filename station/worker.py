"""One thread for work that may hang, such as files on a network share.

Unlike those of `concurrent.futures` it holds up neither the loop nor the end of the program: who has waited long enough leaves it
behind.
"""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import suppress
from functools import partial
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

Work = tuple[Callable[[], Any], Future[Any]]


class Worker(Executor):
    """Does what it is given, one after the other. `stop` it on a loop; the thread begins with the first work."""

    def __init__(self, name: str) -> None:
        self._queue: queue.SimpleQueue[Work | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._ended: Future[None] = Future()
        self._is_stopped = False

    def submit(self, call: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Do this after all that was asked before. Raises RuntimeError after `stop`."""
        if self._is_stopped:
            raise RuntimeError(f"{self._thread.name} is stopped")
        future: Future[T] = Future()
        self._queue.put((partial(call, *args, **kwargs), future))
        if self._thread.ident is None:
            self._thread.start()
        return future

    async def stop(self, *, patience_s: float) -> bool:
        """Take nothing more, and wait until all is done. False when it is not by then: what hangs is left behind, and what waits
        behind it is cancelled."""
        self._is_stopped = True
        self._queue.put(None)
        if self._thread.ident is None:
            return True
        ended, loop = asyncio.Event(), asyncio.get_running_loop()
        self._ended.add_done_callback(lambda _: _tell(loop, ended))
        with suppress(TimeoutError):
            async with asyncio.timeout(patience_s):
                await ended.wait()
            self._thread.join()
            return True
        self._cancel_waiting()
        return False

    def _run(self) -> None:
        while (work := self._queue.get()) is not None:
            call, future = work
            if future.set_running_or_notify_cancel():
                _do(call, future)
        self._ended.set_result(None)

    def _cancel_waiting(self) -> None:
        with suppress(queue.Empty):
            while work := self._queue.get_nowait():
                work[1].cancel()
        self._queue.put(None)


def _do(call: Callable[[], Any], future: Future[Any]) -> None:
    try:
        result = call()
    except BaseException as error:  # noqa: BLE001 - the asker gets it
        future.set_exception(error)
    else:
        future.set_result(result)


def _tell(loop: asyncio.AbstractEventLoop, ended: asyncio.Event) -> None:
    with suppress(RuntimeError):  # the loop is closed: nobody waits any more
        loop.call_soon_threadsafe(ended.set)
