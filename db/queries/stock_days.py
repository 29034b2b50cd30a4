"""By how much free stock changed on each day of the newest part of the record."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import Connection

from db.queries.demand import first_from
from db.rows.demand import StockChange

_ENDS = "SELECT (SELECT min(n) FROM event), (SELECT max(n) FROM event)"  # one by one: together they read every row
# Goods on their way from a receiving place to their compartment, and a lot that changes its status, are a pick and a put: they
# add up.
_CHANGES = """
SELECT body ->> '$.data.item' AS item, substr(at, 1, 10) AS day, sum(CASE kind
    WHEN 'picked' THEN -(body ->> '$.data.quantity') WHEN 'put' THEN body ->> '$.data.quantity'
    WHEN 'corrected' THEN body ->> '$.data.delta' WHEN 'counted' THEN (body ->> '$.data.counted') - (body ->> '$.data.book')
    ELSE 0 END), max(kind = 'stock_loaded')
FROM event WHERE n >= ? AND kind IN ('picked', 'put', 'corrected', 'counted', 'stock_loaded')
    AND coalesce(body ->> '$.data.status', 'free') = 'free'
GROUP BY item, day
"""


def stock_changes(connection: Connection, *, days: int, today: date) -> tuple[StockChange, ...]:
    """Of every item that moved in so many days up to now."""
    low, high = connection.exec_driver_sql(_ENDS).one()
    if low is None:
        return ()
    first = first_from(connection, (today - timedelta(days=days)).isoformat(), low, high)
    return tuple(
        StockChange(item, date.fromisoformat(day), int(delta), bool(is_loaded))
        for item, day, delta, is_loaded in connection.exec_driver_sql(_CHANGES, (first,))
    )
