"""Which orders this station holds."""

from __future__ import annotations

from sqlalchemy import Connection

from db.envelope import moment
from db.rows.leases import HeldLease

_ELSEWHERE = """SELECT EXISTS (SELECT 1 FROM site_lease WHERE "order" = ? AND state <> 'held')"""
_HELD = """SELECT "order", until FROM site_lease WHERE state = 'held' ORDER BY until, "order" """


def is_elsewhere(connection: Connection, order: str) -> bool:
    """Whether this station had the order and has it no more: another bay may be working on it."""
    return bool(connection.exec_driver_sql(_ELSEWHERE, (order,)).scalar_one())


def held(connection: Connection) -> tuple[HeldLease, ...]:
    """The orders that are this station's, those that run out first before the others."""
    return tuple(HeldLease(order, moment(until)) for order, until in connection.exec_driver_sql(_HELD))
