"""A scratch database for the figures: one where nobody works. Its schema is made anew, so that no run finds the last one's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

from psycopg import sql

from db.sync.site import SiteError, Trouble
from db.upstream.connect import NOT_SCRATCH, Database, connect, errors
from db.upstream.init import initialise

NAME = "BENCH"  # every station, machine and document of the figures begins with it
_FOREIGN = "SELECT station FROM sync.station WHERE NOT starts_with(station, %s) LIMIT 1"
_OTHERS = "SELECT kind || ' ' || key FROM sync.document WHERE NOT starts_with(key, %s) LIMIT 1"
_ROLES = "SELECT rolname FROM pg_roles WHERE starts_with(rolname, 'baylight_st_' || %s)"
_ITEMS = """
INSERT INTO sync.document (kind, key, changed_by, body)
SELECT 'item', 'BENCH-' || n, 'BENCH',
    jsonb_set(jsonb_set(%s::jsonb, '{code}', to_jsonb('BENCH-' || n)), '{name}', to_jsonb('Item ' || n))
FROM generate_series(1, %s) n
"""
_STOCK = """
INSERT INTO sync.stock (machine, tray, compartment, item, lot, serial, owner, status, quantity, since)
SELECT %s, n / 50 + 1, 'C' || n %% 50, 'BENCH-' || n %% %s + 1, '', '', 'own', 'free', 100000, '2026-11-01T00:00:00.000000+00:00'
FROM generate_series(0, %s) n
"""
_ITEM = {
    "unit": "pc",
    "decimals": 0,
    "picture": "",
    "proof": "touch",
    "rounding": "exact",
    "lot_tracked": False,
    "serial_tracked": False,
    "weight_g": 0,
    "note": "",
    "packs": [{"name": "box", "quantity": 100}],
    "barcodes": [],
}


@contextmanager
def scratch_site(url: str) -> Iterator[None]:
    """An empty site in this database, gone afterwards with its stations' roles. Raises SiteError U505 where somebody works."""
    _clear(url)
    initialise(url)
    try:
        yield
    finally:
        _clear(url)


def fill(url: str, *, items: int, stock: int, machine: str) -> None:
    """So many items, and so many compartments of this machine with stock, as if stations had told of them."""
    with connect(url, is_station=False) as connection, errors(), connection.transaction():
        connection.execute(_ITEMS, (json.dumps(_ITEM), items))
        connection.execute(_STOCK, (machine, items, stock - 1))
        connection.execute("ANALYZE sync.document, sync.stock")


def _clear(url: str) -> None:
    with connect(url, is_station=False) as connection, errors():
        if connection.execute("SELECT to_regclass('sync.station')").fetchone() != (None,):
            _refuse_others(connection)
        connection.execute("DROP SCHEMA IF EXISTS host, site, sync CASCADE")
        for (role,) in connection.execute(_ROLES, (NAME,)).fetchall():
            connection.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(role)))


def _refuse_others(connection: Database) -> None:
    for query in (_FOREIGN, _OTHERS):
        found = connection.execute(query, (NAME,)).fetchone()
        if found is not None:
            raise SiteError(Trouble.DATA, NOT_SCRATCH, f"this database is in use: it holds {found[0]}")
