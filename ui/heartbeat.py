"""Signs of life for the service manager, given only while the window's loop and the station's runner both live.

A timer of Qt's beats: so the window's loop lives. It speaks only when the runner has ticked since the beat before: so asyncio
and the station live, too. A station whose runner stands is started anew, although its window still paints.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer

from ui.service_notice import ALIVE, READY, ServiceNotice

BEATS: Final = 5  # in the manager's time: some may come late
SLOWEST_MS: Final = 1000


class Heartbeat(QObject):
    """`ticks` counts the runner's turns; `see_paint` is told that something stands on the screen. `begin`, then `end`."""

    def __init__(self, notice: ServiceNotice, ticks: Callable[[], int]) -> None:
        super().__init__()
        self._notice, self._ticks = notice, ticks
        self._told_ticks = -1
        self._is_painted = False
        self._is_ready = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.beat)

    def begin(self) -> None:
        """From now on the manager is told: that the program is ready once something is painted, then each sign of life."""
        if not self._notice.is_wanted:
            return
        watchdog_s = self._notice.watchdog_s or SLOWEST_MS * BEATS / 1000
        self._timer.start(min(SLOWEST_MS, round(watchdog_s * 1000 / BEATS)))
        self._tell_ready()

    def see_paint(self) -> None:
        """The window has painted."""
        self._is_painted = True
        self._tell_ready()

    def _tell_ready(self) -> None:
        if self._timer.isActive() and self._is_painted and not self._is_ready:
            self._is_ready = True
            self._notice.say(READY)

    def end(self) -> None:
        """No sign of life any more."""
        self._timer.stop()

    def beat(self) -> None:
        """One beat of the window's loop."""
        ticks = self._ticks()
        if ticks != self._told_ticks:
            self._told_ticks = ticks
            self._notice.say(ALIVE)
