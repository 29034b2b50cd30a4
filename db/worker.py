"""One thread for work that may hang, such as files on a network share.

Unlike those of `concurrent.futures` it does not hold up the end of the program: who has waited long enough leaves it behind.
"""

from __future__ import annotations

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
    """Does what it is given, one after the other. The thread begins with the first work."""

    def __init__(self, name: str) -> None:
        self._queue: queue.SimpleQueue[Work | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._ended: Future[None] = Future()
        self._gate = threading.Lock()
        self._is_closed = False

    def submit(self, call: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Do this after all that was asked before. Raises RuntimeError once it was asked to end."""
        future: Future[T] = Future()
        with self._gate:
            if self._is_closed:
                raise RuntimeError(f"{self._thread.name} takes no more work")
            self._queue.put((partial(call, *args, **kwargs), future))
            if self._thread.ident is None:
                self._thread.start()
        return future

    def close(self, *, patience_s: float) -> bool:
        """Take nothing more, and wait until all is done. False when it is not by then: what hangs is left behind, and what waits
        behind it is cancelled. Blocks."""
        ended = self.end()
        with suppress(TimeoutError):
            ended.result(patience_s)
            return True
        self.leave()
        return False

    def end(self) -> Future[None]:
        """Take nothing more. The future is done when all is done that was asked."""
        with self._gate:
            if not self._is_closed:
                self._is_closed = True
                self._queue.put(None)
                if self._thread.ident is None:
                    self._ended.set_result(None)
        return self._ended

    def leave(self) -> None:
        """Cancel what still waits its turn: it stands behind something that hangs."""
        with suppress(queue.Empty):
            while work := self._queue.get_nowait():
                work[1].cancel()
        self._queue.put(None)

    def _run(self) -> None:
        while (work := self._queue.get()) is not None:
            call, future = work
            if future.set_running_or_notify_cancel():
                _do(call, future)
        self._ended.set_result(None)


def _do(call: Callable[[], Any], future: Future[Any]) -> None:
    try:
        result = call()
    except BaseException as error:  # noqa: BLE001 - the asker gets it
        future.set_exception(error)
    else:
        future.set_result(result)
