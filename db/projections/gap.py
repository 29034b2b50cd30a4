"""now_gap: positions of sequences that were left empty. They stay when they were filled: the proof names them."""

from __future__ import annotations

from sqlalchemy import Connection

from db.projections.event import Handler, Happened
from db.records.undo import REOPENED

_OPENED = """
INSERT INTO now_gap ("order", line, sequence, rank, reason, released_by, since, filled_at) VALUES (?, ?, ?, ?, ?, '', ?, '')
ON CONFLICT DO NOTHING
"""
_RELEASED = "UPDATE now_gap SET released_by = ? WHERE \"order\" = ? AND line = ? AND released_by = ''"
_FILLED = "UPDATE now_gap SET filled_at = ? WHERE \"order\" = ? AND line = ? AND filled_at = ''"
_EMPTY_AGAIN = "UPDATE now_gap SET filled_at = '' WHERE \"order\" = ? AND line = ?"


def _opened(connection: Connection, event: Happened) -> None:
    data = event.data
    row = (data["order"], data["line"], data["sequence"], data["rank"], data["reason"], event.at)
    connection.exec_driver_sql(_OPENED, row)


def _released(connection: Connection, event: Happened) -> None:
    connection.exec_driver_sql(_RELEASED, (event.data["released_by"], event.data["order"], event.data["line"]))


def filled(connection: Connection, event: Happened) -> None:
    """The line got all it asked: whatever was missing has come. Undone, it is missing again."""
    if event.data["outcome"] == "confirmed":
        connection.exec_driver_sql(_FILLED, (event.at, event.data["order"], event.data["line"]))
    elif event.data["outcome"] == REOPENED:
        connection.exec_driver_sql(_EMPTY_AGAIN, (event.data["order"], event.data["line"]))


HANDLERS: dict[str, Handler] = {"gap_opened": _opened, "gap_released": _released}
