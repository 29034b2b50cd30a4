"""A rank of a sequence whose part is not here: its position stays empty and marked, and nothing after it leaves before a release.

A rank of an order that nobody works yet, or that is held, holds up the later ones of its sequence as well; and so does one whose
part lies where the round does not go: its place is named, and whoever works goes there in its turn.
Due -> asked -> released by a supervisor's PIN, or by the consumer's word from outside -> the next rank. Ranks are never
renumbered.
"""

from __future__ import annotations

from dataclasses import replace

from db.records.sequence import GapOpened, GapReleased
from station import commands as do
from station.flows.round_state import GapAsked, Round
from station.flows.sequence_ahead import ORDER_OPEN, OpenRank
from station.flows.turn import Book, Booked, BookingFailed, TaskEffect, TaskEvent
from station.values import Order, OrderKind, OrderLine

RELEASE, GO_THERE = "release", "go_there"  # the answers
LIES_ELSEWHERE = "lies_elsewhere"  # why a position is empty whose part lies on the other side


def due(state: Round) -> GapAsked | None:
    """The lowest rank that is not complete, has nothing that could still be taken for it, and comes before what is next."""
    found = [gap for order in state.planned for line in order.lines if (gap := _gap(state, order, line)) is not None]
    found += [gap for each in state.ahead if (gap := _gap_ahead(state, each)) is not None]
    return min(found, key=lambda each: (each.sequence, each.rank), default=None)


def _gap(state: Round, order: Order, line: OrderLine) -> GapAsked | None:
    key = (line.order, line.line)
    progress = state.lines.get(key)
    is_ranked = bool(line.rank) and order.kind is OrderKind.PICK and order.order in state.orders
    if not is_ranked or progress is None or progress.is_closed or progress.is_whole or key in state.released:
        return None
    if any((task.order, task.line) == key for task in state.queue):
        return None
    head = state.queue[0] if state.queue else None
    if head is not None and head.sequence == order.sequence and 0 < head.rank < line.rank:
        return None
    where = state.elsewhere.get(key) if progress.is_elsewhere else None
    return GapAsked(
        order=line.order,
        line=line.line,
        sequence=order.sequence,
        rank=line.rank,
        ranks=max((each.ranks for each in state.queue), default=0) or max(each.rank for each in order.lines),
        item=line.item,
        missing=progress.asked - progress.done,
        reason=LIES_ELSEWHERE if where is not None else progress.reason or "no_stock",
        where=where,
        is_on_foot=where is not None and where.machine in state.zones,
    )


def _gap_ahead(state: Round, open_rank: OpenRank) -> GapAsked | None:
    """A rank of an order that is not worked in this round, or no more, and comes before what is next of its sequence."""
    key = (open_rank.order, open_rank.line)
    progress = state.lines.get(key)
    head = state.queue[0] if state.queue else None
    if open_rank.order in state.orders or key in state.released or (progress is not None and progress.is_whole):
        return None
    if head is None or head.sequence != open_rank.sequence or head.rank <= open_rank.rank:
        return None
    return GapAsked(
        order=open_rank.order,
        line=open_rank.line,
        sequence=open_rank.sequence,
        rank=open_rank.rank,
        ranks=head.ranks,
        item=open_rank.item,
        missing=open_rank.missing,
        reason=ORDER_OPEN,
        is_of_other=True,
    )


def opened(gap: GapAsked) -> GapOpened:
    """What the record says when the position is found empty."""
    return GapOpened(
        order=gap.order,
        line=gap.line,
        sequence=gap.sequence,
        rank=gap.rank,
        item=gap.item,
        missing=gap.missing,
        reason=gap.reason,
    )


def advance(gap: GapAsked, event: TaskEvent) -> tuple[GapAsked | None, tuple[TaskEffect, ...]]:
    """The next state, None once the release is durable. Who released it is added by whoever proves the PIN."""
    match event:
        case do.Choose(key=key) if key == RELEASE and not gap.is_booking:
            released = GapReleased(order=gap.order, line=gap.line, sequence=gap.sequence, rank=gap.rank, released_by="")
            records = (opened(gap), released) if gap.may_be_filled else (released,)  # until then it is no empty position
            return replace(gap, is_booking=True), (Book(records=records),)
        case Booked() if gap.is_booking:
            return None, ()
        case BookingFailed() if gap.is_booking:
            return replace(gap, is_booking=False), ()
        case _:
            return gap, ()
