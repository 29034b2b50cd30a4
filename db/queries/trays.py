"""Trays with their compartments, and what the log knows of the openings."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import Connection

from db.envelope import moment
from db.queries.words import words_of
from db.rows.bays import BayMemory, Elsewhere, OpenMotion, Outage
from db.rows.trays import RECEIVING, Compartment, Lock, Tray

_TRAY = """
SELECT machine, number, name, width_mm, depth_mm, max_weight_g, storage_class, access, max_height_mm, pitch_mm
FROM site_tray
WHERE machine = ?
"""
_COMPARTMENT = """
SELECT tray, label, x_mm, y_mm, width_mm, depth_mm, storage_class, access, max_height_mm FROM site_compartment
WHERE machine = ?
"""
# What is on a tray locks it: whoever has the tray before him reaches all of it.
_LOCKS = """
SELECT number, access, 'tray' FROM site_tray WHERE machine = ?1 AND access <> ''
UNION SELECT tray, access, 'compartment' FROM site_compartment WHERE machine = ?1 AND access <> ''
UNION SELECT s.tray, i.access, 'item' FROM site_item AS i CROSS JOIN now_stock AS s ON s.item = i.code
    WHERE i.access <> '' AND s.machine = ?1 AND s.quantity > 0
ORDER BY 1, 2, 3
"""
_LAST_COMMAND = """
SELECT max(
    coalesce((SELECT max(last_command) FROM now_bay WHERE machine = ?), 0),
    coalesce((SELECT CAST(value AS INTEGER) FROM now_meta WHERE key = 'commands_after'), 0)
)
"""
_TRAYS_OUT = "SELECT tray, reason, since FROM now_tray_out WHERE machine = ? ORDER BY tray"
_BAYS_OUT = "SELECT opening, reason, since FROM now_bay_out WHERE machine = ? ORDER BY opening"
# A visit here that the site has not been told of is newer than what it says.
_ELSEWHERE = """
SELECT c.tray, c.opening, c.station, c.is_out FROM site_custody AS c
LEFT JOIN now_tray AS t ON t.machine = c.machine AND t.tray = c.tray
WHERE c.machine = ? AND c.station <> '' AND c.opening <> ? AND c.visit >= coalesce(t.visit, 0)
ORDER BY c.tray
"""
_MOTION = """
SELECT command, verb, machine, opening, tray FROM now_motion WHERE machine = ? AND opening = ? ORDER BY command DESC LIMIT 1
"""


def tray(connection: Connection, machine: str, number: int) -> Tray | None:
    """One tray of a machine."""
    row = connection.exec_driver_sql(_TRAY + " AND number = ?", (machine, number)).first()
    if row is None:
        return None
    rows = connection.exec_driver_sql(_COMPARTMENT + " AND tray = ? ORDER BY position", (machine, number))
    return _tray(row, tuple(_compartment(each) for each in rows))


def trays(connection: Connection, machine: str) -> tuple[Tray, ...]:
    """All trays of a machine, by number."""
    cells: dict[int, list[Compartment]] = defaultdict(list)
    for c in connection.exec_driver_sql(_COMPARTMENT + " ORDER BY tray, position", (machine,)):
        cells[c[0]].append(_compartment(c))
    rows = connection.exec_driver_sql(_TRAY + " ORDER BY number", (machine,))
    return tuple(_tray(row, tuple(cells[row[1]])) for row in rows)


def tray_numbers(connection: Connection, machine: str) -> frozenset[int]:
    """The numbers of a machine's trays."""
    return frozenset(connection.exec_driver_sql("SELECT number FROM site_tray WHERE machine = ?", (machine,)).scalars())


def machines(connection: Connection) -> tuple[str, ...]:
    """The names of the machines that have trays here. A receiving place at a bay is none."""
    return tuple(each for each in _with_trays(connection) if not each.startswith(RECEIVING))


def served(connection: Connection, station: str) -> tuple[str, ...]:
    """What orders are offered to this station for: the machines, and what lies at its own receiving place."""
    own = RECEIVING + station
    return tuple(each for each in _with_trays(connection) if each == own or not each.startswith(RECEIVING))


def _with_trays(connection: Connection) -> tuple[str, ...]:
    return tuple(connection.exec_driver_sql("SELECT DISTINCT machine FROM site_tray ORDER BY machine").scalars())


def locks(connection: Connection, machine: str) -> tuple[Lock, ...]:
    """What of a machine asks for a right, by tray."""
    return tuple(Lock(*row) for row in connection.exec_driver_sql(_LOCKS, (machine,)))


def _compartment(row: Any) -> Compartment:
    _, label, x_mm, y_mm, width_mm, depth_mm, storage_class, access, max_height_mm = row
    return Compartment(
        label=label,
        x_mm=x_mm,
        y_mm=y_mm,
        width_mm=width_mm,
        depth_mm=depth_mm,
        storage_class=words_of(storage_class),
        access=access,
        max_height_mm=max_height_mm,
    )


def _tray(row: Any, compartments: tuple[Compartment, ...]) -> Tray:
    machine, number, name, width_mm, depth_mm, max_weight_g, storage_class, access, max_height_mm, pitch_mm = row
    return Tray(
        machine=machine,
        number=number,
        name=name,
        width_mm=width_mm,
        depth_mm=depth_mm,
        max_weight_g=max_weight_g,
        storage_class=words_of(storage_class),
        access=access,
        max_height_mm=max_height_mm,
        pitch_mm=pitch_mm,
        compartments=compartments,
    )


def bay(connection: Connection, machine: str, opening: str) -> BayMemory:
    """What the log says of an opening. While a fetch or store is open nobody knows what is there; pointing moves nothing."""
    row = connection.exec_driver_sql(
        "SELECT is_known, tray, visit FROM now_bay WHERE machine = ? AND opening = ?", (machine, opening)
    ).first()
    last_command = connection.exec_driver_sql(_LAST_COMMAND, (machine,)).scalar_one()
    found = connection.exec_driver_sql(_MOTION, (machine, opening)).first()
    motion = (
        None
        if found is None
        else OpenMotion(command_id=found[0], verb=found[1], machine=found[2], opening=found[3], tray=found[4])
    )
    is_known = row is not None and bool(row[0]) and (motion is None or motion.verb == "point")
    return BayMemory(
        machine=machine,
        opening=opening,
        is_known=is_known,
        tray=row[1] if row is not None and is_known else None,
        visit=row[2] if row is not None and is_known else 0,
        open_motion=motion,
        last_command_id=last_command,
    )


def outages(connection: Connection, machine: str) -> tuple[Outage, ...]:
    """The machine's trays and bays that are out of service, trays first."""
    out_trays = connection.exec_driver_sql(_TRAYS_OUT, (machine,))
    found = [Outage(machine=machine, tray=row[0], reason=row[1], since=moment(row[2])) for row in out_trays]
    out_bays = connection.exec_driver_sql(_BAYS_OUT, (machine,))
    return (*found, *(Outage(machine=machine, opening=row[0], reason=row[1], since=moment(row[2])) for row in out_bays))


def elsewhere(connection: Connection, machine: str, opening: str) -> tuple[Elsewhere, ...]:
    """The trays that another bay than this one had last, by tray."""
    rows = connection.exec_driver_sql(_ELSEWHERE, (machine, opening))
    return tuple(Elsewhere(tray=row[0], opening=row[1], station=row[2], is_out=bool(row[3])) for row in rows)


def tray_visits(connection: Connection, machine: str) -> dict[int, int]:
    """The highest visit known here of every tray of a machine that was ever at a bay."""
    rows = connection.exec_driver_sql("SELECT tray, visit FROM now_tray WHERE machine = ?", (machine,))
    return {row[0]: row[1] for row in rows}


def visit_of(connection: Connection, machine: str, tray: int) -> int:
    """The highest visit of a tray known here."""
    found = connection.exec_driver_sql("SELECT visit FROM now_tray WHERE machine = ? AND tray = ?", (machine, tray)).scalar()
    return found or 0
