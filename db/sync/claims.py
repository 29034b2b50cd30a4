"""Leases and custody as the site has them: taken over by version, and found where the site has them no more.

While all is read anew a version of 0 says that the site has not named the row since: it went back to a copy, or the end of a
lease was told while nobody here listened.
"""

from __future__ import annotations

from sqlalchemy import Connection

from db.envelope import moment_text
from db.sync.values import Lease, TrayCustody

_LEASE = """
INSERT INTO site_lease ("order", fence, until, state, version) VALUES (?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET fence = excluded.fence, until = excluded.until, state = excluded.state, version = excluded.version
WHERE ? OR excluded.version > site_lease.version
"""
_CUSTODY = """
INSERT INTO site_custody (machine, tray, opening, station, visit, is_out, version) VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET
    opening = excluded.opening, station = excluded.station, visit = max(visit, excluded.visit), is_out = excluded.is_out,
    version = excluded.version
WHERE ? OR excluded.version > site_custody.version
"""
_NOT_NAMED = """SELECT "order" FROM site_lease WHERE version = 0 AND state = 'held' ORDER BY "order" """
_END_NOT_NAMED = "UPDATE site_lease SET state = 'ended' WHERE version = 0 AND state = 'held'"
# Nobody knows any more where the tray was; how often it was at a bay stays known, for the next visit has a higher number.
_NOBODY_HAS_IT = "UPDATE site_custody SET opening = '', station = '', is_out = 0 WHERE version = 0"


def put_lease(connection: Connection, lease: Lease, *, is_anew: bool) -> None:
    """As the site has it; while all is read anew whatever version it has."""
    row = (lease.order, lease.fence, moment_text(lease.until), lease.state.value, lease.version, int(is_anew))
    connection.exec_driver_sql(_LEASE, row)


def put_custody(connection: Connection, custody: TrayCustody, *, is_anew: bool) -> None:
    """As the site has it; while all is read anew whatever version it has."""
    place = (custody.machine, custody.tray, custody.opening, custody.station, custody.visit, int(custody.is_out))
    connection.exec_driver_sql(_CUSTODY, (*place, custody.version, int(is_anew)))


def begin_anew(connection: Connection) -> None:
    """All is read anew: nothing was named yet. Also what has ended: after a restore its next version may be a low one."""
    connection.exec_driver_sql("UPDATE site_lease SET version = 0")
    connection.exec_driver_sql("UPDATE site_custody SET version = 0")


def end_not_named(connection: Connection) -> tuple[str, ...]:
    """What the site has not named it has not. Returns the orders of which the lease is ended."""
    orders = tuple(connection.exec_driver_sql(_NOT_NAMED).scalars())
    connection.exec_driver_sql(_END_NOT_NAMED)
    connection.exec_driver_sql(_NOBODY_HAS_IT)
    return orders
