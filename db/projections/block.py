"""now_block: what is blocked by the own log, by a person or because of a defect, until somebody lifts it.

What has no lot is held by a defect where it lies, by its status alone. A block of another station is in `site_block`.
"""

from __future__ import annotations

from sqlalchemy import Connection

from db.projections.event import Handler, Happened

_BEGUN = """
INSERT INTO now_block (block, item, lot, owner, supplier, reason, since) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
"""
_LIFTED = """
INSERT INTO now_block (block, item, lot, owner, supplier, reason, since, lifted_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET lifted_at = coalesce(lifted_at, excluded.lifted_at)
"""
_RELEASED = "UPDATE now_block SET lifted_at = ? WHERE item = ? AND lot = ? AND owner = ? AND lifted_at IS NULL"


def _scope(event: Happened) -> tuple[str, str, str]:
    return event.data["item"], event.data["lot"], event.data["owner"]


def _begun(connection: Connection, event: Happened) -> None:
    row = (f"{event.epoch}-{event.seq}", *_scope(event), event.data["supplier"], event.data["reason"], event.at)
    connection.exec_driver_sql(_BEGUN, row)


def _held(connection: Connection, event: Happened) -> None:
    if event.data["lot"]:
        row = (f"{event.epoch}-{event.seq}", *_scope(event), "", event.data["reason"], event.at)
        connection.exec_driver_sql(_BEGUN, row)


def _lifted(connection: Connection, event: Happened) -> None:
    data = event.data
    row = (data["block"], *_scope(event), data["supplier"], data["reason"], event.at, event.at)
    connection.exec_driver_sql(_LIFTED, row)


def _released(connection: Connection, event: Happened) -> None:
    connection.exec_driver_sql(_RELEASED, (event.at, *_scope(event)))


HANDLERS: dict[str, Handler] = {
    "stock_blocked": _begun,
    "lot_held": _held,
    "block_lifted": _lifted,
    "lot_released": _released,
}
