"""The loads in the machines as they are now."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from db.envelope import moment
from db.rows.loads import Load
from db.rows.trays import Place

_LOADS = "SELECT load, machine, tray, compartment, production_order, operation, consumer, put_at, take_at FROM now_load"
_BY_NEED = " ORDER BY take_at = '', take_at, put_at, load"


def loads(connection: Connection, machine: str | None = None) -> tuple[Load, ...]:
    """Those of a machine, or all: what is to be taken first before what may wait."""
    where, given = ("", ()) if machine is None else (" WHERE machine = ?", (machine,))
    return tuple(_load(row) for row in connection.exec_driver_sql(_LOADS + where + _BY_NEED, given))


def load(connection: Connection, code: str) -> Load | None:
    """The load with this code, where it lies; None when it is in no machine."""
    row = connection.exec_driver_sql(_LOADS + " WHERE load = ?", (code,)).one_or_none()
    return None if row is None else _load(row)


def _load(row: Any) -> Load:
    return Load(
        load=row[0],
        place=Place(*row[1:4]),
        production_order=row[4],
        operation=row[5],
        consumer=row[6],
        put_at=moment(row[7]),
        take_at=moment(row[8]) if row[8] else None,
    )
