"""What is blocked now: by the own log and by the other stations' blocks, as the site told them."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection

from db.envelope import moment
from db.rows.held_lots import LotHold

# A block is over as soon as one of the two says so, and never begins again.
_ALL = """
SELECT block, item, lot, owner, supplier, reason, since, lifted_at, station, stations FROM (
    SELECT b.block, b.item, b.lot, b.owner, b.supplier, b.reason, b.since, coalesce(b.lifted_at, s.lifted_at) AS lifted_at,
        coalesce(s.station, '') AS station, coalesce(s.stations, '{}') AS stations
    FROM now_block b LEFT JOIN site_block s ON s.block = b.block
    UNION ALL
    SELECT s.block, s.item, s.lot, s.owner, s.supplier, s.reason, s.since, s.lifted_at, s.station, s.stations
    FROM site_block s WHERE NOT EXISTS (SELECT 1 FROM now_block b WHERE b.block = s.block)
) WHERE ? OR lifted_at IS NULL ORDER BY item, lot, owner, since, block
"""


def lot_holds(connection: Connection, *, with_lifted: bool = False) -> tuple[LotHold, ...]:
    """All of them, by item and lot."""
    return tuple(map(_hold, connection.exec_driver_sql(_ALL, (int(with_lifted),))))


def _hold(row: Any) -> LotHold:
    return LotHold(
        block=row[0],
        item=row[1],
        lot=row[2],
        owner=row[3],
        supplier=row[4],
        reason=row[5],
        since=moment(row[6]),
        is_lifted=row[7] is not None,
        station=row[8],
        stations={name: bool(at) for name, at in json.loads(row[9]).items()},
    )
