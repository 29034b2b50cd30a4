"""The queues of the printers."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection

from db.envelope import moment
from db.rows.printing import LabelAbout, PrintJob, PrintState

_COLUMNS = "job, epoch, printer, label, cause, about, copy_of, copy, state, code, queued_at, changed_at"
_OPEN = f"SELECT {_COLUMNS} FROM now_print_job WHERE printer = ? AND state NOT IN ('printed', 'dropped') ORDER BY place"
_OVER = f"""
SELECT {_COLUMNS} FROM now_print_job WHERE printer = ? AND state IN ('printed', 'dropped') ORDER BY place DESC LIMIT ?
"""
_COPIES = "SELECT coalesce(max(copy), 0) + 1 FROM now_print_job WHERE copy_of = ?"


def open_jobs(connection: Connection, printer: str) -> tuple[PrintJob, ...]:
    """What waits, is on its way, or has an end that nobody knows: the oldest first."""
    return tuple(map(_job, connection.exec_driver_sql(_OPEN, (printer,))))


def past_jobs(connection: Connection, printer: str, limit: int) -> tuple[PrintJob, ...]:
    """What came out or was dropped, the newest first."""
    return tuple(map(_job, connection.exec_driver_sql(_OVER, (printer, limit))))


def next_copy(connection: Connection, job: str) -> int:
    """The number of the next copy of this job."""
    return int(connection.exec_driver_sql(_COPIES, (job,)).scalar_one())


def _job(row: Any) -> PrintJob:
    return PrintJob(
        job=row.job,
        printer=row.printer,
        label=row.label,
        cause=row.cause,
        about=LabelAbout(**json.loads(row.about)),
        state=PrintState(row.state),
        queued_at=moment(row.queued_at),
        changed_at=moment(row.changed_at),
        code=row.code,
        copy_of=row.copy_of,
        copy=row.copy,
        epoch=row.epoch,
    )
