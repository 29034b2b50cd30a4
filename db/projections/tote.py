"""now_tote and now_lamp: which order goes into which tote, and which lamps are dead."""

from __future__ import annotations

from sqlalchemy import Connection

from db.projections.event import Handler, Happened

_BOUND = """
INSERT INTO now_tote ("order", tote, position, is_open) VALUES (?, ?, ?, 1)
ON CONFLICT DO UPDATE SET position = excluded.position, is_open = 1
"""
_CLOSED = 'UPDATE now_tote SET is_open = 0 WHERE "order" = ? AND tote = ?'
_ALL_CLOSED = 'UPDATE now_tote SET is_open = 0 WHERE "order" = ?'
_DEAD = "INSERT INTO now_lamp (position, since) VALUES (?, ?) ON CONFLICT DO NOTHING"
_ALIVE = "DELETE FROM now_lamp WHERE position = ?"


def _bound(connection: Connection, event: Happened) -> None:
    connection.exec_driver_sql(_BOUND, (event.data["order"], event.data["tote"], event.data["position"]))


def _closed(connection: Connection, event: Happened) -> None:
    connection.exec_driver_sql(_CLOSED, (event.data["order"], event.data["tote"]))


def close_all(connection: Connection, event: Happened) -> None:
    """An order that ended needs its put place no more, whoever ended it."""
    connection.exec_driver_sql(_ALL_CLOSED, (event.data["order"],))


def _marked(connection: Connection, event: Happened) -> None:
    if event.data["is_dead"]:
        connection.exec_driver_sql(_DEAD, (event.data["position"], event.at))
    else:
        connection.exec_driver_sql(_ALIVE, (event.data["position"],))


HANDLERS: dict[str, Handler] = {"tote_bound": _bound, "tote_closed": _closed, "lamp_marked": _marked}
