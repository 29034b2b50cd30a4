"""now_stock: what is in every compartment. Movements are signed deltas; counts and loaded stock are reset points.

Within one station the events are in the order of custody already. A row that comes to zero is gone; one below zero stays, for
what was physically picked is never refused and the difference must be seen.
"""

from __future__ import annotations

from sqlalchemy import Connection

from db.projections import count_held
from db.projections.count_due import counted
from db.projections.event import Handler, Happened
from db.projections.line import moved_for_line
from db.projections.lot import received
from db.projections.taken import given_back, taken_out
from db.projections.zero_check import answered
from db.records.stock import Moved

_KEY = "machine, tray, compartment, item, lot, serial, owner, status"
_WHERE = "machine = ? AND tray = ? AND compartment = ? AND item = ? AND lot = ? AND serial = ? AND owner = ? AND status = ?"
_ADD = f"""
INSERT INTO now_stock ({_KEY}, quantity, since) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET quantity = quantity + excluded.quantity RETURNING quantity
"""
_RESET = f"""
INSERT INTO now_stock ({_KEY}, quantity, since, counted_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET quantity = excluded.quantity, counted_at = excluded.counted_at
"""
_BOOK = f"SELECT quantity FROM now_stock WHERE {_WHERE}"
_REMOVE = f"DELETE FROM now_stock WHERE {_WHERE}"


def _key(event: Happened) -> tuple[object, ...]:
    data = event.data
    place = (data["machine"], data["tray"], data["compartment"])
    return (*place, data["item"], data["lot"], data["serial"], data["owner"], data["status"])


def book_of(connection: Connection, moved: Moved) -> int:
    """What the store holds of this record's stock in its compartment, after all events before it."""
    place = (moved.machine, moved.tray, moved.compartment)
    key = (*place, moved.item, moved.lot, moved.serial, moved.owner, moved.status)
    return int(connection.exec_driver_sql(_BOOK, key).scalar() or 0)


def _add(connection: Connection, event: Happened, delta: int) -> None:
    key = _key(event)
    quantity = connection.exec_driver_sql(_ADD, (*key, delta, event.at)).scalar_one()
    if quantity == 0:
        connection.exec_driver_sql(_REMOVE, key)


def _reset(connection: Connection, event: Happened) -> None:
    key = _key(event)
    quantity = event.data["counted"]
    if quantity == 0:
        connection.exec_driver_sql(_REMOVE, key)
    else:
        connection.exec_driver_sql(_RESET, (*key, quantity, event.at, event.at))
    answered(connection, event)
    counted(connection, event)
    count_held.settled(connection, event)


def _loaded(connection: Connection, event: Happened) -> None:
    _reset(connection, event)
    if event.data["counted"]:
        received(connection, event)


def _picked(connection: Connection, event: Happened) -> None:
    _add(connection, event, -event.data["quantity"])
    count_held.moved(connection, event, -event.data["quantity"])
    moved_for_line(connection, event)
    taken_out(connection, event)


def _put(connection: Connection, event: Happened) -> None:
    _add(connection, event, event.data["quantity"])
    count_held.moved(connection, event, event.data["quantity"])
    moved_for_line(connection, event)
    answered(connection, event)
    if "undoes" not in event.data:  # what lies back did not come in
        received(connection, event)
    given_back(connection, event)


def _corrected(connection: Connection, event: Happened) -> None:
    _add(connection, event, event.data["delta"])
    answered(connection, event)


HANDLERS: dict[str, Handler] = {
    "picked": _picked,
    "put": _put,
    "corrected": _corrected,
    "counted": _reset,
    "stock_loaded": _loaded,
}
