"""The pull board as values: every open signal and every order that asks for material, by how long there is until it is needed.
Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from station.pull.wip import Room, waiting_for
from station.values import Item, PullLoop, PullOrder, PullSignal

SOON = timedelta(hours=1)  # of what was asked for by nobody knows when
_NEVER = datetime.max.replace(tzinfo=UTC)
_STATES = {"started": "picking", "held": "held"}


class Urgency(StrEnum):
    """What the time that is left says. A third of the whole time is the last zone, as of a buffer."""

    LATE = "late"
    SOON = "soon"
    IN_TIME = "in_time"
    NO_TIME = "no_time"


@dataclass(frozen=True, slots=True, kw_only=True)
class PullRow:
    """What one consumer waits for. `order` is the work ("" while it is none), `lines` how many things it asks for; of one alone
    `item` (its name and unit, no more) and `quantity` are said. `done`: what was picked or received of it. `room`: it waits until
    its consumer has less at work; None where that is not what it waits for."""

    name: str
    consumer: str
    state: str
    origin: str
    order: str = ""
    item: Item | None = None
    quantity: int = 0
    done: int = 0
    lines: int = 1
    need_by: datetime | None = None
    raised_at: datetime | None = None
    card: str = ""
    supplier: str = ""
    room: Room | None = None


def urgency(row: PullRow, now: datetime) -> Urgency:
    """How near the time is by which it is needed."""
    if row.need_by is None:
        return Urgency.NO_TIME
    left = row.need_by - now
    if left < timedelta(0):
        return Urgency.LATE
    last = SOON if row.raised_at is None else (row.need_by - row.raised_at) / 3
    return Urgency.SOON if left < last else Urgency.IN_TIME


def board(
    signals: Iterable[PullSignal], orders: Iterable[PullOrder], items: Mapping[str, Item], *, loops: Iterable[PullLoop] = ()
) -> tuple[PullRow, ...]:
    """The rows, what is needed first before the others."""
    told = tuple(signals)
    rooms = waiting_for(told, loops)
    rows = [*(_of_signal(each, items, rooms.get(each.signal)) for each in told), *(_of_order(each, items) for each in orders)]
    return tuple(sorted(rows, key=_rank))


def _rank(row: PullRow) -> tuple[datetime, datetime, str]:
    return row.need_by or _NEVER, row.raised_at or _NEVER, row.name


def _of_signal(signal: PullSignal, items: Mapping[str, Item], room: Room | None) -> PullRow:
    return PullRow(
        name=signal.signal,
        consumer=signal.consumer,
        state=signal.state,
        origin=signal.origin,
        order=signal.order,
        item=items.get(signal.item),
        quantity=signal.quantity,
        done=signal.done,
        need_by=signal.need_by,
        raised_at=signal.raised_at,
        card=signal.card,
        supplier=signal.supplier,
        room=room,
    )


def _of_order(order: PullOrder, items: Mapping[str, Item]) -> PullRow:
    """An order is a signal of its own: its release asks, its lines are what is asked for."""
    return PullRow(
        name=order.order,
        consumer=order.consumer,
        state=_STATES.get(order.state, "released"),
        origin="sequence" if order.sequence else "upstream" if order.reference else "order",
        order=order.order,
        item=items.get(order.item),
        quantity=order.quantity,
        lines=order.lines,
        need_by=order.need_by,
    )
