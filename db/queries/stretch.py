"""A stretch of the log between two moments, and where free stock lay at a moment."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection

from db.envelope import moment, moment_text
from db.queries.demand import first_from
from db.rows.events import EventFact
from db.rows.stock import HeldAt

_ENDS = "SELECT (SELECT min(n) FROM event), (SELECT max(n) FROM event)"  # one by one: together they read every row
_FACTS = """
SELECT at, kind, operator, body ->> '$.data' AS data, id FROM event
WHERE n >= ? AND n < ? AND kind IN (SELECT value FROM json_each(?)) ORDER BY n
"""
# What was loaded or counted is a reset; all else adds to it.
_STOCK = """
SELECT kind, tray, body ->> '$.data.compartment', body ->> '$.data.item', body ->> '$.data.lot', body ->> '$.data.serial',
    body ->> '$.data.owner', body ->> '$.data.status', CASE kind
        WHEN 'picked' THEN -(body ->> '$.data.quantity') WHEN 'put' THEN body ->> '$.data.quantity'
        WHEN 'corrected' THEN body ->> '$.data.delta' ELSE body ->> '$.data.counted' END
FROM event WHERE n < ? AND machine = ? AND kind IN ('picked', 'put', 'corrected', 'counted', 'stock_loaded') ORDER BY n
"""
_RESETS = ("counted", "stock_loaded")


def facts(connection: Connection, *, kinds: Collection[str], first: datetime, until: datetime) -> tuple[EventFact, ...]:
    """The events of these kinds from the first moment up to the other one, oldest first."""
    begin, end = places(connection, first, until)
    rows = connection.exec_driver_sql(_FACTS, (begin, end, json.dumps(sorted(kinds))))
    return tuple(EventFact(moment(at), kind, operator, json.loads(data), id) for at, kind, operator, data, id in rows)


def held_at(connection: Connection, *, machine: str, at: datetime) -> tuple[HeldAt, ...]:
    """What lay in the machine at this moment, by the record up to there, in every status; nothing that was used up."""
    begin, _ = places(connection, at, at)
    held: dict[tuple[int, str, str, str, str, str, str], int] = {}
    for kind, tray, *key, number in connection.exec_driver_sql(_STOCK, (begin, machine)):
        place = (tray, key[0], key[1], key[2] or "", key[3] or "", key[4] or "own", key[5] or "free")
        held[place] = (0 if kind in _RESETS else held.get(place, 0)) + int(number or 0)
    return tuple(HeldAt(*place, quantity=quantity) for place, quantity in held.items() if quantity > 0)


def places(connection: Connection, first: datetime, until: datetime) -> tuple[int, int]:
    """The places in the file from the first moment up to the other one."""
    low, high = connection.exec_driver_sql(_ENDS).one()
    if low is None:
        return 0, 0
    begin = first_from(connection, moment_text(first), low, high)
    return begin, first_from(connection, moment_text(until), begin, high) if until > first else begin
