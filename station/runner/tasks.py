"""The station's tasks: each is held until it ends, and none ends in silence."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any


class Tasks:
    """The tasks of one station. Used on its running event loop."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[Any, Any, None], name: str) -> None:
        """Begin this work as a task."""
        loop = asyncio.get_running_loop()
        task = loop.create_task(work, name=f"station:{name}")
        self._running.add(task)
        task.add_done_callback(self._ended)

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
