"""The full proof of a store beside the station that works on it: every page, every hash, and the stock against the log.

It takes seconds of computing for a million events, so it runs in a process of its own: `python -m db.full_check DIRECTORY`. It
reads with the station's own build of SQLite and writes nothing.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from sqlalchemy import Connection

from db import schema
from db.backup import STORE_FILE
from db.engine import reader_engine
from db.errors import CLOSED, UNREADABLE, Kind, StoreError, classify
from db.projections import fold
from db.proof import page_findings, verify_chain
from db.queries import events

MOST_FINDINGS = 10
PATIENCE_S = 3600.0
_NICENESS = 10  # bookings go first


@dataclass(frozen=True, slots=True)
class CheckReport:
    """How far the log went at the moment of the check, and what was found: words in no language, nothing when all is well."""

    events: int
    epoch: str
    seq: int
    head: str
    took_ms: int
    findings: tuple[str, ...]


def check(directory: Path) -> CheckReport:
    """Prove the store in this directory, as it is at one moment. Raises StoreError only for a fault of the program."""
    began_s = time.monotonic()
    found: list[str] = []
    count, epoch, seq, head = 0, "", 0, ""
    try:
        engine = reader_engine(directory / STORE_FILE)
        try:
            with engine.begin() as connection:
                epoch, seq, head = events.head(connection)
                count = _prove(connection, found)
        finally:
            engine.dispose()
    except Exception as error:
        failure = classify(error)
        if failure.kind is Kind.BUG:
            raise
        found.append(f"{failure.code} {failure.message}")
    return CheckReport(count, epoch, seq, head, round((time.monotonic() - began_s) * 1000), tuple(found[:MOST_FINDINGS]))


def _prove(connection: Connection, found: list[str]) -> int:
    """Add what is wrong to `found`; the number of events that prove themselves. What was found stays when the rest fails."""
    if not schema.has_our_tables(connection):
        found.append("fingerprint")
    found += [f"integrity: {each}" for each in page_findings(connection, full=True)[:3]]
    report = verify_chain(connection, full=True)
    if not report.is_ok:
        found.append(f"chain: event {report.broken_at}: {report.problem}")
    if not fold.stock_matches_log(connection):
        found.append("stock")
    return report.events


class FullCheck:
    """The check as a process of its own. `run` blocks until it is over; `stop`, from any thread, ends it for good."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._gate = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._is_stopped = False

    def run(self) -> CheckReport:
        """Check. Raises StoreError: D410 it was stopped, D409 it could not be done."""
        process = self._begin()
        try:
            said, complaint = process.communicate(timeout=PATIENCE_S)
        except subprocess.TimeoutExpired as late:
            process.kill()
            process.communicate()
            raise StoreError(UNREADABLE, f"the check did not end within {PATIENCE_S:g} s") from late
        finally:
            self._process = None
        if self._is_stopped:
            raise StoreError(CLOSED, "the check was stopped")
        if process.returncode != 0:
            raise StoreError(UNREADABLE, f"the check failed: {complaint.strip().splitlines()[-1:]}")
        row = json.loads(said)
        return CheckReport(**{**row, "findings": tuple(row["findings"])})

    def _begin(self) -> subprocess.Popen[str]:
        with self._gate:
            if self._is_stopped:
                raise StoreError(CLOSED, "the check was stopped")
            words = [sys.executable, "-m", "db.full_check", str(self._directory)]
            self._process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            return self._process

    def stop(self) -> None:
        """The station ends: no check any more."""
        with self._gate:
            self._is_stopped = True
            process = self._process
        if process is not None:
            process.kill()


def main(arguments: list[str]) -> int:
    """Print the report of the store in the named directory as JSON."""
    with suppress(OSError, AttributeError):  # where the system knows no such thing
        os.nice(_NICENESS)
    sys.stdout.write(json.dumps(asdict(check(Path(arguments[0])))) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
