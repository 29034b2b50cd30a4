"""Practice mode: the demo by hand, marked in every state, on a store and a simulated machine that are gone afterwards.

It reads no settings file and no setting of the environment, so it knows no real store, machine, printer, host or site database:
it cannot reach what it cannot name (decision 0034).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Final

from station.settings import ScreenSettings
from ui.demo.window import WindowOptions, run_sample_window

if TYPE_CHECKING:
    from ui.run import Running

PRACTICE_STATION: Final = "PRACTICE"
PRACTICE_ORDERS: Final = 4


def run_practice(screen: ScreenSettings, *, speed: float = 1.0, work: Callable[[Running], Awaitable[None]] | None = None) -> int:
    """Run until practice is ended, the window closed, or `work` is done."""
    return run_sample_window(
        WindowOptions(station=PRACTICE_STATION, orders=PRACTICE_ORDERS, speed=speed, screen=screen, is_practice=True, work=work)
    )
