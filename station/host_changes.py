"""What a host changes or cancels of an order that was released: what is not done yet, and never what is in hand.

An order in hand at the bay is held: nothing more of it is asked, the person is told, and the change waits in the log until
the bay has left the order. Each change is decided and written in the writer's turn. Blocks.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, Protocol

from db.records.orders import (
    HostChangeAsked,
    HostChangeEnded,
    LineChanged,
    LineClosed,
    OrderCancelled,
    OrderClosed,
    OrderHeld,
    OrderResumed,
)
from db.records.record import Record
from station.allocation import OPEN_STATES
from station.holding import is_in_hand
from station.host_line import host_line
from station.order_cancel import cancelled
from station.order_log import taken_for
from station.record_reader import OrderEvents
from station.values import EventRow, LineState, Order, OrderKind, OrderLine, OrderState

STORE_TIMEOUT_S = 30.0
HOST = "host"  # why an order is held, and why a line ended, where the host says nothing else
IN_HAND = "in_hand"
ENDED = (OrderState.CLOSED, OrderState.CANCELLED)
RECENT = 500  # changes that may wait
DONE = "done"

Decided = tuple[Sequence[Record], Mapping[str, int]] | str


@dataclass(frozen=True, slots=True, kw_only=True)
class HostChange:
    """`line` is the host's, "" for the whole order; `quantity` is what it asks now, None for a cancellation."""

    order: str
    line: str = ""
    quantity: int | None = None
    reason: str = HOST


class ChangeStore(OrderEvents, Protocol):
    """What this module needs of the store."""

    def append_decided(
        self, order: str, decide: Callable[[Order | None], Sequence[Record] | str], *, operator: str = "", role: str = ""
    ) -> Future[tuple[EventRow, ...] | str]: ...

    def append_changing(
        self, order: str, decide: Callable[[Order | None], Decided], *, operator: str = "", role: str = ""
    ) -> Future[tuple[EventRow, ...] | str]: ...


class ToldStore(ChangeStore, Protocol):
    """The same, and the orders themselves."""

    def order(self, order: str) -> Order | None: ...


def change_order(store: ChangeStore, order: str, changes: Sequence[HostChange]) -> dict[HostChange, str]:
    """Apply these changes of one order, now or when the bay has left it; those that cannot be, with the code of why:
    unknown_order, order_ended, unknown_line, line_ended, kit_not_changed. Raises StoreError."""
    while True:
        if is_in_hand(store, order):
            return _wait(store, order, changes)
        turn = _Turn(store, changes)
        written = store.append_changing(order, turn.decide).result(STORE_TIMEOUT_S)
        if written == IN_HAND:  # it was started at this very moment
            continue
        return dict.fromkeys(changes, written) if isinstance(written, str) else turn.refused


def take_told(store: ToldStore, told: Mapping[str, Any]) -> str:
    """Apply what a row of the site's tables asks: {order, action, lines: [{line, quantity}]}; the code of the first refusal, ""
    when all of it was taken, or was before. Raises StoreError."""
    order = store.order(told["order"])
    if order is None:
        return "unknown_order"
    if told["action"] == "cancel":
        if order.state is OrderState.CANCELLED:
            return ""
        changes = [HostChange(order=order.order)]
    else:
        before = {host_line(each): each.kit.asked if each.kit else each.quantity for each in order.lines}
        changes = [
            HostChange(order=order.order, line=each["line"], quantity=each["quantity"])
            for each in told["lines"]
            if before.get(each["line"]) != each["quantity"]
        ]
    refused = change_order(store, order.order, changes) if changes else {}
    return next(iter(refused.values()), "")


def _wait(store: ChangeStore, name: str, changes: Sequence[HostChange]) -> dict[HostChange, str]:
    def decide(order: Order | None) -> Sequence[Record] | str:
        if order is None or order.state in ENDED:
            return "order_ended" if order else "unknown_order"
        asked = [HostChangeAsked(order=name, line=each.line, quantity=each.quantity, reason=each.reason) for each in changes]
        return (*asked, *((OrderHeld(order=name, reason=HOST),) if order.state is not OrderState.HELD else ()))

    written = store.append_decided(name, decide).result(STORE_TIMEOUT_S)
    return dict.fromkeys(changes, written) if isinstance(written, str) else {}


def waiting(store: OrderEvents) -> dict[str, list[tuple[str, HostChange]]]:
    """The changes that wait, by order, each with the id of the event that asked."""
    ended = {_data(each)["asked_by"] for each in _recent(store, HostChangeEnded.kind)}
    found: dict[str, list[tuple[str, HostChange]]] = {}
    for event in reversed(_recent(store, HostChangeAsked.kind)):
        if event.id not in ended:
            data = _data(event)
            change = HostChange(order=data["order"], line=data["line"], quantity=data["quantity"], reason=data["reason"])
            found.setdefault(change.order, []).append((event.id, change))
    return found


def apply_waiting(store: ChangeStore) -> tuple[str, ...]:
    """Carry out what waited for orders that the bay has left meanwhile; the orders. Raises StoreError."""
    done = []
    for order, asked in waiting(store).items():
        if is_in_hand(store, order):
            continue
        turn = _Turn(
            store, [change for _, change in asked], asked_by=[event for event, _ in asked], is_by_host=_is_by_host(store, order)
        )
        if store.append_changing(order, turn.decide).result(STORE_TIMEOUT_S) != IN_HAND:
            done.append(order)
    return tuple(done)


def held_by_host(store: OrderEvents, orders: Sequence[str]) -> frozenset[str]:
    """Those of the held orders that wait for the host's change and not for a supervisor."""
    return frozenset(each for each in orders if _is_by_host(store, each))


def _is_by_host(store: OrderEvents, order: str) -> bool:
    held = store.events(kinds=(OrderHeld.kind,), order=order, limit=1, newest_first=True)
    return bool(held) and _data(held[0])["reason"] == HOST and not held[0].operator


def _recent(store: OrderEvents, kind: str) -> tuple[EventRow, ...]:
    return store.events(kinds=(kind,), limit=RECENT, newest_first=True)


def _data(event: EventRow) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(event.body)["data"]
    return data


@dataclass(slots=True)
class _Turn:
    """The changes of one order in one transaction. `refused` is filled while it decides."""

    store: OrderEvents
    changes: Sequence[HostChange]
    asked_by: Sequence[str] = ()
    is_by_host: bool = False
    refused: dict[HostChange, str] = field(default_factory=dict)

    def decide(self, order: Order | None) -> Decided:
        self.refused.clear()
        if order is not None and order.state is OrderState.STARTED:
            return IN_HAND
        if order is None or order.state in ENDED:
            code = "order_ended" if order else "unknown_order"
            self.refused.update((each, code) for each in self.changes)
            return self._told(order, (), {}, is_over=True)
        whole = next((each for each in self.changes if not each.line and each.quantity is None), None)
        if whole is not None:
            return self._told(order, self._cancelled(order, whole), {}, is_over=True)
        return self._of_lines(order)

    def _cancelled(self, order: Order, change: HostChange) -> Sequence[Record]:
        """What was taken goes on: the host is told how much that is."""
        taken = taken_for(self.store, order) if order.kind is OrderKind.PICK else ()
        return cancelled(order, change.reason, taken, goes_on=True, is_taken=lambda name: False)[0]

    def _of_lines(self, order: Order) -> Decided:
        records: list[Record] = []
        quantities: dict[str, int] = {}
        states = {each.line: each.state for each in order.lines}
        for change in self.changes:
            mine = [each for each in order.lines if host_line(each) == change.line and states[each.line] in OPEN_STATES]
            if code := _why_not(order, change, mine):
                self.refused[change] = code
                continue
            for line in mine:
                more = _records(line, change)
                records += more
                quantities |= {each.line: each.quantity for each in more if isinstance(each, LineChanged)}
                states |= {each.line: LineState(each.outcome) for each in more if isinstance(each, LineClosed)}
        is_over = bool(records) and not any(each in OPEN_STATES for each in states.values())
        return self._told(order, (*records, *(_end(order, states) if is_over else ())), quantities, is_over=is_over)

    def _told(self, order: Order | None, records: Sequence[Record], quantities: Mapping[str, int], *, is_over: bool) -> Decided:
        ended = [
            HostChangeEnded(order=each.order, line=each.line, asked_by=event, outcome=self.refused.get(each, DONE))
            for each, event in zip(self.changes, self.asked_by, strict=False)
        ]
        goes_on = self.is_by_host and not is_over and order is not None and order.state is OrderState.HELD
        resumed = (OrderResumed(order=order.order, reason=HOST),) if goes_on and order is not None else ()
        return (*records, *ended, *resumed), quantities


def _why_not(order: Order, change: HostChange, open_lines: Sequence[OrderLine]) -> str:
    if not open_lines:
        return "line_ended" if any(host_line(each) == change.line for each in order.lines) else "unknown_line"
    return "kit_not_changed" if change.quantity is not None and open_lines[0].kit is not None else ""


def _records(line: OrderLine, change: HostChange) -> Sequence[Record]:
    if change.quantity is None:
        return (_closed(line, "cancelled", line.quantity, change.reason),)
    quantity = max(change.quantity, line.done_quantity)
    changed = LineChanged(
        order=line.order,
        line=line.line,
        before=line.quantity,
        quantity=quantity,
        done_quantity=line.done_quantity,
        reason=change.reason,
    )
    over = (_closed(line, "confirmed", quantity, ""),) if line.done_quantity and quantity == line.done_quantity else ()
    return (changed, *over)


def _closed(line: OrderLine, outcome: str, asked: int, reason: str) -> LineClosed:
    return LineClosed(
        order=line.order, line=line.line, outcome=outcome, asked=asked, done_quantity=line.done_quantity, reason=reason
    )


def _end(order: Order, states: Mapping[str, LineState]) -> Sequence[Record]:
    if set(states.values()) <= {LineState.CANCELLED, LineState.MOVED}:
        return (OrderCancelled(order=order.order, reason=HOST),)
    return (OrderClosed(order=order.order),)
