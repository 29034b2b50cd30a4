"""A supervisor holds an order, or lets it go on. What is in hand at the bay is still booked; the rest waits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Protocol

from db.records.orders import OrderHeld, OrderLeft, OrderResumed, OrderStarted
from db.records.people import PinConfirmed
from db.records.program import StationStarted
from db.records.record import Record
from station.record_reader import OrderEvents, RecordReader
from station.values import EventRow, Order, OrderState, Person

STORE_TIMEOUT_S = 30.0
HOLD, RESUME = "order_hold", "order_resume"


class HoldError(Exception):
    """Nothing was written. `code`: unknown_order, order_ended, held (already), not_held, in_hand (the bay has not left it yet),
    no_reason."""

    def __init__(self, code: str, order: str) -> None:
        super().__init__(f"{code} {order}".strip())
        self.code = code


class HoldStore(RecordReader, Protocol):
    """What this module needs of the store."""

    def append_decided(
        self, order: str, decide: Callable[[Order | None], Sequence[Record] | str], *, operator: str = "", role: str = ""
    ) -> Future[tuple[EventRow, ...] | str]: ...


def hold(store: HoldStore, name: str, reason: str, by: Person) -> None:
    """Nothing more of it is picked. Raises HoldError, StoreError. Blocks."""
    record = OrderHeld(order=name, reason=reason.strip())
    _write(store, record, lambda order: may_hold(order, reason), HOLD, by)


def resume(store: HoldStore, name: str, reason: str, by: Person) -> None:
    """It may be started again, once the bay that worked on it has left it. Raises HoldError, StoreError. Blocks."""
    if is_in_hand(store, name):
        raise HoldError("in_hand", name)
    record = OrderResumed(order=name, reason=reason.strip())
    _write(store, record, lambda order: may_resume(order, reason), RESUME, by)


def _write(
    store: HoldStore, record: OrderHeld | OrderResumed, refused: Callable[[Order | None], str], act: str, by: Person
) -> None:
    def decide(order: Order | None) -> Sequence[Record] | str:
        return refused(order) or (record, PinConfirmed(person=by.person, act=act))

    decided = store.append_decided(record.order, decide, operator=by.person, role=str(by.role)).result(STORE_TIMEOUT_S)
    if isinstance(decided, str):
        raise HoldError(decided, record.order)


def may_hold(order: Order | None, reason: str) -> str:
    """Why it cannot be held, "" where it can."""
    if order is None:
        return "unknown_order"
    if order.state in (OrderState.CLOSED, OrderState.CANCELLED):
        return "order_ended"
    return "held" if order.state is OrderState.HELD else "" if reason.strip() else "no_reason"


def may_resume(order: Order | None, reason: str) -> str:
    """Why it cannot go on, "" where it can."""
    if order is None:
        return "unknown_order"
    return "not_held" if order.state is not OrderState.HELD else "" if reason.strip() else "no_reason"


def is_in_hand(store: OrderEvents, name: str) -> bool:
    """Whether the bay began it and has neither left it nor been started anew since."""
    touched = store.events(kinds=(OrderStarted.kind, OrderLeft.kind), order=name, limit=1, newest_first=True)
    begun = store.events(kinds=(StationStarted.kind,), limit=1, newest_first=True)
    if not touched or touched[0].kind == OrderLeft.kind:
        return False
    return not begun or (begun[0].epoch == touched[0].epoch and begun[0].seq < touched[0].seq)
