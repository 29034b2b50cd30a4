"""now_line and now_order: how far the orders are. An order or line without a row is as it was released."""

from __future__ import annotations

from sqlalchemy import Connection

from db.projections import gap, tote
from db.projections.event import Handler, Happened

_MOVED = """
INSERT INTO now_line ("order", line, state, done_quantity, reason) VALUES (?, ?, 'open', ?, '')
ON CONFLICT DO UPDATE SET
    done_quantity = done_quantity + excluded.done_quantity,
    state = CASE state WHEN 'skipped' THEN 'open' ELSE state END
"""
_SKIPPED = """
INSERT INTO now_line ("order", line, state, done_quantity, reason) VALUES (?, ?, 'skipped', 0, '')
ON CONFLICT DO UPDATE SET state = CASE state WHEN 'open' THEN 'skipped' ELSE state END
"""
_CLOSED = """
INSERT INTO now_line ("order", line, state, done_quantity, reason) VALUES (?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET state = excluded.state, done_quantity = excluded.done_quantity, reason = excluded.reason
"""
_ORDER = """
INSERT INTO now_order ("order", state) VALUES (?, ?) ON CONFLICT DO UPDATE SET state = excluded.state
"""
_LEFT = """
UPDATE now_order SET state = 'released' WHERE "order" = ? AND state = 'started'
"""


def moved_for_line(connection: Connection, event: Happened) -> None:
    """A pick or put for a line counts on it, and takes a skipped line up again. Direct work has no line."""
    data = event.data
    if data["order"]:
        connection.exec_driver_sql(_MOVED, (data["order"], data["line"], data["quantity"]))


def _skipped(connection: Connection, event: Happened) -> None:
    connection.exec_driver_sql(_SKIPPED, (event.data["order"], event.data["line"]))


def _closed(connection: Connection, event: Happened) -> None:
    data = event.data
    if not data["order"]:
        return
    row = (data["order"], data["line"], data["outcome"], data["done_quantity"], data["reason"])
    connection.exec_driver_sql(_CLOSED, row)
    gap.filled(connection, event)


def _left(connection: Connection, event: Happened) -> None:
    """An order that ended before the person left it stays as it is: who left knew of no end, and releases none again."""
    connection.exec_driver_sql(_LEFT, (event.data["order"],))


def _order_becomes(state: str) -> Handler:
    def handle(connection: Connection, event: Happened) -> None:
        connection.exec_driver_sql(_ORDER, (event.data["order"], state))
        if state in ("closed", "cancelled"):
            tote.close_all(connection, event)

    return handle


HANDLERS: dict[str, Handler] = {
    "line_skipped": _skipped,
    "line_closed": _closed,
    "order_started": _order_becomes("started"),
    "order_left": _left,
    "order_closed": _order_becomes("closed"),
    "order_cancelled": _order_becomes("cancelled"),
    "order_held": _order_becomes("held"),
    "order_resumed": _order_becomes("released"),
}
