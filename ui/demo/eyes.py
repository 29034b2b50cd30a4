"""What the scripted operator sees: the last view that was really painted."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from station.view.view import View
from ui.probe import Probe
from ui.window import MainWindow

PATIENCE_S = 120.0  # longer than any motion of the machine


class NothingHappensError(Exception):
    """The screen did not come to what he waited for; the message holds what it shows."""

    def __init__(self, waited_for: str, view: View | None) -> None:
        super().__init__(f"the operator waited for {waited_for} and sees {view}")


class Eyes:
    """Follows the painted views and lets one coroutine wait for what it needs to see."""

    def __init__(self, glass: MainWindow, probe: Probe) -> None:
        self._glass = glass
        self._probe = probe
        self._news = asyncio.Event()
        self.seen: View | None = None
        glass.painted.connect(self._on_painted)

    def close(self) -> None:
        self._glass.painted.disconnect(self._on_painted)

    async def until(self, wanted: Callable[[View], bool], what: str, *, patience_s: float = PATIENCE_S) -> View:
        """The first painted view that satisfies `wanted`, the present one included. Raises NothingHappensError."""
        try:
            async with asyncio.timeout(patience_s):
                while self.seen is None or not wanted(self.seen):
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError as error:
            raise NothingHappensError(what, self.seen) from error
        return self.seen

    async def next_paint(self, *, patience_s: float) -> bool:
        """Wait until the screen is painted again, whatever it shows; False when that does not happen in time."""
        self._news.clear()
        try:
            async with asyncio.timeout(patience_s):
                await self._news.wait()
        except TimeoutError:
            return False
        return True

    def _on_painted(self, token: int) -> None:
        view = self._glass.view
        if view is None:
            return
        self._probe.painted(view)
        self.seen = view
        self._news.set()
