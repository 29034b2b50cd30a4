"""What the pull board asks of the store. Blocking; on a reader thread."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from station.core.page_inputs import PullRead
from station.pull.board import board
from station.values import Item, Order, PullSignal


class BoardStore(Protocol):
    """The part of the store that is asked."""

    def open_signals(self) -> tuple[PullSignal, ...]: ...

    def open_orders(self) -> tuple[Order, ...]: ...

    def items_named(self, codes: Iterable[str]) -> tuple[Item, ...]: ...


def read_board(store: BoardStore) -> PullRead:
    """Every open signal and order."""
    signals, orders = store.open_signals(), store.open_orders()
    codes = {each.item for each in signals} | {line.item for order in orders for line in order.lines}
    items = {each.code: each for each in store.items_named(codes)}
    return PullRead(board(signals, orders, items))
