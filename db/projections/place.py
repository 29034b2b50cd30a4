"""now_tray for sections of zones: a person who scanned a place there began a visit, or goes on with it."""

from __future__ import annotations

from sqlalchemy import Connection

from db.projections.event import Handler, Happened
from db.projections.retold import VISIT


def _reached(connection: Connection, event: Happened) -> None:
    data = event.data
    connection.exec_driver_sql(VISIT, (data["machine"], data["tray"], data["visit"]))


HANDLERS: dict[str, Handler] = {"place_reached": _reached}
