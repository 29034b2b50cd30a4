"""The chains of the log: where each epoch ends, what was told again, and which of its events the site's book lacks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

# One step of the index for each epoch: a GROUP BY would read a million rows for the two epochs of a log, and so would a join in
# another order than this one.
_EPOCHS = """
WITH RECURSIVE
    own (station) AS (SELECT station FROM event ORDER BY n LIMIT 1),
    found (epoch) AS (
        SELECT min(epoch) FROM event WHERE station = (SELECT station FROM own)
        UNION ALL
        SELECT (SELECT min(epoch) FROM event WHERE station = (SELECT station FROM own) AND epoch > found.epoch)
        FROM found WHERE found.epoch IS NOT NULL
    )
SELECT first.epoch, last.seq, last.hash, first.n, last.n
FROM found
CROSS JOIN event AS first ON first.station = (SELECT station FROM own) AND first.epoch = found.epoch AND first.seq = 1
CROSS JOIN event AS last ON last.station = first.station AND last.epoch = first.epoch
    AND last.seq = (SELECT max(seq) FROM event WHERE station = first.station AND epoch = first.epoch)
ORDER BY first.n
"""
_OWN_RETOLD = """
SELECT o.epoch, min(o.seq) FROM event AS r
JOIN event AS o ON o.station = r.station AND o.epoch = r.body ->> '$.data.epoch' AND o.seq = r.body ->> '$.data.seq'
    AND lower(hex(o.hash)) = r.body ->> '$.data.hash'
WHERE r.kind = 'retold' GROUP BY o.epoch
"""
_TAKEN_BACK = """
SELECT r.body ->> '$.data.epoch', max(r.body ->> '$.data.seq') FROM event AS r
WHERE r.kind = 'retold' AND NOT EXISTS (
    SELECT 1 FROM event AS o WHERE o.station = r.station AND o.epoch = r.body ->> '$.data.epoch'
        AND o.seq = r.body ->> '$.data.seq' AND lower(hex(o.hash)) = r.body ->> '$.data.hash'
) GROUP BY 1
"""
_HASH = "SELECT hash FROM event WHERE station = (SELECT station FROM event ORDER BY n LIMIT 1) AND epoch = ? AND seq = ?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """One epoch of the log. `limit` is its last event that goes up under its own number: those behind it were told again."""

    epoch: str
    seq: int
    hash: str
    first_n: int
    last_n: int
    limit: int


def chains(connection: Connection) -> tuple[Chain, ...]:
    """All epochs in the order of the log."""
    limits = retold_limits(connection)
    return tuple(_chain(row, limits) for row in connection.exec_driver_sql(_EPOCHS))


def _chain(row: Any, limits: Mapping[str, int]) -> Chain:
    epoch, seq, hash, first_n, last_n = row
    return Chain(epoch=epoch, seq=seq, hash=hash.hex(), first_n=first_n, last_n=last_n, limit=limits.get(epoch, seq))


def retold_limits(connection: Connection) -> dict[str, int]:
    """Of epochs with own events that were told again: the last seq before those."""
    return {row[0]: row[1] - 1 for row in connection.exec_driver_sql(_OWN_RETOLD)}


def taken_back(connection: Connection) -> dict[str, int]:
    """Of epochs that the site had more of: the highest seq that was told again here."""
    return {row[0]: row[1] for row in connection.exec_driver_sql(_TAKEN_BACK)}


def hash_at(connection: Connection, epoch: str, seq: int) -> str:
    """The hash of one event; that before the first one is zero. "" when it is not here."""
    if seq == 0:
        return bytes(32).hex()
    found: bytes | None = connection.exec_driver_sql(_HASH, (epoch, seq)).scalar()
    return "" if found is None else found.hex()


def first_open(connection: Connection, included: Mapping[str, int]) -> int:
    """The `n` of the first event that is not among those; one beyond the log when all are."""
    known = chains(connection)
    for chain in known:
        upto = included.get(chain.epoch, 0)
        if upto < chain.limit:
            return chain.first_n + upto
    return known[-1].last_n + 1 if known else 1
