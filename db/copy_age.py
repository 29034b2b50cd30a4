"""How much of the record the newest hourly copy has not got."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Connection

from db.backup import newest_copy
from db.engine import reader_engine
from db.envelope import moment
from db.errors import BACKUP_FAILED, CHAIN_BROKEN, classify
from db.finding import Finding
from db.queries import events

ALLOWED = timedelta(hours=2)  # an hour between two copies, and one that failed
_PLACE = "SELECT n FROM event WHERE epoch = ? AND seq = ? AND hash = ?"
_EPOCH = "SELECT min(n) - 1 FROM event WHERE epoch = ?"  # the place before the newest epoch
_SPAN = "SELECT min(at), max(at) FROM event WHERE n > ?"


def last_copy(connection: Connection, folders: Sequence[Path]) -> Finding:
    """The newest copy by its name, and how many seconds of bookings are not in it: from the first one that it lacks to the last.
    Not well: more than two hours are missing, the copy cannot be read, or it has events that the store has not."""
    epoch, _, _ = events.head(connection)
    before_epoch = int(connection.exec_driver_sql(_EPOCH, (epoch,)).scalar() or 0)
    copy = newest_copy(folders)
    if copy is None:
        return _judged(connection, "none", before_epoch)
    try:
        copied_epoch, copied_seq, copied_head = _head_of(copy)
    except Exception as error:  # noqa: BLE001 - whatever is wrong with it, it is no copy
        return Finding("last_backup", False, f"{copy.name}: {classify(error).message}", BACKUP_FAILED)
    place = connection.exec_driver_sql(_PLACE, (copied_epoch, copied_seq, bytes.fromhex(copied_head))).scalar()
    if place is None and copied_epoch == epoch:
        return Finding("last_backup", False, f"{copy.name}: it has event {copied_seq}, the store has not", CHAIN_BROKEN)
    return _judged(connection, copy.name, before_epoch if place is None else int(place))


def _judged(connection: Connection, name: str, place: int) -> Finding:
    first, last = connection.exec_driver_sql(_SPAN, (place,)).one()
    missing = moment(last) - moment(first) if first else timedelta()
    return Finding("last_backup", missing <= ALLOWED, f"{name}, {int(missing.total_seconds())} s", BACKUP_FAILED)


def _head_of(copy: Path) -> tuple[str, int, str]:
    engine = reader_engine(copy)
    try:
        with engine.begin() as connection:
            return events.head(connection)
    finally:
        engine.dispose()
