"""How much of the stock was counted, added up by SQLite: rows of an item or a tray, never of each compartment."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from db.envelope import moment, moment_text
from db.queries.stretch import places
from db.rows.counting import ItemCounted, TrayCounted
from db.rows.events import EventFact

_ITEMS: Final = """
SELECT n.item, count(*), coalesce(sum(n.quantity * i.unit_value / power10.value), 0){due}
FROM now_stock AS n LEFT JOIN site_item AS i ON i.code = n.item
LEFT JOIN (SELECT 0 AS decimals, 1.0 AS value UNION ALL SELECT 1, 10.0 UNION ALL SELECT 2, 100.0 UNION ALL SELECT 3, 1000.0
    UNION ALL SELECT 4, 1e4 UNION ALL SELECT 5, 1e5 UNION ALL SELECT 6, 1e6) AS power10 ON power10.decimals = i.decimals
WHERE n.machine = ? GROUP BY n.item ORDER BY n.item
"""
_DUE: Final = ", sum(coalesce(n.counted_at, '') < ?)"
_PLACES: Final = "SELECT DISTINCT machine, tray, compartment FROM now_stock"
_COUNTED: Final = """
SELECT machine, tray, body ->> '$.data.compartment' FROM event INDEXED BY ix_event_kind
WHERE kind = 'counted' AND n >= ? AND n < ?
"""
_BY_TRAY: Final = "SELECT machine, tray, count(*) FROM ({}) GROUP BY machine, tray ORDER BY machine, tray"
_OFF: Final = """
SELECT at, kind, operator, body ->> '$.data', id FROM event INDEXED BY ix_event_kind
WHERE kind = 'counted' AND n >= ? AND n < ? AND body ->> '$.data.counted' <> body ->> '$.data.book' ORDER BY n
"""


def items_counted(connection: Connection, *, machine: str, since: Sequence[datetime]) -> tuple[ItemCounted, ...]:
    """Every item with stock in the machine; `due` is by the moments of `since`, in their order."""
    statement = _ITEMS.format(due=_DUE * len(since))
    rows = connection.exec_driver_sql(statement, (*(moment_text(each) for each in since), machine))
    return tuple(
        ItemCounted(item=item, places=count, value=round(value or 0), due=tuple(due)) for item, count, value, *due in rows
    )


def trays_counted(connection: Connection, *, first: datetime, until: datetime) -> tuple[TrayCounted, ...]:
    """Every tray with stock, and in how many of its places a count took place from the first moment up to the other one."""
    stretch = places(connection, first, until)
    lying = connection.exec_driver_sql(_BY_TRAY.format(_PLACES))
    missing = connection.exec_driver_sql(_BY_TRAY.format(f"{_PLACES} EXCEPT {_COUNTED}"), stretch)
    without = {(machine, tray): count for machine, tray, count in missing}
    return tuple(
        TrayCounted(machine=machine, tray=tray, places=count, missing=without.get((machine, tray), 0))
        for machine, tray, count in lying
    )


def counts_off(connection: Connection, *, first: datetime, until: datetime) -> tuple[EventFact, ...]:
    """The counts that were off the book, oldest first."""
    rows = connection.exec_driver_sql(_OFF, places(connection, first, until))
    return tuple(EventFact(moment(at), kind, operator, json.loads(data), id) for at, kind, operator, data, id in rows)
