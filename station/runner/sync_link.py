"""The replication beside the station: started and stopped with it, heard on the event loop."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from station.core.inputs import Input, SiteChanged, SyncTold
from station.ports import SyncPort
from station.values import SyncStatus
from station.worker import Worker

logger = logging.getLogger(__name__)

STOP_PATIENCE_S = 15.0  # a call to a site that does not answer ends within its own time-outs


class SyncLink:
    """Used on the event loop. Without a port it does nothing."""

    def __init__(self, port: SyncPort | None, feed: Callable[[Input], None]) -> None:
        self._port = port
        self._feed = feed

    def start(self) -> None:
        """Begin; what is told on the port's threads is fed on this loop."""
        if self._port is None:
            return
        loop = asyncio.get_running_loop()
        self._port.start(partial(self._on_told, loop), partial(self._on_changed, loop))

    def wake(self) -> None:
        if self._port is not None:
            self._port.wake()

    async def stop(self) -> None:
        """End the port's threads, while the loop goes on. One that hangs is left behind."""
        if self._port is None:
            return
        worker = Worker("sync-stop")
        stopped = worker.submit(self._port.stop)
        if await worker.stop(patience_s=STOP_PATIENCE_S):
            if (error := stopped.exception()) is not None:
                logger.error("the replication did not end as it should", exc_info=error)
        else:
            logger.warning("the replication did not end within %g s and is left behind", STOP_PATIENCE_S)

    def _on_told(self, loop: asyncio.AbstractEventLoop, status: SyncStatus) -> None:
        with suppress(RuntimeError):  # the loop is closed: nobody looks any more
            loop.call_soon_threadsafe(self._feed, SyncTold(status))

    def _on_changed(self, loop: asyncio.AbstractEventLoop) -> None:
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(self._feed, SiteChanged())
