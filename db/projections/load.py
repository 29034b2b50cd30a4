"""now_load: the loads in the machines. A load is in one place: put again, it is where it was put last."""

from __future__ import annotations

from sqlalchemy import Connection

from db.projections.event import Handler, Happened

_PUT = """
INSERT INTO now_load (load, machine, tray, compartment, production_order, operation, consumer, put_at, take_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET
    machine = excluded.machine, tray = excluded.tray, compartment = excluded.compartment,
    production_order = excluded.production_order, operation = excluded.operation, consumer = excluded.consumer,
    put_at = excluded.put_at, take_at = excluded.take_at
"""
_GONE = "DELETE FROM now_load WHERE load = ?"


def _put(connection: Connection, event: Happened) -> None:
    data = event.data
    place = (data["machine"], data["tray"], data["compartment"])
    about = (data["production_order"], data["operation"], data["consumer"])
    connection.exec_driver_sql(_PUT, (data["load"], *place, *about, data.get("put_at") or event.at, data["take_at"]))


def _gone(connection: Connection, event: Happened) -> None:
    connection.exec_driver_sql(_GONE, (event.data["load"],))


HANDLERS: dict[str, Handler] = {"load_put": _put, "load_taken": _gone, "load_missed": _gone}
