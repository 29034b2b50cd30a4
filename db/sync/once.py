"""Replication without a thread: all that waits goes up and comes down, then it is over. And what a person does about the list."""

from __future__ import annotations

import time
from collections.abc import Callable
from random import Random

from sqlalchemy import Connection

from db.envelope import Clock, utc_now
from db.store import Store
from db.sync import memory
from db.sync.engine import Engine, Options
from db.sync.local import StoreLocal
from db.sync.site import Site
from db.sync.status import SyncException, SyncState, SyncStatus

ROUNDS = 200


def run_once(store: Store, connect: Callable[[], Site], *, options: Options | None = None, clock: Clock = utc_now) -> SyncStatus:
    """Until nothing waits, or the site does not answer: the status says which. Raises StoreError."""
    local = StoreLocal(store)
    engine = Engine(local, connect, clock=clock, monotonic=time.monotonic, random=Random(), options=options or Options())
    try:
        for _ in range(ROUNDS):
            engine.round()
            status = engine.teller.status()
            if status.state is SyncState.ISLAND or status.code or (not status.depth and not status.dirty and status.last_pull_at):
                break
    finally:
        engine.close()
    local.write(lambda connection: memory.put_status(connection, status))
    return status


def acknowledge(store: Store, exception: SyncException) -> None:
    """A person has seen to it: it leaves the list. What is kept out still comes back when it is there once more."""

    def work(connection: Connection) -> None:
        memory.put_exception(connection, exception.kind, exception.key, "", at=exception.at)
        memory.put_refusal(connection, exception.kind, exception.key, "", at=exception.at)

    StoreLocal(store).write(work)
