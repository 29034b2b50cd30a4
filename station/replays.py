"""Who works days of the record again for a running station: a process of its own, of which the station hears on its loop."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from station.planner.replay import Replay

Told = Callable[[int, int], None]  # so many ways done, of so many
Ended = Callable[["Replay | None", str], None]  # what came of it, or why nothing did: nothing | failed


class Replays(Protocol):
    """One at a time. `told` and `ended` are called on any thread, and not after `stop`."""

    def start(self, first: datetime, until: datetime, *, told: Told, ended: Ended) -> None:
        """Begin; what was under way ends."""

    def stop(self) -> None:
        """End what is under way, if anything is."""
