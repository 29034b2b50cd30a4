"""Which orders this station holds."""

from __future__ import annotations

from sqlalchemy import Connection

from db.envelope import moment
from db.rows.leases import HeldLease

_HELD = """SELECT "order", until FROM site_lease WHERE state = 'held' ORDER BY until, "order" """


def held(connection: Connection) -> tuple[HeldLease, ...]:
    """The orders that are this station's, those that run out first before the others."""
    return tuple(HeldLease(order, moment(until)) for order, until in connection.exec_driver_sql(_HELD))
