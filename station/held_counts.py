"""Counts that wait for a different person, and how a supervisor settles one. Blocks; called on a reader thread.

What is decided is decided of the count as it stands in the transaction that writes it: who decided on other figures than there
are by now is asked again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Protocol

from db.records.orders import LineClosed, OrderClosed
from db.records.record import Record
from db.records.stock import Counted, CountRecount
from station.allocation import OPEN_STATES
from station.values import EventRow, HeldCount, Item, Order, OrderKind, OrderState
from station.where import where_of

STORE_TIMEOUT_S = 30.0
CHANGED = "held_changed"
APPROVED = "approved"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldSeen:
    """A count that waits, with what is needed to show it: its item, the names of who counted, what the book has now.
    `only_waits`: of its count line nothing is left but what waits; `is_last`: and of that there is nothing else;
    `counted`: what was counted for the line so far."""

    held: HeldCount
    item: Item
    names: Mapping[str, str]
    book: int
    only_waits: bool = False
    is_last: bool = False
    counted: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What is decided of a waiting count: this figure is the count, or (None) it is counted afresh."""

    seen: HeldSeen
    figure: int | None
    operator: str
    role: str
    more: tuple[Record, ...] = ()  # of the same transaction


class HeldStore(Protocol):
    """What a decision needs of the store."""

    def counts_held(self, machine: str) -> tuple[HeldCount, ...]: ...

    def append_decided(
        self, order: str, decide: Callable[[Order | None], Sequence[Record] | str], *, operator: str = "", role: str = ""
    ) -> Future[tuple[EventRow, ...] | str]: ...


def settle(store: HeldStore, decision: Decision) -> str:
    """Write it in one transaction; the code of why not, "" when it is written. Raises StoreError."""

    def decide(order: Order | None) -> Sequence[Record] | str:
        if decision.seen.held not in store.counts_held(decision.seen.held.place.machine):
            return CHANGED
        return (*records_of(decision, order), *decision.more)

    held = decision.seen.held
    found = store.append_decided(held.order, decide, operator=decision.operator, role=decision.role)
    written = found.result(STORE_TIMEOUT_S)
    return written if isinstance(written, str) else ""


def records_of(decision: Decision, order: Order | None) -> tuple[Record, ...]:
    """What is written, for the order of its line as it is now."""
    held = decision.seen.held
    where = where_of(held.place, held.key, order=held.order, line=held.line)
    if decision.figure is None:
        return (CountRecount(**where, reason="recount"),)
    counted = Counted(**where, counted=decision.figure, was_blind=False, reason=APPROVED)
    done = decision.seen.counted + decision.figure
    return (counted, *_ends(held, order, done)) if decision.seen.is_last else (counted,)


def _ends(held: HeldCount, order: Order | None, done: int) -> tuple[Record, ...]:
    """The end of the count line that waited, and of its order when no other line is open. Under somebody's hands it goes on."""
    if order is None or order.kind is not OrderKind.COUNT or order.state is not OrderState.RELEASED:
        return ()
    line = next((each for each in order.lines if each.line == held.line), None)
    if line is None or line.state not in OPEN_STATES:
        return ()
    closed = LineClosed(
        order=order.order,
        line=line.line,
        outcome="confirmed",
        asked=line.quantity,
        done_quantity=line.done_quantity + done,
        reason="",
    )
    others = [each for each in order.lines if each.line != line.line and each.state in OPEN_STATES]
    return (closed,) if others else (closed, OrderClosed(order=order.order))
