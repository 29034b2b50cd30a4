"""Cancel an order that nobody works on: its open lines end, and the host hears of each."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from typing import Protocol

from db.records import LineClosed, OrderCancelled, Record
from station.allocation import OPEN_STATES
from station.values import EventRow, Order, OrderState

STORE_TIMEOUT_S = 30.0


class CancelError(Exception):
    """The order is not cancelled. `code`: unknown_order, order_started (leave it at the bay first), order_ended, no_reason."""

    def __init__(self, code: str, order: str) -> None:
        super().__init__(f"{code} {order}".strip())
        self.code = code
        self.order = order


class CancelStore(Protocol):
    """What a cancellation needs of the store."""

    def order(self, order: str) -> Order | None: ...

    def append(self, records: Sequence[Record], *, operator: str = "", role: str = "") -> Future[tuple[EventRow, ...]]: ...


def cancel_order(store: CancelStore, name: str, reason: str) -> int:
    """Cancel the order in one transaction; the number of lines that ended. Raises CancelError, StoreError. Blocks."""
    order = store.order(name)
    if order is None:
        raise CancelError("unknown_order", name)
    if order.state is OrderState.STARTED:
        raise CancelError("order_started", name)
    if order.state is not OrderState.RELEASED:
        raise CancelError("order_ended", name)
    if not reason.strip():
        raise CancelError("no_reason", name)
    ended = [
        LineClosed(
            order=name,
            line=line.line,
            outcome="cancelled",
            asked=line.quantity,
            done_quantity=line.done_quantity,
            reason=reason.strip(),
        )
        for line in order.lines
        if line.state in OPEN_STATES
    ]
    store.append((*ended, OrderCancelled(order=name, reason=reason.strip()))).result(STORE_TIMEOUT_S)
    return len(ended)
