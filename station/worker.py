"""The store's worker, for a loop: its end is waited for beside it."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from db import worker


class Worker(worker.Worker):
    """A thread for work that may hang. `stop` it on a loop."""

    async def stop(self, *, patience_s: float) -> bool:
        """As `close`, while the loop goes on."""
        all_is_done, loop = asyncio.Event(), asyncio.get_running_loop()
        self.end().add_done_callback(lambda _: _tell(loop, all_is_done))
        with suppress(TimeoutError):
            async with asyncio.timeout(patience_s):
                await all_is_done.wait()
            return True
        self.leave()
        return False


def _tell(loop: asyncio.AbstractEventLoop, all_is_done: asyncio.Event) -> None:
    with suppress(RuntimeError):  # the loop is closed: nobody waits any more
        loop.call_soon_threadsafe(all_is_done.set)
