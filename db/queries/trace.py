"""Following goods through the record, backward to where they came from and forward to who got them.

A lot or a serial is found by its own index. An order or a receipt is followed by the lots and serials that its movements name.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from sqlalchemy import Connection

from db.queries import stock as stock_queries
from db.queries import taken as taken_queries
from db.queries.tray_past import data_of, past_event
from db.rows.trace import Followed, OrderSeen, Trace
from db.rows.tray_past import PastEvent

MOST_EVENTS = 5000
MOST_FOLLOWED = 50
CAME = ("received", "put", "stock_loaded")
WENT = ("picked", "goods_passed")
OTHER = ("counted", "corrected", "lot_held", "lot_released", "count_held", "taken_settled", "booking_undone")
_COLUMNS = "n, id, station, epoch, seq, kind, at, operator, body, prev, hash"
_BY = {
    "lot": "lot = ? AND lot <> ''",
    "serial": "serial = ? AND serial <> ''",
    "order": '"order" = ? AND "order" <> \'\'',
}
_RECEIPTS = """
SELECT "order" FROM site_order WHERE kind = 'receipt' AND ("order" = ?1 OR reference = ?1)
UNION SELECT body ->> '$.data.order' FROM event WHERE kind = 'received' AND body ->> '$.data.reference' = ?1
"""
_ORDERS = """
SELECT "order", kind, destination, supplier, reference FROM site_order
WHERE "order" IN (SELECT value FROM json_each(?)) ORDER BY "order"
"""


def trace(connection: Connection, what: str, key: str) -> Trace:
    """Follow a lot, a serial, a receipt (its order, or the supplier's reference) or an order."""
    if what in ("lot", "serial"):
        events = _events(connection, what, key)
        followed = tuple(sorted({each for each in map(_goods, events) if each is not None}, key=_by_name))
        return _answer(connection, what, key, events, followed, ())
    orders = [key] if what == "order" else [each for each in connection.exec_driver_sql(_RECEIPTS, (key,)).scalars() if each]
    own = [event for order in orders for event in _events(connection, "order", order)]
    followed = tuple(sorted({each for each in map(_goods, own) if each is not None}, key=_by_name))
    found = {each.n: each for each in own}
    for goods in followed[:MOST_FOLLOWED]:
        by, value = ("serial", goods.serial) if goods.serial else ("lot", goods.lot)
        found |= {each.n: each for each in _events(connection, by, value) if data_of(each).get("item") == goods.item}
    events = [found[n] for n in sorted(found)]
    return _answer(connection, what, key, events, followed, orders)


def _by_name(goods: Followed) -> tuple[str, str, str]:
    return goods.item, goods.lot, goods.serial


def _events(connection: Connection, by: str, key: str) -> list[PastEvent]:
    statement = f"SELECT {_COLUMNS} FROM event WHERE {_BY[by]} ORDER BY n LIMIT ?"
    return [past_event(row) for row in connection.exec_driver_sql(statement, (key, MOST_EVENTS))]


def _goods(event: PastEvent) -> Followed | None:
    data = data_of(event)
    lot, serial = str(data.get("lot", "")), str(data.get("serial", ""))
    if not (lot or serial) or event.row.kind not in (*CAME, *WENT, *OTHER):
        return None
    return Followed(str(data["item"]), lot, serial)


def _answer(
    connection: Connection,
    what: str,
    key: str,
    events: list[PastEvent],
    followed: tuple[Followed, ...],
    orders: Iterable[str],
) -> Trace:
    named = {str(data_of(each).get("order", "")) for each in events} | set(orders)
    found = connection.exec_driver_sql(_ORDERS, (json.dumps(sorted(named - {""})),))
    seen = tuple(OrderSeen(order=r[0], kind=r[1], destination=r[2], supplier=r[3], reference=r[4]) for r in found)
    items = sorted({each.item for each in followed})
    keys = {(each.item, each.lot, each.serial) for each in followed}
    lies = stock_queries.stock_of_items(connection, items) if items else ()
    taken = taken_queries.taken(connection) if items else ()
    return Trace(
        what=what,
        key=key,
        orders=seen,
        followed=followed,
        came=tuple(each for each in events if each.row.kind in CAME),
        went=tuple(each for each in events if each.row.kind in WENT),
        other=tuple(each for each in events if each.row.kind in OTHER),
        lies=tuple(each for each in lies if (each.key.item, each.key.lot, each.key.serial) in keys),
        taken=tuple(each for each in taken if (each.key.item, each.key.lot, each.key.serial) in keys),
        unfollowed=_without(events),
        is_cut=len(events) >= MOST_EVENTS or len(followed) > MOST_FOLLOWED,
    )


def _without(events: Iterable[PastEvent]) -> tuple[str, ...]:
    """Items that moved here without a lot or a serial."""
    moved = (data_of(each) for each in events if each.row.kind in (*CAME, *WENT))
    return tuple(sorted({str(data["item"]) for data in moved if not (data.get("lot") or data.get("serial"))}))
