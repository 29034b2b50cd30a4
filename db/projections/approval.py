"""now_approval: what one person did where two are asked for, until a supervisor has answered. From the bookings themselves: none
of them can be without its row."""

from __future__ import annotations

import json

from sqlalchemy import Connection

from db.projections.event import Handler, Happened
from db.records.approvals import PENDING

_PUT = """
INSERT INTO now_approval
    (epoch, seq, why, kind, machine, tray, compartment, item, lot, serial, quantity, "order", line, reason, since)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
"""
_ANSWERED = "DELETE FROM now_approval WHERE epoch = ? AND seq = ?"
_UNDONE = """
DELETE FROM now_approval WHERE why = 'pending' AND (epoch, seq) IN (
    SELECT epoch, seq FROM event WHERE id IN (SELECT value FROM json_each(?))
)
"""
_NAMES = ("machine", "tray", "compartment", "item", "lot", "serial", "quantity", "order", "line")


def _put(connection: Connection, event: Happened, why: str, reason: str) -> None:
    what = tuple(event.data[name] for name in _NAMES)
    connection.exec_driver_sql(_PUT, (event.epoch, event.seq, why, event.kind, *what, reason, event.at))


def _moved(connection: Connection, event: Happened) -> None:
    if event.data.get("second") == PENDING:
        _put(connection, event, "pending", str(event.data.get("reason", "")))


def _released(connection: Connection, event: Happened) -> None:
    _put(connection, event, "emergency", event.data["reason"])


def _answered(connection: Connection, event: Happened) -> None:
    connection.exec_driver_sql(_ANSWERED, (event.data["epoch"], event.data["seq"]))


def _undone(connection: Connection, event: Happened) -> None:
    """A booking that does not hold needs nobody's word."""
    connection.exec_driver_sql(_UNDONE, (json.dumps(list(event.data["undoes"])),))


HANDLERS: dict[str, Handler] = {
    "picked": _moved,
    "put": _moved,
    "emergency_released": _released,
    "approval_given": _answered,
    "approval_refused": _answered,
    "booking_undone": _undone,
}
