"""While the station is being stopped nothing new is asked of the machine; what was begun ends, a light may still go out."""

from __future__ import annotations

import pytest

from hardware.values import LiftStatus, LinkDown, LinkUp, Outcome
from station import commands as do
from station.core.inputs import StationStopping, StatusTold
from station.custody import Verb
from station.flows.sign_on import WentIdle
from station.view.sign_on import LockedFace
from tests.helpers.sample import MARA
from tests.helpers.world import World


def signed_on(*, reports_tray: bool = False) -> World:
    world = World(reports_tray=reports_tray)
    world.sign_on(MARA.person)
    world.settle()
    return world


def test_a_tray_that_left_is_followed_by_no_other() -> None:
    world = signed_on()
    world.start("O1")
    world.settle()
    world.give(do.LeaveWork(world.state.token))
    world.write_all()
    world.read_all()
    assert world.move is not None
    assert world.move.verb is Verb.STORE
    world.start("O4")
    world.feed(StationStopping())
    world.write_all()
    world.end_motion(Outcome.DONE)
    world.settle()
    assert world.move is None
    assert world.metal is None


@pytest.mark.parametrize("is_asked", [False, True])
def test_the_machine_is_not_asked_for_its_word(is_asked: bool) -> None:
    world = signed_on(reports_tray=True)
    world.feed(LinkDown("L101"))
    if is_asked:
        world.feed(LinkUp())
        asked = world.questions.pop()
        world.feed(StationStopping())
        world.feed(StatusTold(asked.number, LiftStatus(ready=False, is_moving=True)))
    else:
        world.feed(StationStopping())
        world.feed(LinkUp())
    assert world.questions == []


def test_the_light_goes_out_before_the_screen_locks_all_the_same() -> None:
    world = signed_on()
    world.start("O1")
    world.settle()
    world.feed(StationStopping())
    world.feed(WentIdle())
    assert world.move is not None
    assert (world.move.verb, world.move.compartment) == (Verb.POINT, "")
    world.write_all()
    world.end_motion(Outcome.DONE)
    assert isinstance(world.view().face, LockedFace)
    assert not world.state.custody.lit
