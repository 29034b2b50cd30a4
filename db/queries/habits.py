"""What the log says of habits, never more than the newest few of it: wrong scans of a person, picks of an item."""

from __future__ import annotations

from sqlalchemy import Connection

NEWEST = 200  # wrong scans: some months of a careful person
ENOUGH = 50  # picks: more than that is "often" in any case

_WRONG = """
SELECT body ->> '$.data.expected', body ->> '$.data.scanned' FROM event
WHERE operator = ? AND kind = 'scan_refused' AND body ->> '$.data.what' = 'item' ORDER BY n DESC LIMIT ?
"""
# What only the book moves (received goods to their compartment, a lot to another status) is no pick.
_PICKS = """
SELECT count(*) FROM (
    SELECT 1 FROM event WHERE item = ? AND kind = 'picked'
        AND coalesce(body ->> '$.data.reason', '') NOT IN ('put_away', 'lot_held', 'lot_released')
    ORDER BY n DESC LIMIT ?
)
"""


def mis_scans(connection: Connection, person: str) -> frozenset[tuple[str, str]]:
    """(expected, scanned) of the newest wrong scans of a person that were another item, by its code or a barcode of it."""
    rows = connection.exec_driver_sql(_WRONG, (person, NEWEST))
    return frozenset((expected, scanned) for expected, scanned in rows if scanned)


def picks_of(connection: Connection, item: str) -> int:
    """How often an item was taken, up to ENOUGH."""
    return int(connection.exec_driver_sql(_PICKS, (item, ENOUGH)).scalar_one())
