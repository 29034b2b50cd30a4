"""Whether what came down is what the site has: rows and a sum of hashes for each kind, as both sides count them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection

from db.projections import base
from db.sync.values import Checksum, DocumentKind, row_mark

_DOCUMENTS = "SELECT key, version FROM site_document WHERE kind = ? AND version > 0"
# Of the orders the site counts those that this station has a lease for: one that is done or gave its lease back stays here.
_ORDERS = f"""{_DOCUMENTS} AND EXISTS (
    SELECT 1 FROM site_lease l WHERE l."order" = site_document.key AND l.state = 'held')"""
_LEASES = """SELECT "order", version FROM site_lease WHERE state = 'held' AND version > 0"""
_CUSTODY = "SELECT machine || '/' || tray, version FROM site_custody WHERE version > 0"
_STOCK = f"SELECT version, {base.COLUMNS} FROM site_stock WHERE version > 0 AND quantity <> 0"


def checksum(kind: str, rows: Iterable[tuple[str, int]]) -> Checksum:
    """Of rows as key and version. The order does not matter."""
    marks = [row_mark(key, version) for key, version in rows]
    return Checksum(kind, len(marks), sum(marks))


def stock_key(values: Sequence[object]) -> str:
    """The key of a stock row as text: place and key, in the order of the table."""
    return "|".join(map(str, values))


def own(connection: Connection) -> dict[str, Checksum]:
    """Of what this station has of the site's, by kind."""
    found = {}
    for kind in DocumentKind:
        query = _ORDERS if kind is DocumentKind.ORDER else _DOCUMENTS
        rows = connection.exec_driver_sql(query, (kind.value,)).all()
        found[kind.value] = checksum(kind.value, [(row[0], row[1]) for row in rows])
    for name, query in (("lease", _LEASES), ("custody", _CUSTODY)):
        found[name] = checksum(name, [(row[0], row[1]) for row in connection.exec_driver_sql(query)])
    stock = connection.exec_driver_sql(_STOCK).all()
    found["stock"] = checksum("stock", [(stock_key(row[1:]), row[0]) for row in stock])
    return found


def differing(own: dict[str, Checksum], site: Sequence[Checksum]) -> frozenset[str]:
    """The kinds of which the two have something else. What only one of them counts, nobody compares."""
    return frozenset(each.kind for each in site if each.kind in own and own[each.kind] != each)
