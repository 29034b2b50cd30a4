"""Going live: trays that no order gets anything of until a supervisor has released them at the bay."""

from __future__ import annotations

import pytest

from db.records.count_due import CountDue
from db.records.service import TrayInService, TrayOutOfService
from db.records.stock import Counted, Put
from station import commands as do
from station.outages import FIRST_FILL, OPENING_CHECK
from station.view.action import Action
from station.view.ask import AskNumber
from station.view.tray import BayFace
from station.view.work import WorkFace
from tests.helpers.sample import BOLT, JONAS, MACHINE, MARA
from tests.helpers.world import World


def waiting(*trays: int, why: str = FIRST_FILL, person: str = JONAS.person) -> World:
    """Somebody is signed on, and these trays wait for their release."""
    world = World()
    for tray in trays:
        world.store.write((TrayOutOfService(machine=MACHINE, tray=tray, reason=why),))
        if why == OPENING_CHECK:
            world.store.write((CountDue(machine=MACHINE, tray=tray, why=why),))
    world.sign_on(person)
    world.settle()
    return world


def offers(world: World) -> dict[Action, str]:
    return {each.action: each.refused for each in getattr(world.view().face, "offers", ())}


def token(world: World) -> int:
    return world.state.token


def fetch(world: World) -> None:
    world.give(do.FetchUnreleased())
    world.settle()


def release(world: World) -> None:
    """By touch, and the PIN once more."""
    world.give(do.ReleaseTray(token(world)))
    if world.state.held_back is not None:
        world.prove()
    world.settle()


def released(world: World) -> list[int]:
    return [each.tray for each in world.store.written if isinstance(each, TrayInService)]


def test_the_work_list_offers_the_next_new_tray_to_who_may_release_it() -> None:
    face = waiting(5, 6).view().face
    assert isinstance(face, WorkFace)
    assert face.unreleased == 2
    assert Action.GO_LIVE in {each.action for each in face.offers}
    assert Action.GO_LIVE not in offers(waiting(5, person=MARA.person))
    assert Action.GO_LIVE not in offers(waiting())
    damaged = waiting(5, why="out_damaged")
    assert Action.GO_LIVE not in offers(damaged)


def test_no_order_gets_anything_of_a_tray_that_is_not_released() -> None:
    world = waiting(4, 5, 6, 7)
    face = world.view().face
    assert isinstance(face, WorkFace)
    assert "missing_out_of_service" in {each.code for order in face.orders for each in order.blocked}
    world.start("O3")
    world.settle()
    assert world.state.round is None


def test_a_new_tray_is_called_filled_and_released_and_the_next_one_comes() -> None:
    world = waiting(5, 6)
    fetch(world)
    face = world.view().face
    assert isinstance(face, BayFace)
    assert (face.tray, world.view().bar.code, offers(world)[Action.RELEASE_TRAY]) == (5, "first_fill_here", "")
    world.give(do.DirectPut(token(world)))
    world.give(do.EnterText(token(world), BOLT.code))
    world.settle()
    assert isinstance(getattr(world.view().face, "ask", None), AskNumber)
    world.give(do.EnterNumber(token(world), 7))
    world.settle()
    assert world.state.round is not None, "no reason is asked: it is known"
    world.give(do.Confirm(token(world)))
    world.settle()
    puts = [each for each in world.store.written if isinstance(each, Put)]
    assert [(each.tray, each.quantity, each.reason) for each in puts] == [(5, 7, FIRST_FILL)]
    release(world)
    assert released(world) == [5]
    face = world.view().face
    assert isinstance(face, BayFace)
    assert face.tray == 6
    release(world)
    assert released(world) == [5, 6]
    assert world.state.trays_out == {}
    assert world.state.call is None


def test_opening_stock_is_counted_before_its_tray_is_released() -> None:
    world = waiting(5, why=OPENING_CHECK)
    fetch(world)
    assert world.view().bar.code == "opening_check_here"
    release(world)
    assert released(world) == []
    for _ in range(20):
        work = world.state.round
        if work is None or work.task is None:
            break
        assert world.view().bar.code == "opening_check_instruct"
        world.give(do.EnterNumber(token(world), world.store.held[work.task.place, work.task.key]))
        world.settle()
    counted = [each for each in world.store.written if isinstance(each, Counted)]
    assert {each.reason for each in counted} == {OPENING_CHECK}
    assert all(each.was_blind for each in counted)
    assert world.store.counts_due(MACHINE) == ()
    assert world.view().bar.code == "opening_check_done"
    release(world)
    assert released(world) == [5]


def test_it_goes_on_after_a_restart_where_it_was() -> None:
    world = waiting(5, 6)
    fetch(world)
    release(world)
    world.restart()
    world.sign_on(JONAS.person)
    world.settle()
    assert world.state.trays_out == {6: FIRST_FILL}


@pytest.mark.parametrize("why", [FIRST_FILL, OPENING_CHECK])
def test_an_operator_releases_nothing(why: str) -> None:
    world = waiting(5, why=why, person=MARA.person)
    world.give(do.FetchUnreleased())
    world.settle()
    assert world.state.call is None
    world.give(do.ReleaseTray(token(world)))
    world.settle()
    assert released(world) == []
