"""The station's tasks: each is held until it ends, and none ends in silence."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any


class Tasks:
    """The tasks of one station. Used on its running event loop."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[Any, Any, None], name: str) -> None:
        """Begin this work as a task."""
        loop = asyncio.get_running_loop()
        task = loop.create_task(work, name=_name(name))
        self._running.add(task)
        task.add_done_callback(self._ended)

    async def finish(self, name: str, *, patience_s: float) -> None:
        """Wait until no task of this name is under way, those included that begin meanwhile; but no longer than this."""
        with suppress(TimeoutError):
            async with asyncio.timeout(patience_s):
                while left := [task for task in self._running if task.get_name() == _name(name)]:
                    await asyncio.wait(left)

    async def stop(self) -> None:
        """Cancel what is under way and wait for its end."""
        for task in tuple(self._running):
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    def _ended(self, task: asyncio.Task[None]) -> None:
        """A task of ours never ends in silence: what nobody foresaw goes to the loop's handler, which reports and stops."""
        self._running.discard(task)
        if task.cancelled() or task.exception() is None:
            return
        task.get_loop().call_exception_handler({"message": f"{task.get_name()} failed", "exception": task.exception()})


def _name(name: str) -> str:
    return f"station:{name}"
