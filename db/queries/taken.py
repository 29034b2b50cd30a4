"""Who has what, and what was taken of an item and did not come back."""

from __future__ import annotations

import json

from sqlalchemy import Connection

from db.envelope import moment
from db.rows.stock import StockKey, StockStatus
from db.rows.taken import NetPick, Taken

_TAKEN = """
SELECT account, holder, job, item, lot, serial, owner, status, machine, quantity, since, due_at FROM now_taken
ORDER BY since, account, holder, job, item, lot, serial, owner, status
"""
_KINDS = "'picked', 'put', 'taken_settled'"
_MOVED = f"SELECT id, kind, at, body FROM event WHERE item = ? AND kind IN ({_KINDS}) ORDER BY n DESC LIMIT ?"
_LOOK_BACK = 1000  # so many of the item's newest picks and puts are looked at


def taken(connection: Connection) -> tuple[Taken, ...]:
    """All that is on an account, what is out longest first."""
    return tuple(
        Taken(
            account=row[0],
            holder=row[1],
            job=row[2],
            key=StockKey(item=row[3], lot=row[4], serial=row[5], owner=row[6], status=StockStatus(row[7])),
            machine=row[8],
            quantity=row[9],
            since=moment(row[10]),
            due_at=moment(row[11]) if row[11] else None,
        )
        for row in connection.exec_driver_sql(_TAKEN)
    )


def net_picks(connection: Connection, item: str, most: int) -> tuple[NetPick, ...]:
    """For which lines an item was taken lately, is still out and comes back by no order, the newest first, at most so many."""
    back: dict[tuple[str, str, StockKey], int] = {}
    out: dict[tuple[str, str, StockKey], tuple[int, str]] = {}
    undone: set[str] = set()  # an undoing is newer than what it undoes: it comes first
    for id, kind, at, body in connection.exec_driver_sql(_MOVED, (item, _LOOK_BACK)):
        data = json.loads(body)["data"]
        undone.update(data.get("undoes", ()))
        if id in undone:
            continue
        if kind == "put" and data.get("of_order"):
            goods = data["of_order"], data["of_line"], _key(data)
            back[goods] = back.get(goods, 0) + data["quantity"]
        elif kind == "taken_settled" and data["put_back"]:  # an order of its own brings it back
            goods = data["order"], data["line"], _key(data)
            back[goods] = back.get(goods, 0) + data["quantity"]
        elif kind == "picked" and data["order"]:
            goods = data["order"], data["line"], _key(data)
            quantity, newest = out.get(goods, (0, at))
            out[goods] = quantity + data["quantity"], newest
    found = (
        NetPick(order=order, line=line, key=key, quantity=quantity - back.get((order, line, key), 0), at=moment(at))
        for (order, line, key), (quantity, at) in out.items()
    )
    return tuple(each for each in found if each.quantity > 0)[:most]


def _key(data: dict[str, str]) -> StockKey:
    """A return comes back under the key it was taken with, and may be put down under another status: that tells nothing apart."""
    return StockKey(item=data["item"], lot=data["lot"], serial=data["serial"], owner=data["owner"])
