"""now_meta: how the last run of the station ended, and after which number its lift commands go on."""

from __future__ import annotations

from sqlalchemy import Connection

from db.projections.event import Handler, Happened

_SET = "INSERT INTO now_meta (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value"


def _started(connection: Connection, event: Happened) -> None:
    connection.exec_driver_sql(_SET, ("run", "started"))


def _stopped(connection: Connection, event: Happened) -> None:
    connection.exec_driver_sql(_SET, ("run", "stopped"))


def _opened(connection: Connection, event: Happened) -> None:
    """Epochs of earlier versions have no such number."""
    after = event.data.get("commands_after", 0)
    if after:
        connection.exec_driver_sql(_SET, ("commands_after", str(after)))


HANDLERS: dict[str, Handler] = {
    "epoch_opened": _opened,
    "station_started": _started,
    "station_stopped": _stopped,
}
