"""Where in this file the events of a moment stand."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from db.envelope import moment_text

_LAST_N = "SELECT coalesce(max(n), 0) FROM event"
_AT = "SELECT at FROM event WHERE n >= ? ORDER BY n LIMIT 1"


def last_n(connection: Connection) -> int:
    """The place of the newest event, 0 where there is none."""
    found: int = connection.exec_driver_sql(_LAST_N).scalar_one()
    return found


def n_at(connection: Connection, at: datetime) -> int:
    """The last event that is not later than this moment. Where the clock was set back it is one of those that fit."""
    text, low, high = moment_text(at), 0, last_n(connection)
    while low < high:
        middle = (low + high + 1) // 2
        found = connection.exec_driver_sql(_AT, (middle,)).scalar_one()
        low, high = (middle, high) if found <= text else (low, middle - 1)
    return low
