"""The proof of a record for what a screen shows of it, beside the station that works: `python -m db.shown_proof DIRECTORY`.

The events that are shown come as JSON on standard input: [[epoch, seq, hash], ...]. All of the chain is computed, its signatures
and receipts are compared, and each shown event must be in it with just this hash. How far it is comes as JSON lines, {"done": n,
"total": n}; the last line is the finding. It takes seconds of computing for a million events, so it is a process of its own.
"""

from __future__ import annotations

import json
import os
import sys
import time
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Connection

from db.audit import audit
from db.backup import STORE_FILE
from db.engine import reader_engine
from db.errors import Kind, classify

EVERY = 20_000
_NICENESS = 10  # bookings go first
_HASH = """
SELECT lower(hex(hash)) FROM event
WHERE station = (SELECT station FROM event ORDER BY n LIMIT 1) AND epoch = ? AND seq = ?
"""

Shown = list[tuple[str, int, str]]


def prove(directory: Path, shown: Shown) -> dict[str, object]:
    """What the record proves at this moment, and which of the shown events are not in it. Raises StoreError for a fault of the
    program; what is wrong with the store is a flaw."""
    began_s = time.monotonic()
    engine = reader_engine(directory / STORE_FILE)
    try:
        with engine.begin() as connection:
            return _prove(connection, shown) | {"took_ms": round((time.monotonic() - began_s) * 1000)}
    except Exception as error:
        failure = classify(error)
        if failure.kind is Kind.BUG:
            raise
        return {"flaws": [f"{failure.code} {failure.message}"]}
    finally:
        engine.dispose()


def _prove(connection: Connection, shown: Shown) -> dict[str, object]:
    total = connection.exec_driver_sql("SELECT coalesce(max(n), 0) FROM event").scalar_one()
    report = audit(connection, told=lambda done: _tell(done, total), every=EVERY)
    _tell(total, total)
    there = [connection.exec_driver_sql(_HASH, (epoch, seq)).scalar() for epoch, seq, _ in shown]
    return {
        "shown": len(shown),
        "events": report.events,
        "checkpoints": report.checkpoints,
        "sealed_seq": report.sealed_seq,
        "receipts": report.receipts,
        "seq": report.seq,
        "head": report.head,
        "missing": [seq for (_, seq, hash), found in zip(shown, there, strict=True) if found != hash],
        "flaws": [f"{each.check} {each.seq or ''} {each.problem}" for each in report.flaws],
    }


def _tell(done: int, total: int) -> None:
    sys.stdout.write(json.dumps({"done": done, "total": total}) + "\n")
    sys.stdout.flush()


def main(arguments: list[str]) -> int:
    """Print how far it is, and the finding."""
    with suppress(OSError, AttributeError):  # where the system knows no such thing
        os.nice(_NICENESS)
    shown = [(str(epoch), int(seq), str(hash)) for epoch, seq, hash in json.load(sys.stdin)]
    sys.stdout.write(json.dumps(prove(Path(arguments[0]), shown)) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
