"""Which events of the log were undone. They stay there; whoever adds up what was done leaves them out."""

from __future__ import annotations

import json
from collections.abc import Iterable

from station.values import EventRow


def undone_by(rows: Iterable[EventRow]) -> frozenset[str]:
    """The ids of the events that these rows undo."""
    return frozenset(each for row in rows for each in json.loads(row.body)["data"].get("undoes", ()))


def standing(rows: Iterable[EventRow]) -> tuple[EventRow, ...]:
    """Those of the rows that hold: neither undone by another one of them, nor there to undo one."""
    told = tuple(rows)
    gone = undone_by(told)
    return tuple(row for row in told if row.id not in gone and not json.loads(row.body)["data"].get("undoes"))
