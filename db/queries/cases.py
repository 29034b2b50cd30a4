"""What went otherwise than asked: the events that are cases, or bear on one. A partial index finds them among very many."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection

from db.envelope import moment
from db.queries.stretch import places
from db.rows.events import EventFact

# The words of migration 0018: SQLite takes the index only for the same condition.
_IS_CASE = """(
    kind IN ('scan_refused', 'access_refused', 'load_missed', 'lot_held', 'received', 'booking_undone', 'case_answered')
    OR (kind = 'line_closed' AND body ->> '$.data.done_quantity' <> body ->> '$.data.asked')
    OR (kind = 'corrected' AND body ->> '$.data.delta' <> 0)
    OR (kind = 'counted' AND body ->> '$.data.counted' <> body ->> '$.data.book')
    OR (kind IN ('picked', 'put') AND (body ->> '$.data.reason' <> '' OR body ->> '$.data.order' = ''))
    OR (kind = 'imported' AND body ->> '$.data.rejected' > 0)
    OR (kind = 'unattended' AND tray IS NOT NULL)
)"""
_COLUMNS = "at, kind, operator, body ->> '$.data' AS data, id"
_CASES = f"SELECT {_COLUMNS} FROM event INDEXED BY ix_event_case WHERE n >= ? AND n < ? AND {_IS_CASE} ORDER BY n"
_PICKS = (
    f"SELECT {_COLUMNS} FROM event WHERE \"order\" = ? AND \"order\" <> '' AND n >= ? AND n < ? AND kind = 'picked' ORDER BY n"
)
_TRAY = f"""
SELECT {_COLUMNS} FROM event WHERE machine = ? AND tray = ? AND n >= ? AND n < ?
    AND kind IN (SELECT value FROM json_each(?)) ORDER BY n
"""
_ALARMS = f"SELECT n, {_COLUMNS} FROM event WHERE kind IN ('link', 'safety') AND n >= ? AND n < ? ORDER BY n"
_FIRST_ACT = "SELECT at, operator FROM event WHERE n > ? AND n < ? AND operator <> '' ORDER BY n LIMIT 1"


def case_facts(connection: Connection, *, first: datetime, until: datetime) -> tuple[EventFact, ...]:
    """The events that are cases or answer one, oldest first; and what was undone."""
    return tuple(_fact(*row) for row in connection.exec_driver_sql(_CASES, places(connection, first, until)))


def picks_of_order(connection: Connection, order: str, *, first: datetime, until: datetime) -> tuple[EventFact, ...]:
    """What was picked for this order, oldest first."""
    return tuple(_fact(*row) for row in connection.exec_driver_sql(_PICKS, (order, *places(connection, first, until))))


def tray_facts(
    connection: Connection, machine: str, tray: int, *, kinds: Collection[str], first: datetime, until: datetime
) -> tuple[EventFact, ...]:
    """The events of these kinds at one tray, oldest first."""
    asked = (machine, tray, *places(connection, first, until), json.dumps(sorted(kinds)))
    return tuple(_fact(*row) for row in connection.exec_driver_sql(_TRAY, asked))


def alarm_facts(
    connection: Connection, *, first: datetime, until: datetime
) -> tuple[tuple[EventFact, datetime | None, str], ...]:
    """What the machine and the lines said of themselves, oldest first; each with the first thing that somebody did afterwards,
    and who."""
    begin, end = places(connection, first, until)
    found = []
    for n, *row in connection.exec_driver_sql(_ALARMS, (begin, end)).all():
        act = connection.exec_driver_sql(_FIRST_ACT, (n, end)).first()
        found.append((_fact(*row), moment(act[0]) if act else None, act[1] if act else ""))
    return tuple(found)


def _fact(at: str, kind: str, operator: str, data: str, event: str) -> EventFact:
    return EventFact(moment(at), kind, operator, json.loads(data), event)


def event_count(connection: Connection) -> int:
    """How many events this file has: they are never deleted, and numbered without gaps."""
    return int(connection.exec_driver_sql("SELECT coalesce(max(n), 0) FROM event").scalar() or 0)
