"""The orders that were read last, by their rows: what has not changed since is not built again.

A work list of fifty thousand lines is read after each booking, and hardly any of it has changed. The rows are read anew each
time, so that nothing of what the store holds can be missed; only making orders of them is spared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from db.rows.orders import Order

OrderRow = tuple[Any, ...]


class OrderMemory:
    """Used by several reading threads: each exchanges the whole memory at once, so that none sees half of another's."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[OrderRow, Order]] = {}

    def orders(self, rows: Iterable[OrderRow], make: Callable[[OrderRow], Order]) -> tuple[Order, ...]:
        """The orders of these rows, which begin with the order's name; forgets all others."""
        before, now = self._known, dict[str, tuple[OrderRow, Order]]()
        for row in rows:
            known = before.get(row[0])
            now[row[0]] = known if known is not None and known[0] == row else (row, make(row))
        self._known = now
        return tuple(order for _, order in now.values())
