"""What is not booked because the store has changed since the person was told: looked up in the transaction of the booking."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection

from db.errors import CEILING_REACHED, ORDER_ENDED, SERIAL_TAKEN, UNDO_REFUSED, StoreError
from db.queries import loads as load_queries
from db.queries import orders as order_queries
from db.queries import stock as stock_queries
from db.records.late import LateCounted, LatePicked, LatePut
from db.records.loads import LoadPut
from db.records.orders import OrderStarted
from db.records.record import Record
from db.records.stock import Picked, Put
from db.records.undo import BookingUndone
from db.rows.orders import Order, OrderState

_SAID: Final = (
    *("compartment", "item", "lot", "serial", "owner", "status", "order", "line", "true_at", "done_by"),
    *("quantity", "counted"),
)
_ENTERED: Final = f"""
SELECT EXISTS (SELECT 1 FROM event WHERE machine = ? AND tray = ? AND kind = ? AND
    {" AND ".join(f"body ->> '$.data.{name}' IS ?" for name in _SAID)})
"""

_BOOKING = "SELECT n, epoch, seq FROM event WHERE id = ?"
_UNDONE_ALREADY = """
SELECT EXISTS (SELECT 1 FROM event WHERE n > ? AND kind = 'booking_undone' AND body ->> '$.data.booking' = ?)
"""
_MOVED_SINCE = """
SELECT EXISTS (SELECT 1 FROM event WHERE n > ? AND machine = ? AND tray = ?
    AND kind IN ('picked', 'put', 'corrected', 'counted', 'stock_loaded', 'load_put', 'load_taken', 'load_missed')
    AND id NOT IN (SELECT value FROM json_each(?)))
"""
_TOLD = """
SELECT EXISTS (SELECT 1 FROM event WHERE n > ? AND kind = 'result_exported'
    AND coalesce(nullif(body ->> '$.data.epoch', ''), epoch) = ? AND body ->> '$.data.through_seq' >= ?)
"""


def is_entered(connection: Connection, records: Sequence[Record]) -> bool:
    """Whether one of these late bookings is in the record: a sheet may be given at the screen and at a desk in one moment."""
    late = [each for each in records if isinstance(each, LatePicked | LatePut | LateCounted)]
    return any(_has(connection, each) for each in late)


def _has(connection: Connection, record: LatePicked | LatePut | LateCounted) -> bool:
    said = (getattr(record, name, None) for name in _SAID)
    return bool(connection.exec_driver_sql(_ENTERED, (record.machine, record.tray, record.kind, *said)).scalar_one())


def refuse_start(connection: Connection, records: Sequence[Record], planned: Sequence[Order]) -> None:
    """Between the finding of the tasks and the start somebody may have cancelled the order, or a file may have replaced it.
    Raises StoreError D411."""
    if any(isinstance(record, BookingUndone) for record in records):
        return  # it ended by what is undone
    started = [record.order for record in records if isinstance(record, OrderStarted)]
    ended = order_queries.ended(connection, started) if started else ()
    if ended:
        raise StoreError(ORDER_ENDED, f"closed or cancelled meanwhile: {', '.join(ended)}")
    for order in planned:
        now = order_queries.order(connection, order.order) if order.order in started else order
        if now is None or now.work != order.work:
            raise StoreError(ORDER_ENDED, f"changed meanwhile: {order.order}")


def refuse_serial_in_stock(connection: Connection, records: Sequence[Record]) -> None:
    """A serial is one piece: what the person was told when the task began may be older than an import. A piece that leaves its
    place in the same transaction may be put to another one. Raises StoreError D413."""
    leaving = {(each.item, each.serial) for each in records if isinstance(each, Picked)}
    leaves: set[tuple[str, str]] = set()  # in this very transaction: the same piece goes on under another status
    for record in records:
        if isinstance(record, Picked):
            leaves.add((record.item, record.serial))
        if isinstance(record, Put) and (record.item, record.serial) in leaves:
            continue
        if not isinstance(record, Put) or not record.serial or (record.item, record.serial) in leaving:
            continue
        if stock_queries.has_serial(connection, record.item, record.serial):
            raise StoreError(SERIAL_TAKEN, "a serial is in stock already", about=record.serial)


def refuse_load_over_ceiling(connection: Connection, records: Sequence[Record]) -> None:
    """Since the person was asked, loads may have come in for the same consumer, at another bay too. Raises StoreError O475."""
    for record in records:
        if not isinstance(record, LoadPut) or record.ceiling is None or record.over_ceiling:
            continue
        others = (each for each in load_queries.loads(connection, record.machine) if each.load != record.load)
        if sum(each.consumer == record.consumer for each in others) >= record.ceiling:
            raise StoreError(CEILING_REACHED, "as many loads wait as may", about=record.consumer)


def refuse_undo(connection: Connection, records: Sequence[Record]) -> None:
    """One booking is undone once, and only while nothing was built on it: no later movement of its tray, no result that has left,
    no order that somebody has ended. Raises StoreError O404."""
    for record in records:
        if isinstance(record, BookingUndone) and (why := _why_not_undone(connection, record)):
            raise StoreError(UNDO_REFUSED, f"{record.booking}: {why}")


def _why_not_undone(connection: Connection, record: BookingUndone) -> str:
    booking = connection.exec_driver_sql(_BOOKING, (record.booking,)).first()
    if booking is None:
        return "there is no such booking"
    if connection.exec_driver_sql(_UNDONE_ALREADY, (booking.n, record.booking)).scalar_one():
        return "it was undone already"
    moved = (booking.n, record.machine, record.tray, json.dumps(record.undoes))
    if connection.exec_driver_sql(_MOVED_SINCE, moved).scalar_one():
        return "something moved on its tray since"
    if connection.exec_driver_sql(_TOLD, (booking.n, booking.epoch, booking.seq)).scalar_one():
        return "its result has left"
    order = order_queries.order(connection, record.order) if record.order else None
    is_ended = order is not None and order.state in (OrderState.CANCELLED, OrderState.HELD)
    return "its order was cancelled or is held" if is_ended else ""
