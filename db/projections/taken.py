"""now_taken: what is out of its compartment on somebody's account. Told by the picks and puts themselves, in their own step: what
left the one is on the other."""

from __future__ import annotations

from sqlalchemy import Connection

from db.projections.event import Happened

_KEY = "account, holder, job, item, lot, serial, owner, status"
_WHERE = " AND ".join(f"{name} = ?" for name in _KEY.split(", "))
_ADD = f"""
INSERT INTO now_taken ({_KEY}, machine, quantity, since, due_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET quantity = quantity + excluded.quantity, due_at = excluded.due_at, since = excluded.since
"""
_TAKE_OFF = f"UPDATE now_taken SET quantity = quantity - ? WHERE {_WHERE}"
_FORGET = "DELETE FROM now_taken WHERE quantity <= 0"


def taken_out(connection: Connection, event: Happened) -> None:
    """A pick that has an account is on it from now on, of an undone return under the key that it had there; any other is not."""
    data = event.data
    if data.get("account"):
        who = (data["account"], data["holder"], data["job"])
        lot, serial, status = (data.get(f"was_{name}", data[name]) for name in ("lot", "serial", "status"))
        key = (*who, data["item"], lot, serial, data["owner"], status)
        connection.exec_driver_sql(_ADD, (*key, data["machine"], data["quantity"], event.at, data["due_at"]))


def given_back(connection: Connection, event: Happened) -> None:
    """A put that names an account comes off it."""
    data = event.data
    if data.get("account"):
        who = (data["account"], data["holder"], data["job"])
        key = (*who, data["item"], data["was_lot"], data["was_serial"], data["owner"], data["was_status"])
        connection.exec_driver_sql(_TAKE_OFF, (data["quantity"], *key))
        connection.exec_driver_sql(_FORGET)
