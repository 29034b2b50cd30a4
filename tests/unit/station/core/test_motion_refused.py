"""What is said of a command that the machine refused: why, which button tries again, and no longer than it is true."""

from __future__ import annotations

import pytest

from hardware.values import Outcome, SafetyCleared, SafetyStopped
from station import commands as do
from station.custody import Verb
from station.view.message import Level
from tests.helpers.sample import MARA
from tests.helpers.world import World
from tests.unit.station.core.test_said import at_work


def refused(code: str = "L206") -> World:
    """The fetch of the first line's tray is refused."""
    world = World()
    world.sign_on(MARA.person)
    world.settle()
    world.start("O1")
    world.write_all()
    world.read_all()
    world.write_all()
    world.end_motion(Outcome.NOT_DONE, code=code)
    world.settle()
    return world


@pytest.mark.parametrize("code", ["L206", "1005"])
def test_it_says_why_and_names_the_button(code: str) -> None:
    bar = refused(code).view().bar
    assert (bar.code, bar.level, bar.params, bar.error) == ("motion_refused_fetch", Level.ACT, {"fault": code}, code)


def test_the_touch_takes_it_back_and_the_next_refusal_says_it_again() -> None:
    world = refused()
    world.give(do.FetchAgain(world.state.token))
    assert world.move is not None
    assert world.view().bar.code == "tray_coming"
    world.write_all()
    world.end_motion(Outcome.NOT_DONE, code="L206")
    assert world.view().bar.code == "motion_refused_fetch"


def test_it_is_gone_when_the_tray_is_there() -> None:
    world = refused()
    world.give(do.FetchAgain(world.state.token))
    world.settle()
    assert world.view().bar.code.startswith("pick_instruct")


def test_a_stop_that_clears_leaves_the_touch_that_is_due() -> None:
    world = refused()
    world.feed(SafetyStopped("1002"))
    world.feed(SafetyCleared())
    assert world.view().bar.code == "touch_to_fetch"


def test_a_tray_that_was_not_let_in_names_the_other_button() -> None:
    world = at_work()
    world.give(do.LeaveWork(world.state.token))
    world.write_all()
    assert world.move is not None
    assert world.move.verb is Verb.STORE
    world.end_motion(Outcome.NOT_DONE, code="L206")
    world.settle()
    assert world.view().bar.code == "motion_refused_store"
    world.give(do.SendBack(world.state.token))
    assert world.view().bar.code == "tray_leaving"
