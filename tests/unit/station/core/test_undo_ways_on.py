"""What cannot be taken back because the site was told (O402) is no dead end: each screen that says so has a way on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from hardware.values import SafetyStopped
from station import commands as do
from station.core.inputs import Elapsed
from station.core.state import SyncSeen
from station.values import SyncState, SyncStatus
from station.view.view import View
from station.view.work import WorkFace
from tests.helpers.world import World
from tests.unit.station.core.test_undo import booked, confirmed, two_orders

MOST_STEPS = 12


def one_of_two() -> World:
    """The order is finished, the other one goes on."""
    return two_orders()


def the_last_one() -> World:
    """The round is over with it: the tray goes back, the work list stands."""
    world = two_orders()
    confirmed(world)
    return world


def the_only_one() -> World:
    world = booked()
    while world.state.round is not None:
        confirmed(world)
    return world


STATES = (one_of_two, the_last_one, the_only_one)


def told(make: Callable[[], World]) -> World:
    """The site knows it, and Undo was touched."""
    world = make()
    world.state = replace(world.state, sync=SyncSeen(status=SyncStatus(state=SyncState.ONLINE)))
    world.feed(Elapsed())
    world.give(do.Undo(world.state.token))
    return world


def test_it_is_said() -> None:
    assert told(one_of_two).view().bar.error == "O402"


def has_way_on(view: View) -> bool:
    """Something on it can be touched, or it says what is waited for."""
    face = view.face
    offers = any(each.is_allowed for each in getattr(face, "offers", ()))
    return offers or getattr(face, "ask", None) is not None or getattr(face, "wait", None) is not None


@pytest.mark.parametrize("make", STATES)
def test_every_screen_after_it_has_a_way_on_and_the_way_leads_to_the_work_list(make: Callable[[], World]) -> None:
    seen: list[View] = []
    world = told(make)
    for _ in range(MOST_STEPS):
        seen.append(world.view())
        world.settle()
        seen.append(world.view())
        step = world.way_out()
        if step is None:
            break
        assert not isinstance(step, str)
        world.give(step)
    assert all(has_way_on(each) for each in seen), [type(each.face).__name__ for each in seen if not has_way_on(each)]
    assert isinstance(world.view().face, WorkFace)
    assert world.state.round is None


@pytest.mark.parametrize("make", STATES)
def test_it_is_counted_to_the_end_too(make: Callable[[], World]) -> None:
    world = told(make)
    world.settle()
    assert world.view().face.mode == "count"  # type: ignore[union-attr]
    world.give(do.EnterNumber(world.state.token, 4))
    world.settle()
    assert has_way_on(world.view())
    assert world.view().bar.error == ""


@pytest.mark.parametrize("make", STATES)
def test_a_machine_that_stops_meanwhile_leaves_a_way_on(make: Callable[[], World]) -> None:
    world = told(make)
    world.feed(SafetyStopped("A-213"))
    assert has_way_on(world.view())
