"""The replication as the window shows it, on every face. An island is no alarm: the work goes on, and nobody is interrupted."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from station.core.state import Rules, StationState
from station.values import SyncState, SyncStatus
from station.view.sync import SyncView

QUIET_S: Final = 2.0  # a booking is on its way for less than that; the bar does not flicker at every one
QUIET_COUNT: Final = 100
QUEUE_LONG: Final = "queue_long"


def sync_view(state: StationState, now: datetime) -> SyncView | None:
    """What is shown, None where no site database is set, or nothing was said of it yet."""
    if state.sync is None or not _is_told(state.sync.status):
        return None
    status = state.sync.status
    shown, problem = _shown(status, state.rules, now)
    return SyncView(
        state=shown,
        problem=problem,
        waiting=_waiting(status),
        oldest_at=status.oldest_at,
        since=status.since,
        last_receipt_at=status.last_receipt_at,
        last_pull_at=status.last_pull_at,
        data_as_of=status.data_as_of,
        server_epoch=status.server_epoch,
        acked=status.acked.seq,
        head=status.head.seq,
        code=status.code,
        leases=state.sync.leases,
        exceptions=status.exceptions,
        is_trying=state.sync.is_trying,
    )


def _is_told(status: SyncStatus) -> bool:
    """Before the first connection was tried nobody knows anything: "catching up" would be as wrong as "online"."""
    return status.state is not SyncState.OFF and status.at is not None


def _waiting(status: SyncStatus) -> int:
    return status.depth + status.dirty


def _shown(status: SyncStatus, rules: Rules, now: datetime) -> tuple[SyncState, str]:
    """The state and the problem. A queue that is too old or too long is somebody's business, whatever the reason."""
    if status.state is SyncState.ATTENTION:
        return status.state, status.problem.value
    age = now - status.oldest_at if status.oldest_at is not None else timedelta()
    if age.total_seconds() >= rules.warn_age_s or status.depth >= rules.warn_events:
        return SyncState.ATTENTION, QUEUE_LONG
    is_quiet = age.total_seconds() < QUIET_S and _waiting(status) < QUIET_COUNT
    return (SyncState.ONLINE if status.state is SyncState.CATCHING_UP and is_quiet else status.state), ""
