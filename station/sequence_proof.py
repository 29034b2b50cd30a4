"""The proof of a sequence: its ranks as they left, the positions that stayed empty, who released them, and when."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from db.records.orders import LineClosed
from db.records.record import Record
from db.records.sequence import GapReleased
from db.records.stock import Picked
from station.undone import standing
from station.values import EventRow, Gap, Item, LineState, Order

STORE_TIMEOUT_S = 30.0
HOST = "host"


class SequenceError(Exception):
    """Nothing was released. `code`: unknown_gap, released, no_reason."""

    def __init__(self, code: str, order: str, line: str) -> None:
        super().__init__(f"{code} {order} {line}".strip())
        self.code = code


class SequenceLibrary(Protocol):
    """What the proof is read from."""

    def orders_of_sequence(self, sequence: str) -> tuple[str, ...]: ...

    def order(self, order: str) -> Order | None: ...

    def item(self, code: str) -> Item | None: ...

    def gaps(self, sequence: str | None = None) -> tuple[Gap, ...]: ...

    def events(
        self, *, kinds: Sequence[str] | None = None, order: str | None = None, limit: int | None = None
    ) -> tuple[EventRow, ...]: ...


class SequenceStore(Protocol):
    """What a release needs of the store."""

    def gaps(self, sequence: str | None = None) -> tuple[Gap, ...]: ...

    def append_decided(
        self, order: str, decide: Callable[[Order | None], Sequence[Record] | str], *, operator: str = "", role: str = ""
    ) -> Future[tuple[EventRow, ...] | str]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class RankRow:
    """One rank. `state`: left, gap (empty), filled (it was empty, and left after later ones), overtaken (it left after later ones
    and nobody had released that), open. Times are those of the record."""

    rank: int
    ranks: int
    order: str
    line: str
    item: str
    quantity: int
    done_quantity: int
    state: str
    left_at: datetime | None = None
    by: str = ""
    gap_since: datetime | None = None
    gap_reason: str = ""
    released_by: str = ""
    released_at: datetime | None = None


def proof(library: SequenceLibrary, sequence: str) -> tuple[RankRow, ...]:
    """Every rank in its order. The same rank twice is two rows: the host has given it twice."""
    orders = [order for name in library.orders_of_sequence(sequence) if (order := library.order(name)) is not None]
    gaps = {(each.order, each.line): each for each in library.gaps(sequence)}
    lines = sorted(((line.rank, order, line) for order in orders for line in order.lines), key=lambda each: each[0])
    ranks = max((rank for rank, _, _ in lines), default=0)
    found = []
    for rank, order, line in lines:
        left = _last(library, order.order, line.line, Picked.kind)
        released = _last(library, order.order, line.line, GapReleased.kind)
        gap = gaps.get((order.order, line.line))
        found.append(
            RankRow(
                rank=rank,
                ranks=ranks,
                order=order.order,
                line=line.line,
                item=line.item,
                quantity=line.quantity,
                done_quantity=line.done_quantity,
                state=_state(line.state, gap),
                left_at=left.at if left else None,
                by=left.operator if left else "",
                gap_since=gap.since if gap else None,
                gap_reason=gap.reason if gap else "",
                released_by=gap.released_by if gap else "",
                released_at=released.at if released else None,
            )
        )
    return tuple(replace(each, state="overtaken") if _is_overtaken(each, found) else each for each in found)


def _is_overtaken(row: RankRow, rows: Sequence[RankRow]) -> bool:
    """Whether a later rank had left when it did, without a release."""
    if row.state != "left" or row.left_at is None:
        return False
    return any(each.rank > row.rank and each.left_at is not None and each.left_at < row.left_at for each in rows)


def _state(state: LineState, gap: Gap | None) -> str:
    if gap is not None:
        return "gap" if gap.filled_at is None else "filled"
    return "left" if state is LineState.CONFIRMED else "open" if state in (LineState.OPEN, LineState.SKIPPED) else str(state)


def _last(library: SequenceLibrary, order: str, line: str, kind: str) -> EventRow | None:
    """The last event of this kind that was not undone; that it was, the end of its line says."""
    rows = reversed(standing(library.events(kinds=(kind, LineClosed.kind), order=order, limit=None)))
    return next((row for row in rows if row.kind == kind and json.loads(row.body)["data"]["line"] == line), None)


def release(store: SequenceStore, order: str, line: str, reason: str) -> int:
    """The consumer lets its sequence go on without this rank; which one. Raises SequenceError, StoreError. Blocks."""
    gap = next((each for each in store.gaps() if (each.order, each.line) == (order, line)), None)
    if gap is None:
        raise SequenceError("unknown_gap", order, line)
    if gap.released_by:
        raise SequenceError("released", order, line)
    if not reason.strip():
        raise SequenceError("no_reason", order, line)
    record = GapReleased(order=order, line=line, sequence=gap.sequence, rank=gap.rank, released_by=HOST, reason=reason.strip())
    store.append_decided(order, lambda found: (record,)).result(STORE_TIMEOUT_S)
    return gap.rank
