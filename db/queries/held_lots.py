"""The lots that a defect holds now."""

from __future__ import annotations

from sqlalchemy import Connection

from db.envelope import moment
from db.rows.held_lots import LotHold

_HELD = "SELECT item, lot, owner, reason, since FROM now_held_lot ORDER BY item, lot, owner"


def lot_holds(connection: Connection) -> tuple[LotHold, ...]:
    """All of them, by item and lot."""
    rows = connection.exec_driver_sql(_HELD)
    return tuple(LotHold(item=row[0], lot=row[1], owner=row[2], reason=row[3], since=moment(row[4])) for row in rows)
