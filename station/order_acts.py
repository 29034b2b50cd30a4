"""What a supervisor does to an order: hold it, let it go on, take it over, split it, cancel it.

Each is one transaction with the proof of who did it, looked at and written in the writer's turn: whatever the bay does at this
moment comes wholly before it or wholly after. What was booked stays with who booked it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from db.records.orders import LineClosed, OrderHeld, OrderLeft, OrderResumed, OrderSplit, OrderTakenOver
from db.records.record import Record
from station.allocation import OPEN_STATES
from station.holding import is_in_hand, may_hold, may_resume
from station.order_cancel import cancelled
from station.order_log import owner_of, taken_for
from station.record_reader import OrderEvents
from station.values import EventRow, LineState, Order, OrderKind, OrderLine, OrderState

STORE_TIMEOUT_S = 30.0
MOVED = "moved"
WORKED = (OrderState.STARTED, OrderState.HELD)  # of what has ended, nothing is in hand
ENDED = (OrderState.CLOSED, OrderState.CANCELLED)

AskSite = Callable[[str, str], str]  # for an order, with the reason; "" when the site gave it, else the code of why not
Decided = tuple[Sequence[Record], Sequence[Order]]
Decide = Callable[[Order | None, Callable[[str], bool]], Decided | str]


class Act(StrEnum):
    """What is done; the name of the privileged act in the record."""

    HOLD = "order_hold"
    RESUME = "order_resume"
    TAKE_OVER = "order_take_over"
    SPLIT = "order_split"
    CANCEL = "order_cancel"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderAct:
    """One act, in whose name, and what else is written with it. `lines` are those that a split moves; `goes_on`: what was taken
    for a cancelled order goes on all the same, else it is to be put back; `is_fetched`: the site gave this station the order."""

    act: Act
    order: str
    reason: str
    lines: tuple[str, ...] = ()
    goes_on: bool = True
    is_fetched: bool = False
    operator: str = ""
    role: str = ""
    more: tuple[Record, ...] = ()


@dataclass(frozen=True, slots=True)
class Acted:
    """It is on the disk. `made` is the order that came of it: the split one, or the one that puts back; "" for none."""

    act: Act
    order: str
    made: str = ""


class OrderActError(Exception):
    """Nothing was written. `code`: unknown_order, order_ended, held, not_held, in_hand, elsewhere, island, no_reason, not_begun,
    yours_already, not_splittable, no_lines, unknown_line, line_begun, kit_whole, none_left."""

    def __init__(self, code: str, order: str) -> None:
        super().__init__(f"{code} {order}".strip())
        self.code = code


class OrderActStore(OrderEvents, Protocol):
    """What this module needs of the store."""

    def is_elsewhere(self, order: str) -> bool: ...

    def order(self, order: str) -> Order | None: ...

    def append_releasing(
        self, order: str, decide: Decide, *, operator: str = "", role: str = ""
    ) -> Future[tuple[EventRow, ...] | str]: ...


def carry_out(store: OrderActStore, asked: OrderAct, ask_site: AskSite | None = None) -> Acted:
    """Do it. Raises OrderActError, StoreError. Blocks."""
    asked = _fetched(store, asked, ask_site)
    order = store.order(asked.order)
    if asked.act is not Act.HOLD and order is not None and order.state in WORKED and is_in_hand(store, asked.order):
        raise OrderActError("in_hand", asked.order)
    made: list[str] = []

    def decide(order: Order | None, is_taken: Callable[[str], bool]) -> Decided | str:
        if order is None:
            return "unknown_order"
        if not asked.reason.strip():
            return "no_reason"
        decided = _DECIDES[asked.act](store, asked, order, is_taken)
        if isinstance(decided, str):
            return decided
        made[:] = [each.order for each in decided[1]]
        return (*decided[0], *asked.more), decided[1]

    written = store.append_releasing(asked.order, decide, operator=asked.operator, role=asked.role).result(STORE_TIMEOUT_S)
    if isinstance(written, str):
        raise OrderActError(written, asked.order)
    return Acted(asked.act, asked.order, made[0] if made else "")


def _fetched(store: OrderActStore, asked: OrderAct, ask_site: AskSite | None) -> OrderAct:
    """What another station has is taken over under a new fence, which only the site gives; nothing else is done to it."""
    is_away = store.is_elsewhere(asked.order)
    is_unknown = ask_site is not None and store.order(asked.order) is None
    if asked.act is not Act.TAKE_OVER or not (is_away or is_unknown):
        if is_away:
            raise OrderActError("elsewhere", asked.order)
        return asked
    if not asked.reason.strip():
        raise OrderActError("no_reason", asked.order)
    if why := ask_site(asked.order, asked.reason) if ask_site is not None else "island":
        raise OrderActError(why, asked.order)
    return replace(asked, is_fetched=True)


def _hold(store: OrderActStore, asked: OrderAct, order: Order, is_taken: Callable[[str], bool]) -> Decided | str:
    return may_hold(order, asked.reason) or ((OrderHeld(order=order.order, reason=asked.reason.strip()),), ())


def _resume(store: OrderActStore, asked: OrderAct, order: Order, is_taken: Callable[[str], bool]) -> Decided | str:
    return may_resume(order, asked.reason) or ((OrderResumed(order=order.order, reason=asked.reason.strip()),), ())


def _take_over(store: OrderActStore, asked: OrderAct, order: Order, is_taken: Callable[[str], bool]) -> Decided | str:
    """The person before has left it, which is what the site hears; who works here may start it now."""
    if order.state in (*ENDED, OrderState.HELD):
        return "held" if order.state is OrderState.HELD else "order_ended"
    owner = owner_of(store, order.order)
    if not asked.is_fetched and owner is None:
        return "not_begun"
    if not asked.is_fetched and owner is not None and owner.operator == asked.operator:
        return "yours_already"
    left = (OrderLeft(order=order.order, why="taken_over"),) if order.state is OrderState.STARTED else ()
    return (
        *left,
        OrderTakenOver(order=order.order, from_person=owner.operator if owner else "", reason=asked.reason.strip()),
    ), ()


def _split(store: OrderActStore, asked: OrderAct, order: Order, is_taken: Callable[[str], bool]) -> Decided | str:
    chosen = dict.fromkeys(asked.lines)
    if why := why_not_split(order) or why_not_moved(order, tuple(chosen)):
        return why
    into = _next_name(order, is_taken)
    moved = [each for each in order.lines if each.line in chosen]
    closed = [
        LineClosed(order=order.order, line=each.line, outcome=MOVED, asked=each.quantity, done_quantity=0, reason="split")
        for each in moved
    ]
    lines = tuple(replace(each, order=into, state=LineState.OPEN) for each in moved)
    made = replace(order, order=into, split_of=order.host_order, state=OrderState.RELEASED, lines=lines)
    told = OrderSplit(order=order.order, into=into, lines=tuple(chosen), reason=asked.reason.strip())
    return (*closed, told), (made,)


def why_not_split(order: Order) -> str:
    """Why the order cannot be split at all, as a code. A count is anybody's line by line; a sequence leaves in one order."""
    if order.state in ENDED:
        return "order_ended"
    if order.kind is OrderKind.COUNT or order.sequence:
        return "not_splittable"
    return "" if len(movable(order)) and len(_open(order)) > 1 else "none_left"


def why_not_moved(order: Order, chosen: Sequence[str]) -> str:
    """Why just these lines cannot be moved into another order, as a code. The parts of a kit go together, and something stays."""
    lines = {each.line: each for each in order.lines}
    if not chosen or not set(chosen) <= lines.keys():
        return "unknown_line" if chosen else "no_lines"
    if not set(chosen) <= {each.line for each in movable(order)}:
        return "line_begun"
    kits = {each.kit.name for name in chosen if (each := lines[name]).kit is not None}
    parts = {each.line for each in order.lines if each.kit is not None and each.kit.name in kits}
    if not parts <= set(chosen):
        return "kit_whole"
    return "" if {each.line for each in _open(order)} - set(chosen) else "none_left"


def movable(order: Order) -> tuple[OrderLine, ...]:
    """The open lines of which nothing was done; of a kit, only where that is so of all its parts."""
    begun = {each.kit.name for each in order.lines if each.kit is not None and not _is_untouched(each)}
    return tuple(each for each in order.lines if _is_untouched(each) and (each.kit is None or each.kit.name not in begun))


def _is_untouched(line: OrderLine) -> bool:
    return line.state in OPEN_STATES and not line.done_quantity


def _open(order: Order) -> tuple[OrderLine, ...]:
    return tuple(each for each in order.lines if each.state in OPEN_STATES)


def _next_name(order: Order, is_taken: Callable[[str], bool]) -> str:
    number = 2
    while is_taken(f"{order.host_order}/{number}"):
        number += 1
    return f"{order.host_order}/{number}"


def _cancel(store: OrderActStore, asked: OrderAct, order: Order, is_taken: Callable[[str], bool]) -> Decided | str:
    if order.state in ENDED:
        return "order_ended"
    taken = taken_for(store, order) if order.kind is OrderKind.PICK else ()
    return cancelled(order, asked.reason.strip(), taken, goes_on=asked.goes_on, is_taken=is_taken)


_DECIDES: dict[Act, Callable[[OrderActStore, OrderAct, Order, Callable[[str], bool]], Decided | str]] = {
    Act.HOLD: _hold,
    Act.RESUME: _resume,
    Act.TAKE_OVER: _take_over,
    Act.SPLIT: _split,
    Act.CANCEL: _cancel,
}
