"""What the station knows of the replication: told, shown, tried again; and never in the way of the work."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from db.sync.values import Position
from station import commands as do
from station.core import sync_page
from station.core.effects import ReadLeases, WakeSync
from station.core.inputs import LeasesRead, SyncTold
from station.core.state import StationState, SyncSeen
from station.faces.sync_face import QUEUE_LONG, sync_view
from station.flows.sign_on import WentIdle
from station.values import HeldLease, Problem, SyncState, SyncStatus
from tests.helpers.sample import MARA
from tests.helpers.world import World

NOW = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
ONLINE = SyncStatus(state=SyncState.ONLINE, last_pull_at=NOW, at=NOW)
ISLAND = replace(ONLINE, state=SyncState.ISLAND, since=NOW, depth=3, oldest_at=NOW)
LEASE = HeldLease("SO-1", NOW + timedelta(hours=1))


def with_site(state: StationState, status: SyncStatus = ONLINE) -> StationState:
    return replace(state, sync=SyncSeen(status=status))


def a_world(status: SyncStatus = ONLINE) -> World:
    world = World()
    world.state = with_site(world.state, status)
    return world


def told(state: StationState, status: SyncStatus) -> StationState:
    return sync_page.happened(state, SyncTold(status))[0]


def test_without_a_site_database_nothing_is_known_or_shown() -> None:
    state = World().state
    assert sync_page.happened(state, SyncTold(ONLINE)) == (state, ())
    assert sync_page.command(state, do.TryNow()) == (state, ())
    assert sync_view(state, NOW) is None


def test_before_anything_was_told_nothing_is_shown() -> None:
    for status in (SyncStatus(), SyncStatus(state=SyncState.CATCHING_UP)):
        assert sync_view(with_site(World().state, status), NOW) is None


def test_what_was_told_is_shown_on_every_face() -> None:
    world = a_world()
    for _ in range(2):  # before and after somebody signed on
        world.feed(SyncTold(ISLAND))
        shown = world.view().sync
        assert shown is not None
        assert (shown.state, shown.waiting, shown.since) == (SyncState.ISLAND, 3, NOW)
        world.sign_on(MARA.person)


def test_news_of_it_change_no_token_and_no_sentence() -> None:
    world = a_world()
    world.sign_on(MARA.person)
    token, bar = world.view().token, world.view().bar
    for status in (ISLAND, replace(ONLINE, state=SyncState.ATTENTION, problem=Problem.FORK), ONLINE):
        world.feed(SyncTold(status))
        assert (world.view().token, world.view().bar) == (token, bar)


def test_a_try_is_asked_for_once_until_something_is_told() -> None:
    state, effects = sync_page.command(with_site(World().state, ISLAND), do.TryNow())
    assert effects == (WakeSync(),)
    assert state.sync is not None
    assert state.sync.is_trying
    assert sync_page.command(state, do.TryNow()) == (state, ())
    again = told(state, ISLAND)
    assert sync_page.command(again, do.TryNow())[1] == (WakeSync(),)


def test_a_look_reads_what_is_held_and_so_does_a_pull() -> None:
    state = with_site(World().state)
    assert sync_page.command(state, do.LookAtSite()) == (state, (ReadLeases(),))
    state = sync_page.happened(state, LeasesRead((LEASE,)))[0]
    same, effects = sync_page.happened(state, SyncTold(replace(ISLAND, last_pull_at=NOW)))
    assert (effects, same.sync and same.sync.leases) == ((), (LEASE,))
    pulled = replace(ONLINE, last_pull_at=NOW + timedelta(seconds=3))
    assert sync_page.happened(same, SyncTold(pulled))[1] == (ReadLeases(),)


def test_anybody_may_try_also_at_a_closed_screen() -> None:
    world = a_world(ISLAND)
    world.give(do.TryNow())
    assert world.view().sync is not None
    assert world.view().sync.is_trying
    world.feed(SyncTold(ISLAND))
    world.sign_on(MARA.person)
    world.feed(WentIdle())
    world.give(do.TryNow())
    assert world.view().sync is not None
    assert world.view().sync.is_trying


def test_a_look_is_no_touch_at_the_work() -> None:
    """A printed "confirm" counts only after something was touched on this very screen."""
    world = a_world()
    world.sign_on(MARA.person)
    before = world.state.input_token
    world.state = replace(world.state, token=world.state.token + 1)
    world.give(do.LookAtSite())
    assert world.state.input_token == before


@pytest.mark.parametrize(
    ("status", "after_s", "state", "problem"),
    [
        (replace(ISLAND, state=SyncState.CATCHING_UP, depth=1), 1.9, SyncState.ONLINE, ""),  # a booking on its way
        (replace(ISLAND, state=SyncState.CATCHING_UP, depth=1), 2, SyncState.CATCHING_UP, ""),
        (replace(ISLAND, state=SyncState.CATCHING_UP, depth=100), 0, SyncState.CATCHING_UP, ""),
        (replace(ISLAND, depth=1), 0, SyncState.ISLAND, ""),
        (ISLAND, 86_399, SyncState.ISLAND, ""),
        (ISLAND, 86_400, SyncState.ATTENTION, QUEUE_LONG),
        (replace(ISLAND, depth=10_000), 0, SyncState.ATTENTION, QUEUE_LONG),
        (replace(ONLINE, state=SyncState.ATTENTION, problem=Problem.HOLD, depth=20_000), 0, SyncState.ATTENTION, "hold"),
    ],
)
def test_what_the_bar_says_of_a_queue(status: SyncStatus, after_s: float, state: SyncState, problem: str) -> None:
    shown = sync_view(with_site(World().state, status), NOW + timedelta(seconds=after_s))
    assert shown is not None
    assert (shown.state, shown.problem) == (state, problem)


def test_the_limits_of_a_queue_are_settings() -> None:
    state = with_site(World().state, replace(ISLAND, depth=100))
    state = replace(state, rules=replace(state.rules, warn_events=100))
    shown = sync_view(state, NOW)
    assert shown is not None
    assert shown.problem == QUEUE_LONG


def test_documents_wait_too_and_positions_are_of_the_newest_epoch() -> None:
    status = replace(ISLAND, depth=3, dirty=2, acked=Position("e2", 7), head=Position("e2", 10))
    shown = sync_view(with_site(World().state, status), NOW)
    assert shown is not None
    assert (shown.waiting, shown.acked, shown.head) == (5, 7, 10)
