"""What the motions of a machine add up to, and when it was serviced."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from db.envelope import moment
from db.projections.wear import LOG, SERVICE
from db.rows.wear import MachineWear, ServiceBooked, TrayWear

_WEAR = """
SELECT tray, cycles, motions, not_done, unknown, run_ms, bay_ms, first_at, last_at
FROM now_wear WHERE machine = ? AND span = ? ORDER BY tray
"""
_SERVICE = "SELECT at, person, note, next_inspection FROM now_service WHERE machine = ? AND what = ?"
_MACHINES = "SELECT machine FROM now_wear UNION SELECT machine FROM now_service ORDER BY machine"


def wear(connection: Connection, machine: str) -> MachineWear:
    """The machine's trays over the whole log and since the last service."""
    return MachineWear(
        machine=machine,
        in_log=_trays(connection, machine, LOG),
        since_service=_trays(connection, machine, SERVICE),
        service=_booked(connection, machine, SERVICE),
        inspection=_booked(connection, machine, "inspection"),
    )


def machines(connection: Connection) -> tuple[str, ...]:
    """The machines that have moved a tray, or were serviced."""
    return tuple(connection.exec_driver_sql(_MACHINES).scalars())


def _trays(connection: Connection, machine: str, span: str) -> tuple[TrayWear, ...]:
    rows = connection.exec_driver_sql(_WEAR, (machine, span))
    return tuple(
        TrayWear(
            tray=row.tray,
            cycles=row.cycles,
            motions=row.motions,
            not_done=row.not_done,
            unknown=row.unknown,
            run_s=row.run_ms / 1000,
            bay_s=row.bay_ms / 1000,
            first_at=moment(row.first_at),
            last_at=moment(row.last_at) if row.last_at else None,
        )
        for row in rows
    )


def _booked(connection: Connection, machine: str, what: str) -> ServiceBooked | None:
    row = connection.exec_driver_sql(_SERVICE, (machine, what)).first()
    if row is None:
        return None
    following = date.fromisoformat(row.next_inspection) if row.next_inspection else None
    return ServiceBooked(at=moment(row.at), person=row.person, note=row.note, next_inspection=following)
