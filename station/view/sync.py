"""How the replication with the site database does: the words of the status bar, and the page behind them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from station.values import HeldLease, SyncException, SyncState


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncView:
    """Moments are UTC; how old they are the window says, second by second. `waiting` are events and documents that the site has
    not taken over; `problem` is a word of `db.sync.status.Problem`, or "queue_long"."""

    state: SyncState
    problem: str = ""
    waiting: int = 0
    oldest_at: datetime | None = None
    since: datetime | None = None
    last_receipt_at: datetime | None = None
    last_pull_at: datetime | None = None
    data_as_of: datetime | None = None
    server_epoch: str = ""
    acked: int = 0
    head: int = 0
    code: str = ""
    leases: tuple[HeldLease, ...] = ()
    exceptions: tuple[SyncException, ...] = ()
    is_trying: bool = False
