"""Demand as the record has it: what pick lines asked for by need-by day, shorts included, returns taken off the day they were
for.

Cancelled and moved lines asked for nothing. Kits are lines of their components already. Counts, transfers, scrap and refills are
no pick lines. An order without a need-by time counts on the day its line was closed.
"""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import Connection

from db.rows.demand import AskedDay, Demand

_DAY = """
coalesce(o.need_by, (SELECT e.at FROM event AS e WHERE e."order" = l."order" AND e."order" <> '' AND e.kind = 'line_closed'
    AND e.body ->> '$.data.line' = l.line ORDER BY e.n DESC LIMIT 1))
"""
_LINES = f"""
SELECT l.item AS item, substr({_DAY}, 1, 10) AS day, l.quantity AS quantity
FROM site_order AS o JOIN site_order_line AS l ON l."order" = o."order"
LEFT JOIN now_line AS n ON n."order" = l."order" AND n.line = l.line
WHERE o.kind = 'pick' AND coalesce(n.state, 'open') NOT IN ('cancelled', 'moved') AND l.quantity > 0
"""
_ASKED = f"SELECT item, day, quantity FROM ({_LINES}) WHERE day >= ? AND day < ?"  # added up here: three times as fast
_UNDATED = f"SELECT count(*) FROM ({_LINES} AND o.need_by IS NULL) WHERE day IS NULL"
# Returns are few: what comes back without an order has no day, and takes nothing off.
_BACK = f"""
SELECT p.item, substr({_DAY}, 1, 10) AS day, sum(p.quantity) FROM (
    SELECT body ->> '$.data.item' AS item, body ->> '$.data.of_order' AS of_order, body ->> '$.data.of_line' AS of_line,
        body ->> '$.data.quantity' AS quantity
    FROM event WHERE kind = 'put' AND coalesce(body ->> '$.data.of_order', '') <> ''
) AS p
JOIN site_order_line AS l ON l."order" = p.of_order AND l.line = p.of_line JOIN site_order AS o ON o."order" = l."order"
GROUP BY p.item, day
"""
_NEXT = "SELECT n, at FROM event WHERE n >= ? ORDER BY n LIMIT 1"
_ENDS = "SELECT (SELECT min(n) FROM event), (SELECT max(n) FROM event)"  # one by one: together they read every row

_COUNTED = """
SELECT body ->> '$.data.book', body ->> '$.data.counted' FROM event WHERE kind = 'counted' ORDER BY n DESC LIMIT ?
"""


def counts_lately(connection: Connection, most: int) -> tuple[tuple[int, int], ...]:
    """The newest counts as (book, counted), scaled integers."""
    return tuple((int(book), int(counted)) for book, counted in connection.exec_driver_sql(_COUNTED, (most,)))


def demand(connection: Connection, *, first: date, days: int) -> Demand:
    """The demand of so many days from the first one on."""
    end = first + timedelta(days=days)
    asked: dict[tuple[str, str], int] = {}
    for item, day, quantity in connection.exec_driver_sql(_ASKED, (first.isoformat(), end.isoformat())):
        asked[item, day] = asked.get((item, day), 0) + quantity
    for item, day, quantity in connection.exec_driver_sql(_BACK):
        if (item, day) in asked:
            asked[item, day] -= quantity
    dates = {day: date.fromisoformat(day) for _, day in asked}
    rows = tuple(AskedDay(item, dates[day], quantity) for (item, day), quantity in asked.items())
    undated = int(connection.exec_driver_sql(_UNDATED).scalar_one())
    return Demand(asked=rows, undated=undated, first=first, in_service=_in_service(connection, first, days))


def _in_service(connection: Connection, first: date, days: int) -> frozenset[int]:
    """The days with an event. Each day's first event is searched for by halving: times rise with the log, but for a clock that
    was set back, which moves a day's edge and loses none."""
    found = set()
    low, high = connection.exec_driver_sql(_ENDS).one()
    if low is None:
        return frozenset()
    for number in range(days):
        low = first_from(connection, (first + timedelta(days=number)).isoformat(), low, high)
        row = connection.exec_driver_sql(_NEXT, (low,)).first()
        if row is not None and row[1][:10] == (first + timedelta(days=number)).isoformat():
            found.add(number)
    return frozenset(found)


def first_from(connection: Connection, at: str, low: int, high: int) -> int:
    """The first place in the log from `low` on with a time of `at` or later; `high` + 1 when there is none."""
    high += 1
    while low < high:
        middle = (low + high) // 2
        row = connection.exec_driver_sql(_NEXT, (middle,)).first()
        if row is None or row[1] >= at:
            high = middle
        else:
            low = middle + 1
    return low
