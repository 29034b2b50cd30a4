"""How long the machine's last motions took: from the intent to the answer that said done. Only the newest of the log."""

from __future__ import annotations

from sqlalchemy import Connection

from db.envelope import moment
from db.rows.bays import Travel

NEWEST = 2000  # motions, of all openings of all machines of this station: some days of work
# An end without the answer (a status that was read later, a late answer) says nothing of the time.
_TRAVELS = """
SELECT e.tray, e.verb, e.at, (
    SELECT i.at FROM event AS i
    WHERE i.machine = ?1 AND i.tray = e.tray AND i.n < e.n AND i.kind = 'motion_intended'
        AND i.body ->> '$.data.command' = e.command
    ORDER BY i.n DESC LIMIT 1
) AS begun
FROM (
    SELECT n, machine, tray, at, body ->> '$.data.verb' AS verb, body ->> '$.data.command' AS command,
        body ->> '$.data.outcome' AS outcome, body ->> '$.data.opening' AS opening,
        coalesce(body ->> '$.data.how', 'answer') AS how
    FROM event WHERE kind = 'motion_ended' ORDER BY n DESC LIMIT ?3
) AS e
WHERE e.machine = ?1 AND e.opening = ?2 AND e.verb IN ('fetch', 'store') AND e.outcome = 'done' AND e.how = 'answer'
ORDER BY e.n
"""


def travels(connection: Connection, machine: str, opening: str) -> tuple[Travel, ...]:
    """The last motions of trays to and from this opening that were done, oldest first."""
    rows = connection.exec_driver_sql(_TRAVELS, (machine, opening, NEWEST))
    return tuple(
        Travel(verb=row.verb, tray=row.tray, seconds=(moment(row.at) - moment(row.begun)).total_seconds())
        for row in rows
        if row.begun is not None
    )
