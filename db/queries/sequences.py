"""Sequences: how long they are, and which of their positions were left empty."""

from __future__ import annotations

from sqlalchemy import Connection

from db.envelope import moment
from db.rows.sequences import Gap

_GAPS = 'SELECT "order", line, sequence, rank, reason, released_by, since, filled_at FROM now_gap'
_EMPTY = _GAPS + " WHERE filled_at = '' ORDER BY sequence, rank"
_OF = _GAPS + " WHERE sequence = ? ORDER BY rank"
_ORDERS = 'SELECT "order" FROM site_order WHERE sequence = ? ORDER BY "order"'
_LENGTH = """
SELECT coalesce(max(l.rank), 0) FROM site_order AS o JOIN site_order_line AS l ON l."order" = o."order" WHERE o.sequence = ?
"""


def gaps(connection: Connection, sequence: str | None = None) -> tuple[Gap, ...]:
    """The positions that are empty still; of one sequence all that ever were."""
    rows = connection.exec_driver_sql(_EMPTY) if sequence is None else connection.exec_driver_sql(_OF, (sequence,))
    return tuple(
        Gap(
            order=row[0],
            line=row[1],
            sequence=row[2],
            rank=row[3],
            reason=row[4],
            released_by=row[5],
            since=moment(row[6]),
            filled_at=moment(row[7]) if row[7] else None,
        )
        for row in rows
    )


def orders_of(connection: Connection, sequence: str) -> tuple[str, ...]:
    """The orders whose lines leave in this sequence."""
    return tuple(connection.exec_driver_sql(_ORDERS, (sequence,)).scalars())


def length(connection: Connection, sequence: str) -> int:
    """The highest rank of the sequence."""
    found: int = connection.exec_driver_sql(_LENGTH, (sequence,)).scalar_one()
    return found
