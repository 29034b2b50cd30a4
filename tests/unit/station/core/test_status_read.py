"""At a machine that can be asked, the station reads its status where today a person is asked, and moves nothing because of it."""

from __future__ import annotations

import pytest

from db.records.machine import MotionEnded, TrayTold
from db.records.stock import Picked
from hardware.values import LiftStatus, LinkDown, LinkUp, Outcome, SafetyCleared, SafetyStopped
from station import commands as do
from station.core.effects import Move, ReadStatus
from station.core.inputs import Input, StatusTold
from station.view.action import Action
from station.view.task import TaskFace
from station.view.tray import UnknownTrayFace
from station.view.work import WorkFace
from tests.helpers.sample import BOLT, MARA
from tests.helpers.world import World

AWAY = [(SafetyStopped("1002"), SafetyCleared()), (LinkDown("L101"), LinkUp()), (SafetyStopped("A-213"), SafetyCleared())]


def at_the_bolts() -> World:
    """Mara stands at the bolts of tray 4."""
    world = World(reports_tray=True)
    world.sign_on(MARA.person)
    world.settle()
    world.start("O1")
    world.settle()
    assert Action.CONFIRM in allowed(world)
    return world


def allowed(world: World) -> set[Action]:
    return {each.action for each in getattr(world.view().face, "offers", ()) if each.is_allowed}


def picks(world: World) -> int:
    return sum(isinstance(each, Picked) for each in world.store.written)


@pytest.mark.parametrize(("away", "back"), AWAY)
def test_the_work_goes_on_when_the_machine_has_named_the_tray_again(away: Input, back: Input) -> None:
    world = at_the_bolts()
    world.feed(away)
    world.feed(back)
    assert world.view().bar.code == "checking"
    assert Action.CONFIRM not in allowed(world)
    world.say_status()
    assert world.move is None, "a light needs a touch, too"
    world.scan(BOLT.code)
    world.give(do.Confirm(world.state.token))
    world.settle()
    assert picks(world) == 1


def test_the_light_waits_for_a_touch_and_the_work_does_not() -> None:
    world = at_the_bolts()
    world.feed(LinkDown("L101"))
    world.feed(LinkUp())
    world.say_status()
    assert world.view().bar.code == "find_by_map"
    assert {Action.CONFIRM, Action.LIGHT_AGAIN} <= allowed(world)
    world.give(do.FetchAgain(world.state.token))
    assert world.move is not None


def test_another_tray_is_taken_from_the_machine_and_nothing_moves_before_a_touch() -> None:
    world = at_the_bolts()
    world.feed(LinkDown("L101"))
    world.metal = 6  # somebody at the panel sends tray 4 away and calls tray 6
    world.feed(LinkUp())
    world.say_status()
    assert world.state.custody.tray_here == 6
    assert world.move is None
    assert world.view().bar.code == "touch_to_swap"
    world.write_all()
    told = [each for each in world.store.written if isinstance(each, TrayTold)]
    assert [(each.tray, each.how) for each in told] == [(6, "machine")]


def test_a_fetch_that_nobody_saw_end_is_asked_of_the_machine_and_of_no_person() -> None:
    world = World(reports_tray=True)
    world.sign_on(MARA.person)
    world.settle()
    world.start("O1")
    world.write_all()
    world.read_all()
    world.write_all()
    world.end_motion(Outcome.UNKNOWN)
    assert isinstance(world.view().face, TaskFace)
    world.say_status()
    view = world.view()
    assert (view.bar.code, world.move) == ("machine_moves", None)
    world.come_to_rest(4)
    world.say_status()
    assert world.state.custody.tray_here == 4
    world.write_all()
    ends = [each for each in world.store.written if isinstance(each, MotionEnded)]
    assert [(each.outcome, each.how) for each in ends] == [("unknown", "timeout"), ("done", "status")]


def test_while_the_machine_moves_it_is_asked_each_second_and_once_at_a_time() -> None:
    world = at_the_bolts()
    world.feed(LinkDown("L101"))
    world.feed(LinkUp())
    first = world.questions[0]
    assert first.wait_s == 0.0
    asked = []
    for _ in range(3):
        world.feed(StatusTold(world.questions[0].number, LiftStatus(ready=False, is_moving=True)))
        asked.append(world.questions[0])
    assert [each.wait_s for each in asked] == [1.0, 1.0, 1.0]
    assert [each.number for each in asked] == [first.number + 1, first.number + 2, first.number + 3]
    world.feed(StatusTold(first.number, LiftStatus(ready=True, tray=4)))
    assert world.questions == [asked[-1]], "an old answer counts for nothing"


def test_a_machine_that_cannot_be_read_leaves_the_question_to_the_person() -> None:
    world = at_the_bolts()
    world.give(do.LeaveWork(world.state.token))
    world.write_all()
    world.end_motion(Outcome.UNKNOWN)
    world.read_all()
    assert isinstance(world.view().face, WorkFace)
    world.say_status(is_read=False)
    assert isinstance(world.view().face, UnknownTrayFace)
    assert world.questions == []
    world.give(do.TellTray(None))
    world.give(do.CallTray(6))
    assert len(world.questions) == 1, "before it moves the machine is asked again"
    assert world.move is None


def test_a_touch_made_while_the_machine_is_not_ready_moves_nothing_when_it_is() -> None:
    world = at_the_bolts()
    world.feed(LinkDown("L101"))
    world.feed(LinkUp())
    world.give(do.LeaveWork(world.state.token))
    world.say_status(is_ready=False)
    assert world.view().bar.code == "machine_not_ready"
    world.say_status()
    world.settle()
    assert world.move is None
    assert world.view().bar.code == "touch_to_store"


def test_a_machine_that_cannot_tell_is_never_asked() -> None:
    world = World()
    world.feed(LinkDown("L101"))
    world.feed(LinkUp())
    assert world.questions == []
    assert not any(isinstance(each, ReadStatus | Move) for each in world.reads)
