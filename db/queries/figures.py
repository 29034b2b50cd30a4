"""What a stretch of the log comes to, added up by SQLite: over the index of kinds, so that no other event is read."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from db.envelope import moment
from db.queries.stretch import places
from db.rows.events import EventFact
from db.rows.figures import WorkQuarter

_FROM: Final = "FROM event INDEXED BY ix_event_kind WHERE kind = ? AND n >= ? AND n < ?"
_QUARTER: Final = "substr(at, 1, 13) AS hour, CAST(substr(at, 15, 2) AS INTEGER) / 15 AS quarter, operator"
# The columns of a kind: what each is called, and how it is added up.
_SUMS: Final = {
    "line_timed": {each: f"sum(body ->> '$.data.{each}')" for each in ("lift_ms", "operator_ms", "host_ms", "empty_ms")},
    "line_closed": {
        "closed": "sum(body ->> '$.data.outcome' IN ('confirmed', 'short'))",
        "lines": "sum(body ->> '$.data.outcome' IN ('confirmed', 'short') AND body ->> '$.data.done_quantity' > 0)",
        "shorts": "sum(body ->> '$.data.outcome' = 'short')",
    },
    "motion_ended": {"trays": "sum(body ->> '$.data.verb' = 'fetch' AND body ->> '$.data.outcome' = 'done')"},
    "scan_refused": {"wrong_scans": "count(*)"},
}
_FACTS: Final = f"SELECT n, at, kind, operator, body ->> '$.data', id {_FROM}"
MINUTES: Final = 15


def work_quarters(connection: Connection, *, first: datetime, until: datetime) -> tuple[WorkQuarter, ...]:
    """What was worked from the first moment up to the other one, by quarters of an hour and person."""
    stretch = places(connection, first, until)
    found: defaultdict[tuple[str, int, str], dict[str, int]] = defaultdict(dict)
    for kind, sums in _SUMS.items():
        statement = f"SELECT {_QUARTER}, {', '.join(sums.values())} {_FROM} GROUP BY 1, 2, 3"
        for hour, quarter, operator, *values in connection.exec_driver_sql(statement, (kind, *stretch)):
            found[hour, quarter, operator].update(zip(sums, (int(each or 0) for each in values), strict=True))
    return tuple(
        WorkQuarter(at=moment(f"{hour}:{quarter * MINUTES:02}:00.000000+00:00"), operator=operator, **values)
        for (hour, quarter, operator), values in sorted(found.items())
    )


def kind_facts(connection: Connection, *, kinds: Collection[str], first: datetime, until: datetime) -> tuple[EventFact, ...]:
    """The events of these kinds, oldest first: for kinds of which there are few among very many others."""
    stretch = places(connection, first, until)
    rows = [row for kind in sorted(kinds) for row in connection.exec_driver_sql(_FACTS, (kind, *stretch))]
    rows.sort(key=lambda row: row[0])
    return tuple(EventFact(moment(at), kind, operator, json.loads(data), id) for _, at, kind, operator, data, id in rows)
