"""Whether a store is whole: its tables, its pages, its chain."""

from __future__ import annotations

from sqlalchemy import Connection

from db import chain, long_chain, schema
from db.errors import CHAIN_BROKEN, CORRUPT, StoreError
from db.queries import events
from db.rows.events import ChainReport

TAIL_EVENTS = 512  # of which every start proves the chain; the rest is proven by `verify(full=True)`


def verify_chain(connection: Connection, *, full: bool, told: long_chain.Told | None = None, every: int = 20_000) -> ChainReport:
    """Prove all events, or the newest ones. `told` hears how many of all were taken, after every so many."""
    if full:
        return long_chain.verify_all(connection, told=told, every=every)
    tail = events.tail(connection, TAIL_EVENTS + 1)
    if len(tail) <= TAIL_EVENTS:
        return chain.verify(tail)
    return chain.verify(tail[1:], after=tail[0])


def page_findings(connection: Connection, *, full: bool) -> tuple[str, ...]:
    """What SQLite finds wrong with its pages (and, `full`, with its indexes); nothing when all is well."""
    pragma = "integrity_check" if full else "quick_check"
    findings = connection.exec_driver_sql(f"PRAGMA {pragma}").scalars().all()
    return tuple(each for each in findings if each != "ok")


def _findings_beside_events(connection: Connection) -> tuple[str, ...]:
    """What SQLite finds wrong in all tables but the events' own."""
    names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'event'").scalars().all()
    found = [connection.exec_driver_sql(f'PRAGMA quick_check("{name}")').scalars().all() for name in names]
    return tuple(each for findings in found for each in findings if each != "ok")


def prove(connection: Connection, *, full: bool = False, with_events: bool = True) -> None:
    """Raises StoreError when the tables are not ours, pages are damaged (D403) or the chain is broken (D405). Every start
    proves the newest part of the chain; `full` is for a copy that is to replace a store. Without `with_events` the pages of the
    events are left to `db.page_proof`."""
    schema.check_fingerprint(connection)
    findings = page_findings(connection, full=full) if with_events else _findings_beside_events(connection)
    if findings:
        raise StoreError(CORRUPT, "; ".join(findings[:3]))
    report = verify_chain(connection, full=full)
    if not report.is_ok:
        raise StoreError(CHAIN_BROKEN, f"event {report.broken_at}: {report.problem}")
