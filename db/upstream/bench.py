"""How fast a site database takes what stations tell it, each figure beside its raw limit in the same run.

Needs the superuser's address of a database that nobody works with: it makes stations there and fills them.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from uuid import UUID

from psycopg import sql
from psycopg.types.json import Jsonb

from db.chain import canonical
from db.sync.values import PushStatus, Told
from db.upstream.connect import Database, connect, errors
from db.upstream.enrol import Enrolment, enrol
from db.upstream.postgres_site import PostgresSite, open_site
from db.uuid7 import Uuid7
from db.verifier import ZERO, link_hash

BATCH = 500
STATIONS = 8
_RAW = "bench_event"
_RAW_TABLE = """
CREATE TABLE {} (
    station text, epoch text, seq bigint, id text UNIQUE, kind text, body text, hash text, PRIMARY KEY (station, epoch, seq)
)
"""
_RAW_INSERT = """
INSERT INTO {} SELECT %s, %s, e.seq, e.id, 'picked', e.body, e.hash
FROM jsonb_to_recordset(%s) AS e(seq bigint, id text, body text, hash text) ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class PushFigures:
    """Events a second of one station, and of the same rows put unverified into a plain table; of all stations at once, with the
    slowest hundredth of their batches."""

    verified_per_s: float
    raw_per_s: float
    together_per_s: float
    batch_p99_ms: float
    refused: int  # batches of all stations that were not taken at once: deadlocks would be here


def told_events(station: str, count: int, *, epoch: str = "e1") -> list[Told]:
    """A chain as a bay writes it: picks of one piece, with the whole envelope around each."""
    events, head, ids = [], ZERO, Uuid7(last_ms=1_780_000_000_000)
    for seq in range(1, count + 1):
        id, ids = ids.next(1_780_000_000_000 + seq)
        body = _body(station, epoch, seq, id)
        head = link_hash(head, body)
        events.append(Told(epoch, seq, id, body, head.hex()))
    return events


def _body(station: str, epoch: str, seq: int, id: str) -> str:
    envelope: dict[str, object] = {
        "v": 1,
        "id": id,
        "station": station,
        "epoch": epoch,
        "seq": seq,
        "kind": "picked" if seq > 1 else "epoch_opened",
        "at": f"2026-11-26T{seq // 3600 % 24:02}:{seq // 60 % 60:02}:{seq % 60:02}.000000+00:00",
        "tz": "+0100",
        "boot": str(UUID(int=7)),
        "mono_us": seq * 1000,
        "operator": "p_0123456789abcdef",
        "role": "operator",
        "app": "0.1.0",
        "data": _picked(station, seq) if seq > 1 else {"why": "created", "old_epoch": "", "old_seq": 0, "old_head": ""},
    }
    return canonical(envelope)


def _picked(station: str, seq: int) -> dict[str, object]:
    place = {"machine": f"VLM-{station}", "tray": seq % 40 + 1, "compartment": f"C{seq % 20}", "visit": seq // 800 + 1}
    stock = {"item": f"I{seq % 800}", "lot": "", "serial": "", "owner": "own", "status": "free"}
    work = {"order": "", "line": "", "reason": "", "quantity": 1, "proof": "scan", "scanner": "scanner"}
    return {**place, **stock, **work}


def measure_push(url: str, *, events: int = 20_000, batches_each: int = 20) -> PushFigures:
    """Raises SiteError."""
    told = told_events("BENCH", events)
    verified = _verified_per_s(url, enrol(url, "BENCH"), told)
    raw = _raw_per_s(url, told)
    together = [(enrol(url, f"BENCH{n}"), told_events(f"BENCH{n}", batches_each * BATCH)) for n in range(STATIONS)]
    return PushFigures(verified, raw, *_together(url, together))


def measure_fold(url: str, *, events: int = 20_000) -> float:
    """Events a second that go into the site's book. Raises SiteError."""
    told, enrolment = told_events("BENCH-FOLD", events), enrol(url, "BENCH-FOLD")
    with closing(open_site(url, role=enrolment.role, secret=enrolment.secret)) as site:
        for batch in _batches(told):
            _pushed(site, batch)
    with connect(url, is_station=False) as connection, errors():
        connection.execute("SET ROLE baylight_owner")
        began_s = time.perf_counter()
        while connection.execute("SELECT sync.fold(500)").fetchone() != (0,):
            continue
        return events / (time.perf_counter() - began_s)


def _verified_per_s(url: str, enrolment: Enrolment, told: Sequence[Told]) -> float:
    site = open_site(url, role=enrolment.role, secret=enrolment.secret)
    try:
        began_s = time.perf_counter()
        for batch in _batches(told):
            _pushed(site, batch)
        return len(told) / (time.perf_counter() - began_s)
    finally:
        site.close()


def _pushed(site: PostgresSite, batch: Sequence[Told]) -> None:
    status = site.push(batch).status
    if status is not PushStatus.OK:
        raise AssertionError(f"the site answered {status}")


def _raw_per_s(url: str, told: Sequence[Told]) -> float:
    table = sql.Identifier(_RAW)
    with connect(url, is_station=False) as connection, errors():
        connection.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(table))
        connection.execute(sql.SQL(_RAW_TABLE).format(table))
        began_s = time.perf_counter()
        for batch in _batches(told):
            _insert(connection, table, batch)
        took_s = time.perf_counter() - began_s
        connection.execute(sql.SQL("DROP TABLE {}").format(table))
    return len(told) / took_s


def _insert(connection: Database, table: sql.Identifier, batch: Sequence[Told]) -> None:
    rows = [{"seq": each.seq, "id": each.id, "body": each.body, "hash": each.hash} for each in batch]
    connection.execute(sql.SQL(_RAW_INSERT).format(table), ("BENCH", batch[0].epoch, Jsonb(rows, dumps=json.dumps)))


def _batches(told: Sequence[Told]) -> list[Sequence[Told]]:
    return [told[at : at + BATCH] for at in range(0, len(told), BATCH)]


def _together(url: str, stations: Sequence[tuple[Enrolment, Sequence[Told]]]) -> tuple[float, float, int]:
    """All at once, each on its own connection and thread."""
    took_ms: list[float] = []
    refused: list[Exception] = []
    start = threading.Barrier(len(stations) + 1)

    def work(enrolment: Enrolment, told: Sequence[Told]) -> None:
        site = open_site(url, role=enrolment.role, secret=enrolment.secret)
        start.wait()
        try:
            for batch in _batches(told):
                began_s = time.perf_counter()
                _pushed(site, batch)
                took_ms.append((time.perf_counter() - began_s) * 1000)
        except Exception as error:  # noqa: BLE001 - counted, and told by whoever measures
            refused.append(error)
        finally:
            site.close()

    threads = [threading.Thread(target=work, args=each, name=f"bench-{n}") for n, each in enumerate(stations)]
    for each in threads:
        each.start()
    start.wait()
    began_s = time.perf_counter()
    for each in threads:
        each.join()
    took_s = time.perf_counter() - began_s
    count = sum(len(told) for _, told in stations)
    ordered = sorted(took_ms) or [0.0]
    return count / took_s, ordered[int(len(ordered) * 0.99) - 1], len(refused)
