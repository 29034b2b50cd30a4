"""Cancel an order that nobody works on: its open lines end, and the host hears of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Protocol

from db.records.orders import LineClosed, OrderCancelled
from db.records.record import Record
from station.allocation import OPEN_STATES
from station.values import EventRow, Order, OrderState

STORE_TIMEOUT_S = 30.0


_WHY_NOT = {OrderState.STARTED: "order_started", OrderState.HELD: "held"}
Decide = Callable[[Order | None], Sequence[Record] | str]


class CancelError(Exception):
    """The order is not cancelled. `code`: unknown_order, order_started (leave it at the bay first), held (let it go on
    first), order_ended, no_reason."""

    def __init__(self, code: str, order: str) -> None:
        super().__init__(f"{code} {order}".strip())
        self.code = code
        self.order = order


class CancelStore(Protocol):
    """What a cancellation needs of the store."""

    def append_decided(
        self, order: str, decide: Decide, *, operator: str = "", role: str = ""
    ) -> Future[tuple[EventRow, ...] | str]: ...


def cancel_order(store: CancelStore, name: str, reason: str) -> int:
    """Cancel the order in one transaction; the number of lines that ended. Raises CancelError, StoreError. Blocks.

    Looked at and written in the writer's turn: whatever the bay does at this moment comes wholly before it or wholly after.
    """
    decided = store.append_decided(name, lambda order: cancellation(order, reason.strip())).result(STORE_TIMEOUT_S)
    if isinstance(decided, str):
        raise CancelError(decided, name)
    return len(decided) - 1  # the order's own event is one of them


def cancellation(order: Order | None, reason: str) -> tuple[Record, ...] | str:
    """What is to be written of the order as it is now, or the code of why not."""
    if order is None:
        return "unknown_order"
    if order.state is not OrderState.RELEASED:
        return _WHY_NOT.get(order.state, "order_ended")
    if not reason:
        return "no_reason"
    ended = [
        LineClosed(
            order=order.order,
            line=line.line,
            outcome="cancelled",
            asked=line.quantity,
            done_quantity=line.done_quantity,
            reason=reason,
        )
        for line in order.lines
        if line.state in OPEN_STATES
    ]
    return (*ended, OrderCancelled(order=order.order, reason=reason))
