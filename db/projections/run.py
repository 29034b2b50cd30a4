"""now_meta: how the last run of the station ended."""

from __future__ import annotations

from sqlalchemy import Connection

from db.projections.event import Handler, Happened

_SET = "INSERT INTO now_meta (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value"


def _started(connection: Connection, event: Happened) -> None:
    connection.exec_driver_sql(_SET, ("run", "started"))


def _stopped(connection: Connection, event: Happened) -> None:
    connection.exec_driver_sql(_SET, ("run", "stopped"))


HANDLERS: dict[str, Handler] = {
    "station_started": _started,
    "station_stopped": _stopped,
}
