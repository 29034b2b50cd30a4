"""now_count_due: what is to be counted because its tray was moved without the station, stock by stock.

What the book had on the tray at that moment is due, until it was counted. A pick is no answer: its book may be wrong itself.
What was put there later was put under the station's eyes.
"""

from __future__ import annotations

from sqlalchemy import Connection

from db.projections.event import Handler, Happened

_KEY = "machine, tray, compartment, item, lot, serial, owner, status"
_DUE = f"""
INSERT INTO now_count_due ({_KEY}, why, since) SELECT {_KEY}, ?, ? FROM now_stock WHERE machine = ? AND tray = ?
ON CONFLICT DO UPDATE SET why = excluded.why, since = excluded.since
"""
_COMPARTMENT = f"""
INSERT INTO now_count_due ({_KEY}, why, since) SELECT {_KEY}, ?, ? FROM now_stock
WHERE machine = ? AND tray = ? AND compartment = ?
ON CONFLICT DO UPDATE SET why = excluded.why, since = excluded.since
"""
_COUNTED = """
DELETE FROM now_count_due WHERE machine = ? AND tray = ? AND compartment = ? AND item = ? AND lot = ? AND serial = ?
AND owner = ? AND status = ?
"""


def _due(connection: Connection, event: Happened) -> None:
    data = event.data
    connection.exec_driver_sql(_DUE, (data["why"], event.at, data["machine"], data["tray"]))


def _compartment_due(connection: Connection, event: Happened) -> None:
    """Something else lay there: what the book has in this one compartment is due."""
    data = event.data
    place = (data["machine"], data["tray"], data["compartment"])
    connection.exec_driver_sql(_COMPARTMENT, (data["why"], event.at, *place))


def counted(connection: Connection, event: Happened) -> None:
    """The stock of this event was counted, or loaded."""
    data = event.data
    place = (data["machine"], data["tray"], data["compartment"])
    key = (data["item"], data["lot"], data["serial"], data["owner"], data["status"])
    connection.exec_driver_sql(_COUNTED, (*place, *key))


HANDLERS: dict[str, Handler] = {"count_due": _due, "compartment_due": _compartment_due}
