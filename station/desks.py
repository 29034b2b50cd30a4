"""Who makes figures for a running station: processes of their own, asked on a thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from db.records.moves import MovePlanned
    from station.jit.desk import Desk
    from station.storage.desk import StorageDesk


class Desks(Protocol):
    """One at a time; `stop` is called on another thread."""

    def make(self, supplier: str, days: float) -> Desk:
        """The figures; with days, as if this supplier were so many late. Blocks for seconds. Raises OSError."""

    def stop(self) -> None:
        """End what is under way, and let nothing begin."""


class Papers(Protocol):
    """Who writes the figures of a stretch: a process of its own, asked on a thread. `stop` is called on another thread."""

    def write(self, first: datetime, until: datetime) -> str:
        """The paper's file; a table lies beside it. Blocks for seconds. Raises OSError."""

    def stop(self) -> None:
        """End what is under way, and let nothing begin."""


class StorageDesks(Protocol):
    """Who makes the figures of storage, likewise."""

    def make(self, item: str) -> StorageDesk:
        """The figures; with an item, also where it fits. Blocks for seconds. Raises OSError."""

    def away(self, machine: str, tray: int, labels: tuple[str, ...]) -> tuple[tuple[MovePlanned, ...], int]:
        """Moves of the goods in these compartments, and of how many there is no place. Blocks for seconds. Raises OSError."""

    def stop(self) -> None:
        """End what is under way, and let nothing begin."""
