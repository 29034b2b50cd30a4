"""A block as a document: the site folds them from the events of all stations, and each station says when one has come."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from db.records.blocks import BlockReached
from db.records.record import Record

_NAMES = ("item", "lot", "owner", "supplier", "reason", "since", "lifted_at", "station")
_COLUMNS = ", ".join(_NAMES)
_BODY = f"SELECT {_COLUMNS}, stations FROM site_block WHERE block = ?"
_PUT = f"""
INSERT INTO site_block (block, {_COLUMNS}, stations) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET
    lifted_at = coalesce(lifted_at, excluded.lifted_at), station = excluded.station, stations = excluded.stations
"""
_UNTOLD = """
SELECT block, item, lot, lifted_at FROM site_block
WHERE block = ? AND told <> CASE WHEN lifted_at IS NULL THEN 'held' ELSE 'lifted' END
"""
_TOLD = "UPDATE site_block SET told = CASE WHEN lifted_at IS NULL THEN 'held' ELSE 'lifted' END WHERE block = ?"


def body(connection: Connection, key: str) -> Mapping[str, Any] | None:
    """The block as the site told it; None where it has not."""
    row = connection.exec_driver_sql(_BODY, (key,)).first()
    if row is None:
        return None
    return {"block": key, **dict(zip(_NAMES, row[:-1], strict=True)), "stations": json.loads(row[-1])}


def put(connection: Connection, said: Mapping[str, Any]) -> str:
    """Take over a block, or that it was lifted. What was lifted stays lifted."""
    words = [said[name] for name in _NAMES if name != "lifted_at"]
    if not all(isinstance(each, str) for each in (said["block"], *words)):
        raise TypeError("a block says all in words")
    stations = json.dumps(dict(said["stations"]), sort_keys=True)
    connection.exec_driver_sql(_PUT, (said["block"], *(said.get(name) for name in _NAMES), stations))
    return ""


def gone(connection: Connection, key: str) -> str:
    """The site has it no more."""
    connection.exec_driver_sql("DELETE FROM site_block WHERE block = ?", (key,))
    return ""


def reached(connection: Connection, key: str, station: str) -> Sequence[Record]:
    """What this station has to say of it, once for the block and once for its end."""
    row = connection.exec_driver_sql(_UNTOLD, (key,)).first()
    if row is None:
        return ()
    connection.exec_driver_sql(_TOLD, (key,))
    known = (body(connection, key) or {}).get("stations", {})
    if known.get(station):
        return ()  # it began here, or was ended here
    return (BlockReached(block=row[0], item=row[1], lot=row[2], is_lifted=row[3] is not None),)
