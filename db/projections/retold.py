"""Events told again. Of one whose original is in this log nothing follows; of one that only the site had, what lasts: stock,
counts that wait for somebody, how far orders and signals are, and the trays' visits. Where trays and motions were then
is not where they are now."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from db.projections import count_held, line, signal, stock
from db.projections.event import Handler, Happened
from db.queries.chains import hash_at

LASTING: dict[str, Handler] = {**stock.HANDLERS, **line.HANDLERS, **count_held.HANDLERS, **signal.HANDLERS}
KIND = "retold"

VISIT = """
INSERT INTO now_tray (machine, tray, visit) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET visit = max(visit, excluded.visit)
"""


def original(event: Happened) -> Happened:
    """The event that is told again, in its own place. It may be one that was told again itself."""
    body = json.loads(event.data["body"])
    return Happened(body["kind"], body["at"], body["data"], event.data["epoch"], event.data["seq"])


def is_own(connection: Connection, event: Happened) -> bool:
    """Whether the original is in this log."""
    there: str = event.data["hash"]
    return hash_at(connection, event.data["epoch"], event.data["seq"]) == there


def told_at_last(connection: Connection, event: Happened) -> tuple[Happened, tuple[tuple[str, int], ...]]:
    """What a `retold` tells at last, and the places by which the site may have counted it in: this one's; where only the site had
    the original, also that one's."""
    told, places = original(event), [(event.epoch, event.seq)]
    own = is_own(connection, event)
    while True:
        if not own:
            places.append((told.epoch, told.seq))
        if told.kind != KIND:
            return told, tuple(places)
        own = own or is_own(connection, told)
        told = original(told)


def _retold(connection: Connection, event: Happened) -> None:
    if is_own(connection, event):
        return
    told = original(event)
    handler = HANDLERS.get(told.kind) or LASTING.get(told.kind)
    if handler is not None:
        handler(connection, told)
    if (beside := signal.BESIDE.get(told.kind)) is not None:
        beside(connection, told)
    _remember_visit(connection, told.data)


def _remember_visit(connection: Connection, data: Mapping[str, Any]) -> None:
    if data.get("visit") and data.get("tray") is not None:
        connection.exec_driver_sql(VISIT, (data["machine"], data["tray"], data["visit"]))


HANDLERS: dict[str, Handler] = {KIND: _retold}
