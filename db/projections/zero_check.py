"""now_zero_check: compartments that a pick left empty by the book, and of which nobody has said yet whether they are.

Whoever counts, puts or corrects something in the compartment has looked into it: that answers the question.
"""

from __future__ import annotations

from sqlalchemy import Connection

from db.projections.event import Handler, Happened

_ASK = """
INSERT INTO now_zero_check (machine, tray, compartment, item, lot, serial, owner, status) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET
    item = excluded.item, lot = excluded.lot, serial = excluded.serial, owner = excluded.owner, status = excluded.status
"""
_ANSWER = "DELETE FROM now_zero_check WHERE machine = ? AND tray = ? AND compartment = ?"


def _asked(connection: Connection, event: Happened) -> None:
    data = event.data
    place = (data["machine"], data["tray"], data["compartment"])
    key = (data["item"], data["lot"], data["serial"], data["owner"], data["status"])
    connection.exec_driver_sql(_ASK, (*place, *key))


def answered(connection: Connection, event: Happened) -> None:
    """Somebody has looked into the compartment of this event."""
    data = event.data
    connection.exec_driver_sql(_ANSWER, (data["machine"], data["tray"], data["compartment"]))


HANDLERS: dict[str, Handler] = {
    "zero_check_asked": _asked,
    "zero_check_ended": answered,
}
