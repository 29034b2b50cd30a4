"""now_tray_out and now_bay_out: what is out of service, and why. The newest reason counts, and the first moment."""

from __future__ import annotations

from sqlalchemy import Connection

from db.projections.event import Handler, Happened

_TRAY_OUT = """
INSERT INTO now_tray_out (machine, tray, reason, since) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET reason = excluded.reason
"""
_TRAY_IN = "DELETE FROM now_tray_out WHERE machine = ? AND tray = ?"
_BAY_OUT = """
INSERT INTO now_bay_out (machine, opening, reason, since) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET reason = excluded.reason
"""
_BAY_IN = "DELETE FROM now_bay_out WHERE machine = ? AND opening = ?"


def _tray_out(connection: Connection, event: Happened) -> None:
    data = event.data
    connection.exec_driver_sql(_TRAY_OUT, (data["machine"], data["tray"], data["reason"], event.at))


def _tray_in(connection: Connection, event: Happened) -> None:
    connection.exec_driver_sql(_TRAY_IN, (event.data["machine"], event.data["tray"]))


def _bay_out(connection: Connection, event: Happened) -> None:
    data = event.data
    connection.exec_driver_sql(_BAY_OUT, (data["machine"], data["opening"], data["reason"], event.at))


def _bay_in(connection: Connection, event: Happened) -> None:
    connection.exec_driver_sql(_BAY_IN, (event.data["machine"], event.data["opening"]))


HANDLERS: dict[str, Handler] = {
    "tray_out_of_service": _tray_out,
    "tray_in_service": _tray_in,
    "bay_out_of_service": _bay_out,
    "bay_in_service": _bay_in,
}
