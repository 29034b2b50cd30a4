"""The front of a simulated Hänel machine: its doors, and what its panel asks of the people before it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

READY, ASKS_RETURN, NOT_READY = "ready", "asks_return", "not_ready"
PANEL = (READY, ASKS_RETURN, NOT_READY)  # the next command waits for the RETURN key; every telegram is answered E05


class Front:
    """Which doors are open and what the panel shows. All doors are open at first; a machine without doors has none to move."""

    def __init__(self, openings: Sequence[str], *, has_door: bool) -> None:
        self.has_door = has_door
        self.panel = READY
        self._open = set(openings) if has_door else set()

    def is_open(self, opening: str) -> bool:
        """Whether a door stands open here; never at a machine without doors."""
        return opening in self._open

    def move_door(self, opening: str, *, is_open: bool) -> None:
        """Somebody opens or closes it."""
        if self.has_door:
            (self._open.add if is_open else self._open.discard)(opening)

    def show(self, state: str) -> None:
        """One of PANEL. Raises ValueError."""
        if state not in PANEL:
            raise ValueError(f"no panel state {state!r}; {', '.join(PANEL)}")
        self.panel = state

    def snapshot(self) -> dict[str, Any]:
        """What survives a kill, and what the control connection shows."""
        return {"panel": self.panel, "open_doors": sorted(self._open)}

    def restore(self, state: dict[str, Any]) -> None:
        """Raises KeyError for a snapshot of something else."""
        self.panel = str(state["panel"])
        self._open = set(state["open_doors"])
