"""What is not booked because the store has changed since the person was told: looked up in the transaction of the booking."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from db.errors import ORDER_ENDED, SERIAL_TAKEN, StoreError
from db.queries import orders as order_queries
from db.queries import stock as stock_queries
from db.records.orders import OrderStarted
from db.records.record import Record
from db.records.stock import Put
from db.rows.orders import Order


def refuse_start(connection: Connection, records: Sequence[Record], planned: Sequence[Order]) -> None:
    """Between the finding of the tasks and the start somebody may have cancelled the order, or a file may have replaced it.
    Raises StoreError D411."""
    started = [record.order for record in records if isinstance(record, OrderStarted)]
    ended = order_queries.ended(connection, started) if started else ()
    if ended:
        raise StoreError(ORDER_ENDED, f"closed or cancelled meanwhile: {', '.join(ended)}")
    for order in planned:
        now = order_queries.order(connection, order.order) if order.order in started else order
        if now is None or now.work != order.work:
            raise StoreError(ORDER_ENDED, f"changed meanwhile: {order.order}")


def refuse_serial_in_stock(connection: Connection, records: Sequence[Record]) -> None:
    """A serial is one piece: what the person was told when the task began may be older than an import. Raises StoreError D413."""
    for record in records:
        if isinstance(record, Put) and record.serial and stock_queries.has_serial(connection, record.item, record.serial):
            raise StoreError(SERIAL_TAKEN, "a serial is in stock already", about=record.serial)
