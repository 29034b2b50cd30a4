"""now_wear and now_service: what each tray's motions add up to, over the whole log and since the machine's last service.

A cycle is a presentation of a tray: a fetch that was done. Fetches and stores count, pointing moves nothing. A motion counts once
and by its last end: unknown until its answer comes, however late. It belongs to the span in which it was intended. Run time is
from the intent to the answer, where the answer came in time and said done; of a later answer nobody knows when the move ended.
Time at the bay is counted at the store that ends it, where the tray was seen to come and known to be there all the time.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import Connection

from db.envelope import moment
from db.projections.event import Handler, Happened

LOG, SERVICE = "log", "service"

_MS = timedelta(milliseconds=1)
_ADD = """
INSERT INTO now_wear (machine, span, tray, cycles, motions, not_done, unknown, run_ms, bay_ms, first_at, last_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET
    cycles = cycles + excluded.cycles, motions = motions + excluded.motions, not_done = not_done + excluded.not_done,
    unknown = unknown + excluded.unknown, run_ms = run_ms + excluded.run_ms, bay_ms = bay_ms + excluded.bay_ms,
    first_at = min(first_at, excluded.first_at), last_at = max(last_at, excluded.last_at)
"""
_INTEND = """
INSERT INTO now_wear_motion (machine, command, opening, tray, at, is_unknown, is_served) VALUES (?, ?, ?, ?, ?, 0, 0)
ON CONFLICT DO UPDATE SET
    opening = excluded.opening, tray = excluded.tray, at = excluded.at, is_unknown = 0, is_served = 0
"""
_FIND = "SELECT machine, tray, at, is_unknown, is_served FROM now_wear_motion WHERE machine = ? AND command = ?"
_UNSEEN = """
SELECT machine, tray, at, is_unknown, is_served FROM now_wear_motion WHERE machine = ? AND opening = ? AND is_unknown = 0
"""
_UNKNOWN = "UPDATE now_wear_motion SET is_unknown = 1 WHERE machine = ? AND command = ?"
_ALL_UNKNOWN = "UPDATE now_wear_motion SET is_unknown = 1 WHERE machine = ? AND opening = ?"
_END = "DELETE FROM now_wear_motion WHERE machine = ? AND command = ?"
_FIND_STAY = "SELECT tray, since FROM now_stay WHERE machine = ? AND opening = ?"
_STAY = """
INSERT INTO now_stay (machine, opening, tray, since) VALUES (?, ?, ?, ?)
ON CONFLICT DO UPDATE SET tray = excluded.tray, since = excluded.since
"""
_END_STAY = "DELETE FROM now_stay WHERE machine = ? AND opening = ?"
_BOOK = """
INSERT INTO now_service (machine, what, at, person, note, next_inspection) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET
    at = excluded.at, person = excluded.person, note = excluded.note, next_inspection = excluded.next_inspection
"""


def intended(connection: Connection, event: Happened) -> None:
    """A motion is about to begin."""
    data = event.data
    if data["verb"] != "point":
        row = (data["machine"], data["command"], data["opening"], data["tray"], event.at)
        connection.exec_driver_sql(_INTEND, row)


def ended(connection: Connection, event: Happened, *, is_newest: bool) -> None:
    """A motion has ended, or ended once more; what an older command's end says of the opening is not news."""
    data = event.data
    motion = connection.exec_driver_sql(_FIND, (data["machine"], data["command"])).first()
    if motion is not None:
        _count_end(connection, event, motion)
    if is_newest:
        _at_bay(connection, event, motion)


def _count_end(connection: Connection, event: Happened, motion: Any) -> None:
    data = event.data
    key = (data["machine"], data["command"])
    if data["outcome"] == "unknown":
        if not motion.is_unknown:
            _add(connection, motion, unknown=1)
        connection.exec_driver_sql(_UNKNOWN, key)
        return
    if motion.is_unknown:
        _add(connection, motion, unknown=-1)
    if data["outcome"] == "done":
        run_ms = _ms(motion.at, event.at) if data.get("how", "answer") == "answer" else 0
        _add(connection, motion, cycles=int(data["verb"] == "fetch"), motions=1, run_ms=run_ms, last_at=event.at)
    else:
        _add(connection, motion, not_done=1)
    connection.exec_driver_sql(_END, key)


def _at_bay(connection: Connection, event: Happened, motion: Any) -> None:
    """How the end changes what stays at the opening. An end that is not known ends what was known."""
    data = event.data
    bay = (data["machine"], data["opening"])
    if data["outcome"] == "unknown":
        connection.exec_driver_sql(_END_STAY, bay)
    elif data["outcome"] == "done" and data["verb"] == "fetch":
        _unseen(connection, bay)
        _arrived(connection, bay, data["tray"], event.at)
    elif data["outcome"] == "done" and data["verb"] == "store":
        _unseen(connection, bay)
        if motion is not None:
            _left(connection, bay, motion)
        connection.exec_driver_sql(_END_STAY, bay)


def told(connection: Connection, event: Happened) -> None:
    """Somebody said what is at the opening: of the motions before it nobody saw the end."""
    data = event.data
    bay = (data["machine"], data["opening"])
    _unseen(connection, bay)
    _arrived(connection, bay, data["tray"], event.at)


def _unseen(connection: Connection, bay: tuple[str, str]) -> None:
    """The opening is settled: what has no end by now counts as unknown."""
    for motion in connection.exec_driver_sql(_UNSEEN, bay).all():
        _add(connection, motion, unknown=1)
    connection.exec_driver_sql(_ALL_UNKNOWN, bay)


def _arrived(connection: Connection, bay: tuple[str, str], tray: int | None, at: str) -> None:
    """A tray that was there already has been there since it came."""
    stay = connection.exec_driver_sql(_FIND_STAY, bay).first()
    if tray is None:
        connection.exec_driver_sql(_END_STAY, bay)
    elif stay is None or stay.tray != tray:
        connection.exec_driver_sql(_STAY, (*bay, tray, at))


def _left(connection: Connection, bay: tuple[str, str], motion: Any) -> None:
    stay = connection.exec_driver_sql(_FIND_STAY, bay).first()
    if stay is not None and stay.tray == motion.tray:
        _add(connection, motion, bay_ms=_ms(stay.since, motion.at))


def _add(
    connection: Connection,
    motion: Any,
    *,
    cycles: int = 0,
    motions: int = 0,
    not_done: int = 0,
    unknown: int = 0,
    run_ms: int = 0,
    bay_ms: int = 0,
    last_at: str = "",
) -> None:
    counts = (cycles, motions, not_done, unknown, run_ms, bay_ms)
    for span in (LOG,) if motion.is_served else (LOG, SERVICE):
        connection.exec_driver_sql(_ADD, (motion.machine, span, motion.tray, *counts, motion.at, last_at))


def _ms(begin: str, end: str) -> int:
    """Whole milliseconds from one moment to the other; 0 where the computer's clock was set back meanwhile."""
    return max(0, (moment(end) - moment(begin)) // _MS)


def _service_done(connection: Connection, event: Happened) -> None:
    """After a service the counters begin again; an inspection only looks."""
    data = event.data
    row = (data["machine"], data["what"], event.at, data["person"], data["note"], data["next_inspection"])
    connection.exec_driver_sql(_BOOK, row)
    if data["what"] == SERVICE:
        connection.exec_driver_sql("DELETE FROM now_wear WHERE machine = ? AND span = ?", (data["machine"], SERVICE))
        connection.exec_driver_sql("UPDATE now_wear_motion SET is_served = 1 WHERE machine = ?", (data["machine"],))


HANDLERS: dict[str, Handler] = {"service_done": _service_done}
