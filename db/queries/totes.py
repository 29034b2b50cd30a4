"""Which order goes into which tote, and which lamps are dead."""

from __future__ import annotations

from sqlalchemy import Connection

from db.rows.totes import BoundTote

_TOTES = 'SELECT "order", tote, position, is_open FROM now_tote WHERE '
_OPEN = _TOTES + 'is_open = 1 ORDER BY position, "order", tote'
_OF = _TOTES + '"order" = ? ORDER BY is_open DESC, position, tote'
_DEAD = "SELECT position FROM now_lamp"


def totes(connection: Connection, order: str | None = None) -> tuple[BoundTote, ...]:
    """Those that stand at their places now; of one order all that it was ever bound to, those that stand there first."""
    rows = connection.exec_driver_sql(_OPEN) if order is None else connection.exec_driver_sql(_OF, (order,))
    return tuple(BoundTote(order=row[0], tote=row[1], position=row[2], is_open=bool(row[3])) for row in rows)


def dead_lamps(connection: Connection) -> frozenset[str]:
    """The put places whose lamps a person found dead."""
    return frozenset(connection.exec_driver_sql(_DEAD).scalars())
