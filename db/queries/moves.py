"""The planned moves of a machine that are still to be done, in the order in which they were planned.

One is done when goods of its item were put into its second compartment after they were taken out of the first one; one that
cannot be done any more, because its goods have gone otherwise, is none.
"""

from __future__ import annotations

from sqlalchemy import Connection, text

from db.rows.moves import PlannedMove
from db.rows.stock import StockKey
from db.rows.trays import Place

_OUT = """
SELECT min(e.n) FROM event AS e WHERE e.machine = p.machine AND e.tray = p.tray AND e.n > p.n AND e.kind = 'picked'
    AND e.body ->> '$.data.reason' = 'transfer' AND e.body ->> '$.data.compartment' = p.compartment
    AND e.body ->> '$.data.item' = p.item AND e.body ->> '$.data.lot' = p.lot AND e.body ->> '$.data.serial' = p.serial
"""
_IN = """
SELECT min(e.n) FROM event AS e WHERE e.machine = p.machine AND e.tray = p.to_tray AND e.n > p.n AND e.kind = 'put'
    AND e.body ->> '$.data.compartment' = p.to_compartment AND e.body ->> '$.data.item' = p.item
"""
_MOVES = f"""
WITH p AS (
    SELECT n, machine, tray, body ->> '$.data.compartment' AS compartment, body ->> '$.data.item' AS item,
        body ->> '$.data.lot' AS lot, body ->> '$.data.serial' AS serial, body ->> '$.data.owner' AS owner,
        body ->> '$.data.quantity' AS quantity, body ->> '$.data.to_tray' AS to_tray,
        body ->> '$.data.to_compartment' AS to_compartment, body ->> '$.data.saves_ms' AS saves_ms
    FROM event WHERE kind = 'move_planned' AND machine = :machine AND n > coalesce(
        (SELECT max(n) FROM event WHERE kind = 'moves_dropped' AND machine = :machine), 0)
), q AS (SELECT p.*, ({_OUT}) AS out_n, ({_IN}) AS in_n FROM p)
SELECT q.*, coalesce((SELECT sum(s.quantity) FROM now_stock AS s WHERE s.machine = q.machine AND s.tray = q.tray
    AND s.compartment = q.compartment AND s.item = q.item AND s.lot = q.lot AND s.serial = q.serial AND s.owner = q.owner
    AND s.status = 'free'), 0) AS lies
FROM q WHERE out_n IS NULL OR in_n IS NULL OR in_n < out_n ORDER BY q.n
"""


def planned_moves(connection: Connection, machine: str) -> tuple[PlannedMove, ...]:
    """What is to be moved, no more than lies there now."""
    rows = connection.execute(text(_MOVES), {"machine": machine})
    return tuple(
        PlannedMove(
            from_place=Place(row.machine, row.tray, row.compartment),
            to_place=Place(row.machine, row.to_tray, row.to_compartment),
            key=StockKey(item=row.item, lot=row.lot, serial=row.serial, owner=row.owner),
            quantity=row.quantity if row.out_n is not None else min(row.quantity, row.lies),
            saves_ms=row.saves_ms,
            is_taken=row.out_n is not None,
        )
        for row in rows
        if row.out_n is not None or row.lies > 0
    )
