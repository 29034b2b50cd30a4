"""What is written when an order is cancelled that somebody may have begun: how its lines end, and what becomes of what was taken.
Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from db.records.orders import LineClosed, OrderCancelled, TakenSettled
from db.records.record import Record
from station.allocation import OPEN_STATES
from station.order_seen import Taken
from station.values import Order, OrderKind, OrderLine

Cancelled = tuple[Sequence[Record], Sequence[Order]]


def cancelled(order: Order, reason: str, taken: Sequence[Taken], *, goes_on: bool, is_taken: Callable[[str], bool]) -> Cancelled:
    """The open lines end with what was done for them. What was taken is named one by one; where it is to come back, a put order
    with a line for each asks for it, at the places it came from."""
    ended = tuple(
        LineClosed(
            order=order.order,
            line=each.line,
            outcome="cancelled",
            asked=each.quantity,
            done_quantity=each.done_quantity,
            reason=reason,
        )
        for each in order.lines
        if each.state in OPEN_STATES
    )
    back = "" if goes_on or not taken else _name(order, is_taken)
    settled = tuple(_settled(order, each, back) for each in taken)
    return (*ended, *settled, OrderCancelled(order=order.order, reason=reason)), (_put_back(order, back, taken),) if back else ()


def _settled(order: Order, taken: Taken, back: str) -> TakenSettled:
    return TakenSettled(
        order=order.order,
        line=taken.line,
        machine=taken.place.machine,
        tray=taken.place.tray,
        compartment=taken.place.compartment,
        item=taken.key.item,
        lot=taken.key.lot,
        serial=taken.key.serial,
        owner=taken.key.owner,
        quantity=taken.quantity,
        goes_on=not back,
        put_back=back,
    )


def _name(order: Order, is_taken: Callable[[str], bool]) -> str:
    name, number = f"{order.order}/back", 2
    while is_taken(name):
        name, number = f"{order.order}/back{number}", number + 1
    return name


def _put_back(order: Order, name: str, taken: Sequence[Taken]) -> Order:
    """The put-back task list. A serial is named in the note: whoever puts it in scans it."""
    lines = tuple(
        OrderLine(
            order=name,
            line=str(number),
            item=each.key.item,
            quantity=each.quantity,
            lot=each.key.lot,
            owner=each.key.owner,
            place=each.place,
            note=each.key.serial,
        )
        for number, each in enumerate(taken, start=1)
    )
    return Order(order=name, kind=OrderKind.PUT, priority=order.priority, lines=lines)
