"""What the pull board asks of the store. Blocking; on a reader thread."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from station.core.page_inputs import PullRead
from station.pull.board import board
from station.values import Item, PullLoop, PullOrder, PullSignal


class BoardStore(Protocol):
    """The part of the store that is asked."""

    def open_signals(self) -> tuple[PullSignal, ...]: ...

    def loops(self) -> tuple[PullLoop, ...]: ...

    def pull_orders(self) -> tuple[PullOrder, ...]:
        """The open pick orders that no signal of ours became."""

    def measures(self, codes: Collection[str]) -> tuple[Item, ...]:
        """These items as far as a quantity of them is said."""


def read_board(store: BoardStore) -> PullRead:
    """Every open signal and order."""
    signals, orders = store.open_signals(), store.pull_orders()
    codes = {each.item for each in signals} | {each.item for each in orders if each.item}
    items = {each.code: each for each in store.measures(codes)}
    return PullRead(board(signals, orders, items, loops=store.loops()))
