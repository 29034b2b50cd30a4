"""The state of a store, for the person who has to repair something: facts, each with whether it is as it should be."""

from __future__ import annotations

import json
import shutil
import stat
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Connection

from db import schema, sqlite
from db.aside import left_behind
from db.backup import STORE_FILE
from db.ballast import BALLAST_FILE
from db.clock import time_service
from db.copy_age import last_copy
from db.engine import reader_engine
from db.errors import CHAIN_BROKEN, CLOCK_STEPPED, CORRUPT, RESTORE_CUT, SCHEMA_NEWER, Kind, StoreError, classify
from db.finding import Finding
from db.lock import holder, is_held
from db.private import is_private
from db.projections import fold
from db.proof import page_findings, verify_chain
from db.queries import events
from db.records.program import ClockStepped
from db.room import room_code

STEP_IS_NEWS = timedelta(days=1)


def examine(directory: Path, copies: Sequence[Path] = ()) -> tuple[Finding, ...]:
    """Examine the store in this directory and its copies in these folders, also beside a running station; changes nothing."""
    library = sqlite.library()
    found = [Finding("sqlite", sqlite.has_wal_reset_fix(library.sqlite_version_info), library.sqlite_version)]
    found.append(Finding("time_service", True, time_service()))
    found += _examine_directory(directory)
    try:
        engine = reader_engine(directory / STORE_FILE)
    except StoreError as error:
        return (*found, Finding("store", False, error.message, error.code))
    try:
        with engine.begin() as connection:
            found += _examine_store(connection)
            found += [last_copy(connection, copies)] if copies else []
    except Exception as error:
        failure = classify(error)
        if failure.kind is Kind.BUG:
            raise
        found.append(Finding("store", False, failure.message, failure.code))
    finally:
        engine.dispose()
    return tuple(found)


def _examine_directory(directory: Path) -> Iterator[Finding]:
    if directory.exists():
        free = shutil.disk_usage(directory).free
        yield Finding("free_bytes", not room_code(free), str(free), room_code(free))
    store = directory / STORE_FILE
    if store.exists():
        yield Finding("private", is_private(store), f"{stat.S_IMODE(store.stat().st_mode):04o}")
    left = left_behind(store)
    yield Finding("restore", not left, ", ".join(left), RESTORE_CUT)
    ballast = directory / BALLAST_FILE
    yield Finding("ballast_bytes", ballast.exists(), str(ballast.stat().st_size if ballast.exists() else 0))
    held = is_held(directory)
    yield Finding("in_use_by", True, str(holder(directory)) if held else "")


def _examine_store(connection: Connection) -> Iterator[Finding]:
    version = int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
    yield Finding("schema", version == schema.SCHEMA_VERSION, str(version), SCHEMA_NEWER)
    mode = connection.exec_driver_sql("PRAGMA journal_mode").scalar_one()
    yield Finding("journal_mode", mode == "wal", mode)
    yield Finding("fingerprint", schema.has_our_tables(connection), schema.fingerprint(connection)[:16], CORRUPT)
    damage = page_findings(connection, full=True)
    yield Finding("integrity", not damage, "; ".join(damage[:3]), CORRUPT)
    report = verify_chain(connection, full=True)
    yield Finding(
        "chain", report.is_ok, f"{report.events}" if report.is_ok else f"{report.broken_at}: {report.problem}", CHAIN_BROKEN
    )
    yield _examine_clock(connection)
    yield Finding("stock", fold.stock_matches_log(connection), "")


def _examine_clock(connection: Connection) -> Finding:
    """The last step of the clock; for a day after it somebody should look why."""
    stepped = events.events(connection, kinds=(ClockStepped.kind,), limit=1, newest_first=True)
    if not stepped:
        return Finding("clock_stepped", True, "", CLOCK_STEPPED)
    data = json.loads(stepped[0].body)["data"]
    is_old = events.tail(connection, 1)[0].at - stepped[0].at > STEP_IS_NEWS
    return Finding("clock_stepped", is_old, f"{data['after']}, {data['step_ms'] / 1000:+.1f} s", CLOCK_STEPPED)
