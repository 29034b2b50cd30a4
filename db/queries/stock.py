"""Stock as it is now."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection

from db.envelope import moment
from db.rows.stock import CountAsked, CountSaid, HeldCount, Stock, StockKey, StockStatus, ZeroCheck
from db.rows.trays import Place

_STOCK = """
SELECT machine, tray, compartment, n.item, n.lot, serial, owner, status, quantity, counted_at, coalesce((
    SELECT held FROM site_stock AS s
    WHERE s.machine = n.machine AND s.tray = n.tray AND s.compartment = n.compartment AND s.item = n.item
        AND s.lot = n.lot AND s.serial = n.serial AND s.owner = n.owner AND s.status = n.status
), 0), l.expiry, coalesce(l.received_at, n.since)
FROM now_stock AS n LEFT JOIN now_lot AS l ON n.lot <> '' AND l.item = n.item AND l.lot = n.lot
"""
_CHECK = """
SELECT machine, tray, compartment, item, lot, serial, owner, status FROM now_zero_check WHERE machine = ?
ORDER BY machine, tray, compartment
"""
_COUNTS = """
SELECT machine, tray, compartment, item, lot, serial, owner, status, why, since FROM now_count_due WHERE machine = ?
ORDER BY machine, tray, compartment, item, lot, serial, owner, status
"""
_HELD = """
SELECT machine, tray, compartment, item, lot, serial, owner, status, "order", line, said, moved, since FROM now_count_held
WHERE machine = ? ORDER BY since, machine, tray, compartment, item, lot, serial, owner, status
"""
_SERIAL = "SELECT 1 FROM now_stock WHERE item = ? AND serial = ? AND quantity > 0 LIMIT 1"
_BY_PLACE = " ORDER BY machine, tray, compartment, n.item, n.lot, serial, owner, status"
_BY_AGE = " ORDER BY since, machine, tray, compartment, n.item, n.lot, serial"


def stock(
    connection: Connection, *, item: str | None = None, machine: str | None = None, tray: int | None = None
) -> tuple[Stock, ...]:
    """Stock, of everything or of what is named, by place; that of one item oldest first."""
    wanted = {"n.item": item, "machine": machine, "tray": tray}
    given = {name: value for name, value in wanted.items() if value is not None}
    where = " AND ".join(f"{name} = ?" for name in given)
    order = _BY_AGE if item is not None else _BY_PLACE
    rows = connection.exec_driver_sql(_STOCK + (f" WHERE {where}" if given else "") + order, tuple(given.values()))
    return tuple(_stock(row) for row in rows)


def stock_of_items(connection: Connection, items: Iterable[str]) -> tuple[Stock, ...]:
    """All stock of these items, what came first before what came later."""
    where = " WHERE n.item IN (SELECT value FROM json_each(?))"
    rows = connection.exec_driver_sql(_STOCK + where + _BY_AGE, (json.dumps(sorted(set(items))),))
    return tuple(_stock(row) for row in rows)


def lot_expiry(connection: Connection, item: str, lot: str) -> date | None:
    """The last good day of a lot, None when nobody has said it."""
    said = connection.exec_driver_sql("SELECT expiry FROM now_lot WHERE item = ? AND lot = ?", (item, lot)).scalar()
    return date.fromisoformat(said) if said else None


def lots_with_expiry(connection: Connection, item: str) -> frozenset[str]:
    """The lots of an item of which somebody has said the last good day."""
    return frozenset(connection.exec_driver_sql("SELECT lot FROM now_lot WHERE item = ? AND expiry <> ''", (item,)).scalars())


def stock_by_age(connection: Connection) -> tuple[Stock, ...]:
    """All stock, what came first before what came later."""
    rows = connection.exec_driver_sql(_STOCK + _BY_AGE + ", owner, status")
    return tuple(_stock(row) for row in rows)


def stock_at(connection: Connection, place: Place) -> tuple[Stock, ...]:
    """What is in one compartment."""
    where = " WHERE machine = ? AND tray = ? AND compartment = ?"
    rows = connection.exec_driver_sql(_STOCK + where + _BY_PLACE, (place.machine, place.tray, place.compartment))
    return tuple(_stock(row) for row in rows)


def zero_checks(connection: Connection, machine: str) -> tuple[ZeroCheck, ...]:
    """The compartments of a machine of which nobody has said yet whether a pick left them empty, by place."""
    rows = connection.exec_driver_sql(_CHECK, (machine,))
    return tuple(ZeroCheck(place=Place(*row[:3]), key=_key(*row[3:])) for row in rows)


def counts_due(connection: Connection, machine: str) -> tuple[CountAsked, ...]:
    """What is to be counted of a machine because its trays were moved without the station, by place."""
    rows = connection.exec_driver_sql(_COUNTS, (machine,))
    return tuple(CountAsked(place=Place(*row[:3]), key=_key(*row[3:8]), why=row[8], since=moment(row[9])) for row in rows)


def counts_held(connection: Connection, machine: str) -> tuple[HeldCount, ...]:
    """The counts of a machine that wait for a different person, the oldest first."""
    return tuple(_held(row) for row in connection.exec_driver_sql(_HELD, (machine,)))


def _held(row: Any) -> HeldCount:
    order, line, said, moved, since = row[8:]
    return HeldCount(
        place=Place(*row[:3]),
        key=_key(*row[3:8]),
        order=order,
        line=line,
        said=tuple(
            CountSaid(each["person"], tuple(figure + moved - each["moved"] for figure in each["figures"]))
            for each in json.loads(said)
        ),
        since=moment(since),
    )


def has_serial(connection: Connection, item: str, serial: str) -> bool:
    """Whether a piece of the item with this serial is in stock anywhere."""
    return connection.exec_driver_sql(_SERIAL, (item, serial)).first() is not None


def _key(item: str, lot: str, serial: str, owner: str, status: str) -> StockKey:
    return StockKey(item=item, lot=lot, serial=serial, owner=owner, status=StockStatus(status))


def _stock(row: Any) -> Stock:
    machine, tray, compartment, item, lot, serial, owner, status, quantity, counted_at, held, expiry, received_at = row
    return Stock(
        place=Place(machine, tray, compartment),
        key=_key(item, lot, serial, owner, status),
        quantity=quantity,
        counted_at=None if counted_at is None else moment(counted_at),
        held=held,
        expiry=date.fromisoformat(expiry) if expiry else None,
        received_at=moment(received_at),
    )
