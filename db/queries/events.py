"""Reading the log: its head, its rows, and selections of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection

from db.envelope import moment
from db.rows.events import EventRow
from db.verifier import ZERO

_ROWS = "SELECT id, station, epoch, seq, kind, at, operator, body, prev, hash FROM event"
_HEAD = "SELECT epoch, seq, hash FROM event ORDER BY n DESC LIMIT 1"
_STATION = "SELECT station FROM event ORDER BY n DESC LIMIT 1"
# A file holds one station's events, whose order in an epoch is that of seq: so the key's index answers, however long the log is.
_IN_EPOCH = "SELECT n FROM event WHERE station = (SELECT station FROM event ORDER BY n DESC LIMIT 1) AND epoch = ?"
_AFTER = f"n > coalesce(({_IN_EPOCH} AND seq <= ? ORDER BY seq DESC LIMIT 1), 0)"
_BEFORE = f"n < coalesce(({_IN_EPOCH} AND seq >= ? ORDER BY seq LIMIT 1), 9223372036854775807)"
# In the words of its index: a value that is bound would not let SQLite take it.
_OF_ORDER = "kind = 'put' AND body ->> '$.data.of_order' <> '' AND body ->> '$.data.of_order' = ?"
_NEVER_EMPTY = ('"order"', "operator")

_Term = tuple[str, tuple[Any, ...]]  # a condition and the values for its question marks


def head(connection: Connection) -> tuple[str, int, str]:
    """Epoch, seq and hash of the newest event."""
    row = connection.exec_driver_sql(_HEAD).first()
    return ("", 0, ZERO.hex()) if row is None else (row[0], row[1], row[2].hex())


def station(connection: Connection) -> str:
    """The station whose record this is; "" when it has no event yet."""
    row = connection.exec_driver_sql(_STATION).first()
    return "" if row is None else str(row[0])


def events(
    connection: Connection,
    *,
    kinds: Collection[str] | None = None,
    machine: str | None = None,
    tray: int | None = None,
    order: str | None = None,
    operator: str | None = None,
    item: str | None = None,
    of_order: str | None = None,
    epoch: str = "",
    after_seq: int = 0,
    before_seq: int | None = None,
    limit: int | None = None,
    newest_first: bool = False,
) -> tuple[EventRow, ...]:
    """Events that meet all that is given, in the order of the log or against it.

    `after_seq` and `before_seq` name events of `epoch`, or of the newest epoch when that is "". Older epochs lie before it:
    with `after_seq` 0 and no `before_seq` the whole log is meant. `of_order`: puts that bring back what was taken for this order.
    """
    columns = {"machine": machine, "tray": tray, '"order"': order, "operator": operator, "item": item}
    terms = [*_kind_terms(kinds), *_column_terms(columns)]
    if of_order is not None:
        terms.append((_OF_ORDER, (of_order,)))
    for term, seq in ((_AFTER, after_seq or None), (_BEFORE, before_seq)):
        if seq is not None:
            terms.append((term, (epoch or head(connection)[0], seq)))
    where = f" WHERE {' AND '.join(term for term, _ in terms)}" if terms else ""
    statement = f"{_ROWS}{where} ORDER BY n {'DESC' if newest_first else 'ASC'} LIMIT ?"
    values = [value for _, asked in terms for value in asked]
    rows = connection.exec_driver_sql(statement, (*values, -1 if limit is None else limit))
    return tuple(event_of(row) for row in rows)


def _kind_terms(kinds: Collection[str] | None) -> list[_Term]:
    return [] if kinds is None else [(f"kind IN ({', '.join('?' * len(kinds))})", tuple(kinds))]


def _column_terms(asked: Mapping[str, str | int | None]) -> list[_Term]:
    """The indexes of texts leave the empty one out; SQLite takes them only where the question says so too."""
    terms: list[_Term] = []
    for column, value in asked.items():
        if value is not None:
            terms.append((f"{column} = ?" + (f" AND {column} <> ''" if value and column in _NEVER_EMPTY else ""), (value,)))
    return terms


def tail(connection: Connection, length: int) -> tuple[EventRow, ...]:
    """The last events, in the order of the log."""
    return tuple(reversed(events(connection, limit=length, newest_first=True)))


def all_events(connection: Connection) -> Iterator[EventRow]:
    """Every event, in the order of the log, a thousand at a time."""
    rows = connection.execution_options(yield_per=1000).exec_driver_sql(_ROWS + " ORDER BY n")
    for row in rows:
        yield event_of(row)


def event_of(row: Any) -> EventRow:
    id, station, epoch, seq, kind, at, operator, body, prev, hash = row
    return EventRow(
        id=id,
        station=station,
        epoch=epoch,
        seq=seq,
        kind=kind,
        at=moment(at),
        operator=operator,
        body=body,
        prev=prev.hex(),
        hash=hash.hex(),
    )
