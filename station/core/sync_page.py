"""The page of the site database: it is opened over whatever the screen shows, by anybody, and changes nothing of it."""

from __future__ import annotations

from dataclasses import replace

from station import commands as do
from station.core.effects import Effect, ReadLeases, WakeSync
from station.core.inputs import LeasesRead, SyncInput, SyncTold
from station.core.state import StationState, SyncSeen

SyncTurn = tuple[StationState, tuple[Effect, ...]]


def command(state: StationState, given: do.SyncCommand) -> SyncTurn:
    """What a person does on the page. Without a site database there is none."""
    if state.sync is None:
        return state, ()
    match given:
        case do.LookAtSite():
            return state, (ReadLeases(),)
        case do.TryNow() if not state.sync.is_trying:
            return replace(state, sync=replace(state.sync, is_trying=True)), (WakeSync(),)
        case _:
            return state, ()


def happened(state: StationState, event: SyncInput) -> SyncTurn:
    """The replication said how it does, or the store which orders are held."""
    if state.sync is None:
        return state, ()
    match event:
        case SyncTold(status):
            return replace(state, sync=SyncSeen(status=status, leases=state.sync.leases)), _stale(state.sync, event)
        case LeasesRead(leases):
            return replace(state, sync=replace(state.sync, leases=leases)), ()


def _stale(before: SyncSeen, event: SyncTold) -> tuple[Effect, ...]:
    """What came down may have brought an order, or taken one away."""
    return (ReadLeases(),) if event.status.last_pull_at != before.status.last_pull_at else ()
