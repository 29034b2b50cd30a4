"""The beam beside the station: asked for the next visits while the hands work, and never waited for.

Who computes is a port, for the composition root: another process. It may be slow, or dead; then the rule decides.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from typing import Protocol

from station.core.effects import PlanAhead
from station.core.inputs import Input, TraysPlanned
from station.planner.situation import Situation
from station.worker import Worker

logger = logging.getLogger(__name__)

STOP_S = 2.0


class Forecaster(Protocol):
    """Computes the next visits, on a thread of its own. Raises OSError when nothing comes of it."""

    def foresee(self, situation: Situation) -> tuple[int, ...]:
        """The trays of the next visits, by the problem's numbers."""

    def stop(self) -> None:
        """Give up what is under way. From any thread."""


class TrayForecast:
    """Used on the event loop. One question at a time: while one is under way another is left out."""

    def __init__(self, forecaster: Forecaster | None, feed: Callable[[Input], None]) -> None:
        self._forecaster, self._feed = forecaster, feed
        self._worker: Worker | None = None
        self._is_busy = False

    def ask(self, asked: PlanAhead) -> None:
        """Begin; what comes of it is fed. Nothing is, where it fails."""
        if self._forecaster is None or self._is_busy:
            return
        self._is_busy = True
        self._worker = self._worker or Worker("planner")
        loop, forecaster = asyncio.get_running_loop(), self._forecaster

        def work() -> None:
            trays: tuple[int, ...] = ()
            try:
                trays = tuple(asked.trays[each] for each in forecaster.foresee(asked.situation))
            except OSError as error:
                logger.info("no plan came: %s", error)
            with suppress(RuntimeError):  # the loop is closed: nobody looks any more
                loop.call_soon_threadsafe(self._answered, TraysPlanned(asked.number, trays))

        self._worker.submit(work)

    def _answered(self, planned: TraysPlanned) -> None:
        self._is_busy = False
        if planned.trays:
            self._feed(planned)

    async def stop(self) -> None:
        """Give up what is under way; a thread that hangs is left behind."""
        if self._forecaster is not None:
            self._forecaster.stop()
        if self._worker is not None:
            await self._worker.stop(patience_s=STOP_S)
