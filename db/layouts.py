"""How trays were divided before: every layout that was replaced, as that of all events up to then."""

from __future__ import annotations

import json

from sqlalchemy import Connection

from db.queries import trays
from db.rows.trays import Tray
from db.sync.bodies import tray_body, tray_of

_KEEP = """
INSERT OR REPLACE INTO site_tray_past (machine, number, through_n, layout)
VALUES (?, ?, (SELECT coalesce(max(n), 0) FROM event), ?)
"""
_AT = """
SELECT layout FROM site_tray_past WHERE machine = ? AND number = ? AND through_n >= ? ORDER BY through_n LIMIT 1
"""


def keep(connection: Connection, machine: str, number: int, after: Tray | None) -> None:
    """Before a tray becomes `after` (None: it goes), keep what it is. One that stays the same, or is new, leaves nothing."""
    before = trays.tray(connection, machine, number)
    if before is not None and before != after:
        text = json.dumps(tray_body(before), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        connection.exec_driver_sql(_KEEP, (machine, number, text))


def layout_at(connection: Connection, machine: str, number: int, n: int) -> Tray | None:
    """The tray as it was divided after event `n`: before its first change the layout it had then. None: no such tray is known."""
    text = connection.exec_driver_sql(_AT, (machine, number, n)).scalar()
    return tray_of(json.loads(text)) if text is not None else trays.tray(connection, machine, number)
