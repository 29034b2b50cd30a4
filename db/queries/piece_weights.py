"""What a piece weighs, straight from the log: the newest learning of an item's lot counts, so that nothing has to be folded."""

from __future__ import annotations

from sqlalchemy import Connection

from db.envelope import moment
from db.rows.stock import PieceWeight

# By the index of kinds: learnings are few, an item's other events many. The unary plus keeps the planner from the item's index.
_NEWEST = """
SELECT at, body ->> '$.data.piece_ug', body ->> '$.data.uncertainty_ug', body ->> '$.data.sample' FROM event
WHERE kind = 'piece_weight_learnt' AND +item = ? AND body ->> '$.data.lot' = ? ORDER BY n DESC LIMIT 1
"""


def piece_weight(connection: Connection, item: str, lot: str) -> PieceWeight | None:
    """What one piece of this lot weighs, as it was learnt last; None when it never was."""
    row = connection.exec_driver_sql(_NEWEST, (item, lot)).first()
    if row is None:
        return None
    return PieceWeight(item=item, lot=lot, piece_ug=row[1], uncertainty_ug=row[2], sample=row[3], at=moment(row[0]))
