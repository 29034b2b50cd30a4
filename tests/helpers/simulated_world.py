"""The site database of the simulation: its content, backups of it, long transactions, and what the host puts there."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from db.sync.values import DocumentKind

from .simulated_fold import DocumentRow, OrderBook, State, end_lease, fold, give_lease

LEASE = timedelta(hours=10)


class SiteWorld:
    """The site database itself: `state` is all of it, `backup` and `restore` what an administrator does."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.clock = clock
        self.state = State()
        self.poison = ""  # events with this text in the body it cannot read
        self.body_version = 1
        self.folds_at_once = True
        self._open: dict[int, datetime] = {}
        self._restores = 1
        self.is_undeclared = False

    def begin(self) -> None:
        """One transaction after the other: each has its number."""
        self.state.xid += 1

    @property
    def watermark(self) -> int:
        return min(self._open, default=self.state.xid + 1)

    def hold(self) -> None:
        """Somebody begins a long transaction that writes."""
        self.state.xid += 1
        self._open[self.state.xid] = self.clock()

    def release(self) -> None:
        self._open.clear()

    def as_of(self) -> datetime:
        return min(self._open.values(), default=self.clock())

    def fold(self) -> None:
        self.begin()
        fold(self.state)

    def backup(self) -> State:
        return copy.deepcopy(self.state)

    def restore(self, backup: State, *, is_declared: bool = True) -> None:
        """Back to a backup; declared, as the runbook says, it is a new server epoch and no fence is given twice."""
        self.state = copy.deepcopy(backup)
        self._open.clear()
        self.is_undeclared = not is_declared
        if is_declared:
            self.declare()

    def declare(self) -> None:
        """What the runbook asks for after a restore."""
        self.is_undeclared = False
        self._restores += 1
        self.state.server_epoch = f"server-{self._restores}"
        self.begin()
        self.state.purged = 0
        for row in [*self.state.documents.values(), *self.state.stock.values(), *self.state.leases.values()]:
            self.state.touch(row)
        for row in self.state.custody.values():
            self.state.touch(row)
        self.state.fence_floor = max(self.state.fence_floor + 1000, int(self.clock().timestamp()))
        for book in self.state.orders.values():
            book.floor = max(book.fence, book.floor, self.state.fence_floor)

    # --- the host's own way

    def put(self, kind: DocumentKind, key: str, body: Any) -> None:
        self.begin()
        self.keep(kind, key, body)

    def move_order(self, order: str, station: str) -> None:
        self.begin()
        give_lease(self.state, order, station, self.clock() + LEASE)

    def keep(self, kind: DocumentKind, key: str, body: Any) -> int:
        row = self.state.documents.setdefault((kind.value, key), DocumentRow())
        row.body = copy.deepcopy(body)
        self.state.touch(row)
        if kind is DocumentKind.ORDER:
            book = self.state.orders.setdefault(key, OrderBook(floor=self.state.fence_floor))
            if body is None:
                end_lease(self.state, key)
                book.is_released = False
            else:
                book.kind, book.lines = body["kind"], copy.deepcopy(body["lines"])
        return row.version
