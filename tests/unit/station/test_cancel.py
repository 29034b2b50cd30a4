"""Cancelling an order: only one that nobody works on, with a reason, and every open line ends once."""

from __future__ import annotations

from concurrent.futures import Future

import pytest

from db.records import Record
from station.cancel import CancelError, cancel_order
from station.values import EventRow, LineState, Order, OrderKind, OrderLine, OrderState


class Store:
    """One order and what was appended."""

    def __init__(self, state: OrderState = OrderState.RELEASED) -> None:
        lines = (
            OrderLine(order="O1", line="1", item="A", quantity=5, done_quantity=2),
            OrderLine(order="O1", line="2", item="B", quantity=3, state=LineState.CONFIRMED, done_quantity=3),
        )
        self.found = Order(order="O1", kind=OrderKind.PICK, state=state, lines=lines)
        self.appended: list[Record] = []

    def order(self, order: str) -> Order | None:
        return self.found if order == "O1" else None

    def append(self, records: tuple[Record, ...], *, operator: str = "", role: str = "") -> Future[tuple[EventRow, ...]]:
        self.appended += records
        done: Future[tuple[EventRow, ...]] = Future()
        done.set_result(())
        return done


def test_every_open_line_ends_cancelled_with_what_was_done() -> None:
    store = Store()
    assert cancel_order(store, "O1", " no longer needed ") == 1
    line, order = store.appended
    assert (line.line, line.outcome, line.asked, line.done_quantity) == ("1", "cancelled", 5, 2)  # type: ignore[attr-defined]
    assert (order.kind, order.reason) == ("order_cancelled", "no longer needed")  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("state", "order", "reason", "code"),
    [
        (OrderState.RELEASED, "O9", "why", "unknown_order"),
        (OrderState.STARTED, "O1", "why", "order_started"),
        (OrderState.CLOSED, "O1", "why", "order_ended"),
        (OrderState.CANCELLED, "O1", "why", "order_ended"),
        (OrderState.RELEASED, "O1", "  ", "no_reason"),
    ],
)
def test_a_refused_cancellation_writes_nothing(state: OrderState, order: str, reason: str, code: str) -> None:
    store = Store(state)
    with pytest.raises(CancelError) as caught:
        cancel_order(store, order, reason)
    assert caught.value.code == code
    assert not store.appended
