"""Questions about a tray's past: moments, what lay where then, and the tray's events around a moment."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from db.envelope import moment, moment_text
from db.layouts import layout_at
from db.projections.tray_past import Stock, stock_at
from db.queries.events import event_of
from db.queries.moments import last_n as last_n
from db.queries.moments import n_at as n_at
from db.rows.stock import StockKey, StockStatus
from db.rows.tray_past import PastEvent, PastFilter, PastStock, TrayPast

_COLUMNS = "n, id, station, epoch, seq, kind, at, operator, body, prev, hash"
_OF_TRAY = "machine = ? AND tray = ?"
_AT = "SELECT at FROM event WHERE n >= ? ORDER BY n LIMIT 1"
_COUNT = f"SELECT count(*), coalesce(sum(n <= ?), 0) FROM event WHERE {_OF_TRAY}"
_NTH = f"SELECT n FROM event WHERE {_OF_TRAY} ORDER BY n LIMIT 1 OFFSET ?"
_N_OF = "SELECT n FROM event WHERE station = (SELECT station FROM event ORDER BY n DESC LIMIT 1) AND epoch = ? AND seq = ?"
_BY_N = """
SELECT e.n, e.kind, e.at, e.operator, e.body, e.seq FROM json_each(?) AS asked CROSS JOIN event AS e ON e.n = asked.value
"""
_NOW = """
SELECT compartment, item, lot, serial, owner, status, quantity FROM now_stock WHERE machine = ? AND tray = ?
"""
_STOPS = "SELECT n, at FROM event WHERE kind = 'safety' AND n > ? AND n < ? AND machine = ? AND body ->> '$.data.is_stopped' = 1"
# The very words of the index, without which it is not used.
_CUSTODY = f"""
SELECT {_COLUMNS} FROM event INDEXED BY ix_event_custody
WHERE {_OF_TRAY} AND n <= ? AND kind IN ('motion_intended', 'motion_ended', 'tray_told', 'access_refused', 'place_reached')
ORDER BY n DESC LIMIT ?
"""
_PERSONS = ("person", "from_person", "to_person", "second", "done_by")

_Term = tuple[str, tuple[Any, ...]]


def n_of(connection: Connection, epoch: str, seq: int) -> int | None:
    """The place of an event that is named by its epoch and number."""
    found: int | None = connection.exec_driver_sql(_N_OF, (epoch, seq)).scalar()
    return found


def nth(connection: Connection, machine: str, tray: int, index: int) -> int:
    """The place of the tray's event with this number, counted from 1; before the first and behind the last there is none: 0."""
    found = connection.exec_driver_sql(_NTH, (machine, tray, index - 1)).scalar() if index > 0 else None
    return found or 0


def tray_at(connection: Connection, machine: str, tray: int, n: int) -> TrayPast:
    """The tray after event `n` of the log."""
    total, index = connection.exec_driver_sql(_COUNT, (n, machine, tray)).one()
    event = newest(connection, machine, tray, n)
    then, end = stock_at(connection, machine, tray, n), last_n(connection)
    now = stock_at(connection, machine, tray, end) if end > n else then
    held = {tuple(row[:6]): row[6] for row in connection.exec_driver_sql(_NOW, (machine, tray))}
    return TrayPast(
        machine=machine,
        number=tray,
        n=n,
        at=_moment_of(connection, n),
        index=index,
        total=total,
        tray=layout_at(connection, machine, tray, n),
        stock=_told(connection, then),
        event=event,
        changed=_changed(then, now),
        has_others={key: quantity for key, (quantity, _) in now.items()} != held,
    )


def _moment_of(connection: Connection, n: int) -> datetime | None:
    text = connection.exec_driver_sql(_AT, (n,)).scalar() if n else None
    return moment(text) if text else None


def newest(connection: Connection, machine: str, tray: int, n: int) -> PastEvent | None:
    """The tray's last event up to `n`."""
    statement = f"SELECT {_COLUMNS} FROM event WHERE {_OF_TRAY} AND n <= ? ORDER BY n DESC LIMIT 1"
    row = connection.exec_driver_sql(statement, (machine, tray, n)).first()
    return past_event(row) if row is not None else None


def _changed(then: Stock, now: Stock) -> tuple[str, ...]:
    """Compartments that do not hold the same, by label."""
    before, after = _by_compartment(then), _by_compartment(now)
    return tuple(sorted(each for each in before.keys() | after.keys() if before.get(each) != after.get(each)))


def _by_compartment(stock: Stock) -> dict[str, dict[tuple[str, ...], int]]:
    found: dict[str, dict[tuple[str, ...], int]] = {}
    for key, (quantity, _) in stock.items():
        found.setdefault(key[0], {})[key[1:]] = quantity
    return found


def _told(connection: Connection, stock: Stock) -> tuple[PastStock, ...]:
    """With who left it so, and from which order."""
    wanted = json.dumps(sorted({n for _, n in stock.values()}))
    by_n = {row[0]: row for row in connection.exec_driver_sql(_BY_N, (wanted,))}
    found = []
    for (compartment, item, lot, serial, owner, status), (quantity, n) in sorted(stock.items()):
        _, kind, at, operator, body, seq = by_n[n]
        key = StockKey(item=item, lot=lot, serial=serial, owner=owner, status=StockStatus(status))
        order = json.loads(body)["data"].get("order", "")
        found.append(
            PastStock(
                compartment=compartment,
                key=key,
                quantity=quantity,
                n=n,
                at=moment(at),
                kind=kind,
                person=operator,
                order=order,
                seq=seq,
            )
        )
    return tuple(found)


def events_of(
    connection: Connection, machine: str, tray: int, wanted: PastFilter, *, through: int, limit: int, after: int = 0
) -> tuple[PastEvent, ...]:
    """The tray's events that meet the filter, newest first: behind `after`, up to `through`."""
    return _select(connection, machine, tray, wanted, [("n > ?", (after,)), ("n <= ?", (through,))], "DESC", limit)


def next_event(connection: Connection, machine: str, tray: int, wanted: PastFilter, after: int) -> int | None:
    """The place of the tray's next event that meets the filter."""
    found = _select(connection, machine, tray, wanted, [("n > ?", (after,))], "ASC", 1)
    return found[0].n if found else None


def _select(
    connection: Connection, machine: str, tray: int, wanted: PastFilter, terms: list[_Term], way: str, limit: int
) -> tuple[PastEvent, ...]:
    """One index gives the order, the one that leaves least to be looked at; what else is asked is looked at in that order."""
    terms = [(_OF_TRAY, (machine, tray)), *terms, *_terms_of(wanted)]
    where = " AND ".join(term for term, _ in terms)
    values = tuple(value for _, given in terms for value in given)
    statement = f"SELECT {_COLUMNS} FROM event INDEXED BY {_index_for(wanted)} WHERE {where} ORDER BY n {way} LIMIT ?"
    return tuple(past_event(row) for row in connection.exec_driver_sql(statement, (*values, limit)))


def _index_for(wanted: PastFilter) -> str:
    named = {"serial": wanted.serial, "lot": wanted.lot, "order": wanted.order, "item": wanted.item}
    return "ix_event_" + next((name for name, value in named.items() if value), "tray")


def _terms_of(wanted: PastFilter) -> list[_Term]:
    texts = {"item": wanted.item, "lot": wanted.lot, "serial": wanted.serial, '"order"': wanted.order}
    terms: list[_Term] = [(f"{name} = ? AND {name} <> ''", (value,)) for name, value in texts.items() if value]
    if wanted.reason:
        terms.append(("coalesce(body ->> '$.data.reason', body ->> '$.data.why') = ?", (wanted.reason,)))
    if wanted.person:
        also = " OR ".join(f"body ->> '$.data.{name}' = ?" for name in _PERSONS)
        terms.append((f"(operator = ? OR {also})", (wanted.person,) * (1 + len(_PERSONS))))
    if wanted.since is not None:
        terms.append(("at >= ?", (moment_text(wanted.since),)))
    if wanted.until is not None:
        terms.append(("at < ?", (moment_text(wanted.until),)))
    return terms


def custody_events(connection: Connection, machine: str, tray: int, *, through: int, limit: int) -> tuple[PastEvent, ...]:
    """What says where the tray was, oldest first: the newest `limit` up to `through`."""
    rows = connection.exec_driver_sql(_CUSTODY, (machine, tray, through, limit)).all()
    return tuple(past_event(row) for row in reversed(rows))


def stops_between(connection: Connection, machine: str, after: int, before: int) -> tuple[tuple[int, datetime], ...]:
    """The machine's stops between two events."""
    return tuple((row[0], moment(row[1])) for row in connection.exec_driver_sql(_STOPS, (after, before, machine)))


def past_event(row: Any) -> PastEvent:
    """A row of `n` and an event's columns."""
    return PastEvent(row[0], event_of(row[1:]))


def data_of(event: PastEvent) -> Mapping[str, Any]:
    """The facts of an event."""
    data: Mapping[str, Any] = json.loads(event.row.body)["data"]
    return data
