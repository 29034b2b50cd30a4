"""How many orders a station keeps for an island: two hours of work at the pace that was measured, and never fewer than five."""

from __future__ import annotations

import math
from datetime import datetime, timedelta

from sqlalchemy import Connection

from db.envelope import moment

LEAST = 5
MOST = 500  # of one station: the others want to work too
MEASURED = timedelta(hours=8)

_CLOSED = "SELECT at FROM event WHERE kind = 'order_closed' ORDER BY n DESC LIMIT 200"
_HELD = """
SELECT count(*) FROM site_lease AS l LEFT JOIN now_order AS n ON n."order" = l."order"
WHERE l.state = 'held' AND coalesce(n.state, 'released') NOT IN ('closed', 'cancelled')
"""


def pace_per_hour(closed: list[datetime], now: datetime) -> float:
    """Orders an hour over the hours in which any were closed, of the last eight."""
    recent = [each for each in closed if timedelta(0) <= now - each <= MEASURED]
    hours = {each.replace(minute=0, second=0, microsecond=0) for each in recent}
    return len(recent) / len(hours) if hours else 0.0


def wanted(connection: Connection, *, prefetch_h: float, now: datetime) -> int:
    """How many more orders to claim now."""
    closed = [moment(row[0]) for row in connection.exec_driver_sql(_CLOSED)]
    supply = min(MOST, max(LEAST, math.ceil(pace_per_hour(closed, now) * prefetch_h)))
    return max(0, supply - int(connection.exec_driver_sql(_HELD).scalar_one()))
