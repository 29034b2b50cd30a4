"""now_held_lot: the lots that a defect holds, wherever they lie and whenever more of them comes, until somebody releases them.

What has no lot is held where it lies, by its status alone.
"""

from __future__ import annotations

from sqlalchemy import Connection

from db.projections.event import Handler, Happened

_HELD = """
INSERT INTO now_held_lot (item, lot, owner, reason, since) VALUES (?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET reason = excluded.reason, since = excluded.since
"""
_RELEASED = "DELETE FROM now_held_lot WHERE item = ? AND lot = ? AND owner = ?"


def _key(event: Happened) -> tuple[str, str, str]:
    return event.data["item"], event.data["lot"], event.data["owner"]


def _held(connection: Connection, event: Happened) -> None:
    if event.data["lot"]:
        connection.exec_driver_sql(_HELD, (*_key(event), event.data["reason"], event.at))


def _released(connection: Connection, event: Happened) -> None:
    connection.exec_driver_sql(_RELEASED, _key(event))


HANDLERS: dict[str, Handler] = {"lot_held": _held, "lot_released": _released}
