"""now_lot: when a lot came and until which day it is good. What was said last of the expiry counts; a lot comes once."""

from __future__ import annotations

from sqlalchemy import Connection

from db.projections.event import Happened

_PUT = """
INSERT INTO now_lot (item, lot, expiry, received_at) VALUES (?1, ?2, ?3, coalesce(nullif(?4, ''), ?5))
ON CONFLICT DO UPDATE SET
    expiry = CASE excluded.expiry WHEN '' THEN expiry ELSE excluded.expiry END,
    received_at = CASE ?4 WHEN '' THEN received_at ELSE ?4 END
"""


def received(connection: Connection, event: Happened) -> None:
    """Goods of a lot came in, or a file said when they had."""
    data = event.data
    if data["lot"]:
        said = (data.get("expiry", ""), data.get("received_at", ""), event.at)
        connection.exec_driver_sql(_PUT, (data["item"], data["lot"], *said))
