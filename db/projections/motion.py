"""now_bay, now_motion and now_tray: what the log says of the metal.

While a motion is open its opening keeps the row it had, so that "not done" leaves everything as before. An answer to a command
that is not the opening's newest says nothing about the opening any more: only its own row goes.
"""

from __future__ import annotations

from sqlalchemy import Connection

from db.projections import wear
from db.projections.event import Handler, Happened

_FIND_BAY = "SELECT is_known, last_command FROM now_bay WHERE machine = ? AND opening = ?"
_INTEND_BAY = """
INSERT INTO now_bay (machine, opening, is_known, tray, visit, last_command) VALUES (?, ?, 0, NULL, 0, ?)
ON CONFLICT DO UPDATE SET last_command = excluded.last_command
"""
_INTEND = """
INSERT INTO now_motion (machine, command, opening, verb, tray, was_known, outcome) VALUES (?, ?, ?, ?, ?, ?, 'open')
ON CONFLICT DO UPDATE SET
    opening = excluded.opening, verb = excluded.verb, tray = excluded.tray, was_known = excluded.was_known, outcome = 'open'
"""
_TELL = """
INSERT INTO now_bay (machine, opening, is_known, tray, visit, last_command) VALUES (?, ?, 1, ?, ?, 0)
ON CONFLICT DO UPDATE SET is_known = 1, tray = excluded.tray, visit = excluded.visit
"""
_KNOWN = "UPDATE now_bay SET is_known = ? WHERE machine = ? AND opening = ?"
_FIND_MOTION = "SELECT was_known FROM now_motion WHERE machine = ? AND command = ?"
_END = "DELETE FROM now_motion WHERE machine = ? AND command = ?"
_UNKNOWN = "UPDATE now_motion SET outcome = 'unknown' WHERE machine = ? AND command = ?"
_END_ALL = "DELETE FROM now_motion WHERE machine = ? AND opening = ?"
_VISIT = """
INSERT INTO now_tray (machine, tray, visit) VALUES (?, ?, ?)
ON CONFLICT DO UPDATE SET visit = max(visit, excluded.visit)
"""


def _intended(connection: Connection, event: Happened) -> None:
    data = event.data
    bay = (data["machine"], data["opening"])
    found = connection.exec_driver_sql(_FIND_BAY, bay).first()
    was_known = found.is_known if found else 0
    connection.exec_driver_sql(_INTEND_BAY, (*bay, data["command"]))
    motion = (data["machine"], data["command"], data["opening"], data["verb"], data["tray"], was_known)
    connection.exec_driver_sql(_INTEND, motion)
    wear.intended(connection, event)


def _ended(connection: Connection, event: Happened) -> None:
    data = event.data
    bay, motion = (data["machine"], data["opening"]), (data["machine"], data["command"])
    found_bay = connection.exec_driver_sql(_FIND_BAY, bay).first()
    is_newest = found_bay is None or data["command"] >= found_bay.last_command
    wear.ended(connection, event, is_newest=is_newest)
    if is_newest:
        _end_at_bay(connection, event)
    if data["outcome"] == "unknown":
        connection.exec_driver_sql(_UNKNOWN, motion)
    else:
        connection.exec_driver_sql(_END, motion)


def _end_at_bay(connection: Connection, event: Happened) -> None:
    """What the end of the opening's newest motion says of the opening. A finished point moved nothing.

    A finished fetch or store settles the opening: no older row, such as a point nobody saw the end of, is open after it.
    """
    data = event.data
    bay, motion = (data["machine"], data["opening"]), (data["machine"], data["command"])
    open_motion = connection.exec_driver_sql(_FIND_MOTION, motion).first()
    if data["outcome"] == "unknown":
        connection.exec_driver_sql(_KNOWN, (0, *bay))
    elif data["outcome"] == "done" and data["verb"] == "fetch":
        _tray_is_at(connection, bay, data["tray"], data["visit"])
        connection.exec_driver_sql(_END_ALL, bay)
    elif data["outcome"] == "done" and data["verb"] == "store":
        connection.exec_driver_sql(_TELL, (*bay, None, 0))
        connection.exec_driver_sql(_END_ALL, bay)
    elif open_motion is not None:
        connection.exec_driver_sql(_KNOWN, (open_motion.was_known, *bay))


def _told(connection: Connection, event: Happened) -> None:
    data = event.data
    bay = (data["machine"], data["opening"])
    _tray_is_at(connection, bay, data["tray"], data["visit"])
    connection.exec_driver_sql(_END_ALL, bay)
    wear.told(connection, event)


def _tray_is_at(connection: Connection, bay: tuple[str, str], tray: int | None, visit: int) -> None:
    connection.exec_driver_sql(_TELL, (*bay, tray, visit if tray is not None else 0))
    if tray is not None:
        connection.exec_driver_sql(_VISIT, (bay[0], tray, visit))


HANDLERS: dict[str, Handler] = {
    "motion_intended": _intended,
    "motion_ended": _ended,
    "tray_told": _told,
}
