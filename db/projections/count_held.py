"""now_count_held: counts that wait for a different person, stock by stock, with what was said of each.

`said` is a JSON list of {"person", "figures", "moved"}, in the order in which it was said; `moved` is what was picked and put
there since the first of them, so that an older figure can be told as it would be now. A correction moves nothing: it is a word
about the book. A count of the stock settles it, and so does opening stock loaded there.
"""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection

from db.projections.event import Handler, Happened
from db.projections.zero_check import answered

_KEY = "machine, tray, compartment, item, lot, serial, owner, status"
_WHERE = "machine = ? AND tray = ? AND compartment = ? AND item = ? AND lot = ? AND serial = ? AND owner = ? AND status = ?"
_FIND = f'SELECT "order", line, said, moved, since FROM now_count_held WHERE {_WHERE}'
_PUT = f"""
INSERT INTO now_count_held ({_KEY}, "order", line, said, moved, since) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET "order" = excluded."order", line = excluded.line, said = excluded.said
"""
_MOVED = f"UPDATE now_count_held SET moved = moved + ? WHERE {_WHERE}"
_AFRESH = f"UPDATE now_count_held SET said = '[]' WHERE {_WHERE}"
_SETTLED = f"DELETE FROM now_count_held WHERE {_WHERE}"


def moved(connection: Connection, event: Happened, delta: int) -> None:
    """So much more is in the stock of this event."""
    connection.exec_driver_sql(_MOVED, (delta, *_key(event)))


def settled(connection: Connection, event: Happened) -> None:
    """The stock of this event has a new figure."""
    connection.exec_driver_sql(_SETTLED, _key(event))


def _held(connection: Connection, event: Happened) -> None:
    """The line that asked first is the one that waits. Whoever counted has looked into the compartment."""
    data = event.data
    row = connection.exec_driver_sql(_FIND, _key(event)).first()
    order, line, said, so_far, since = row if row is not None else ("", "", "[]", 0, event.at)
    more = {"person": data.get("person", ""), "figures": list(data.get("figures") or (data["counted"],)), "moved": so_far}
    order, line = (order, line) if order else (data["order"], data["line"])
    text = json.dumps([*json.loads(said), more], ensure_ascii=False, separators=(",", ":"))
    connection.exec_driver_sql(_PUT, (*_key(event), order, line, text, so_far, since))
    answered(connection, event)


def _afresh(connection: Connection, event: Happened) -> None:
    connection.exec_driver_sql(_AFRESH, _key(event))


def _key(event: Happened) -> tuple[Any, ...]:
    data = event.data
    place = (data["machine"], data["tray"], data["compartment"])
    return (*place, data["item"], data["lot"], data["serial"], data["owner"], data["status"])


HANDLERS: dict[str, Handler] = {"count_held": _held, "count_recount": _afresh}
