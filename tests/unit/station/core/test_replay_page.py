"""Days worked again at the screen: which days, how far, what came of it; and that nothing goes on working when nobody looks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from station import commands as do
from station.core.inputs import ReplayEnded, ReplayTold
from station.core.state import ReplayPage
from station.view.action import Action
from station.view.ask import AskChoice
from station.view.replay import ReplayFace
from station.view.work import WorkFace
from tests.helpers.replay_faces import REPORT
from tests.helpers.sample import ELIF, JONAS, MARA
from tests.helpers.world import World


def at_work(person: str = JONAS.person, *, can_replay: bool = True) -> World:
    world = World()
    world.state = replace(world.state, rules=replace(world.state.rules, can_replay=can_replay))
    world.sign_on(person)
    world.settle()
    return world


def opened() -> World:
    world = at_work()
    world.give(do.OpenReplay())
    return world


def begun(days: int = 7) -> World:
    """It is being worked, and nothing has been heard of it."""
    world = opened()
    world.give(do.Choose(world.state.token, str(days)))
    return world


def face(world: World) -> ReplayFace:
    shown = world.view().face
    assert isinstance(shown, ReplayFace), shown
    return shown


def offers(world: World) -> set[Action]:
    shown = world.view().face
    assert isinstance(shown, WorkFace | ReplayFace)
    return {each.action for each in shown.offers}


@pytest.mark.parametrize(("person", "can_replay"), [(MARA.person, True), (ELIF.person, True), (JONAS.person, False)])
def test_only_a_supervisor_is_offered_it(person: str, can_replay: bool) -> None:
    world = at_work(person, can_replay=can_replay)
    assert Action.REPLAY not in offers(world)
    world.give(do.OpenReplay())
    assert isinstance(world.view().face, WorkFace)
    assert world.view().bar.error == "O319"


def test_the_days_are_asked_first() -> None:
    world = at_work()
    assert Action.REPLAY in offers(world)
    world.give(do.OpenReplay())
    ask = face(world).ask
    assert isinstance(ask, AskChoice)
    assert [each.key for each in ask.choices] == ["1", "7", "28"]
    world.give(do.ClosePage())
    assert isinstance(world.view().face, WorkFace)


def test_it_says_how_far_it_is_and_then_what_came_of_it() -> None:
    world = begun()
    number = world.state.replays
    assert (face(world).days, face(world).of, world.view().bar.code) == (7, 0, "replay_running")
    world.feed(ReplayTold(number, 5, 28))
    assert (face(world).done, face(world).of) == (5, 28)
    world.feed(ReplayEnded(number, REPORT))
    assert face(world).report is REPORT
    assert offers(world) >= {Action.BACK, Action.POLICIES}
    world.give(do.ShowPolicies(world.state.token))
    assert face(world).shows_policies
    world.give(do.ClosePage())
    assert (face(world).report, face(world).shows_policies) == (REPORT, False)
    world.give(do.ClosePage())
    assert face(world).ask is not None


@pytest.mark.parametrize(("why", "error"), [("nothing", "O512"), ("failed", "O516")])
def test_it_says_why_nothing_came_of_it(why: str, error: str) -> None:
    world = begun()
    world.feed(ReplayEnded(world.state.replays, why=why))
    assert (face(world).why, world.view().bar.error, world.view().bar.code) == (why, error, f"replay_{why}")


def test_it_can_be_stopped_and_what_was_on_its_way_changes_nothing() -> None:
    world = begun()
    number = world.state.replays
    world.give(do.StopReplay(world.state.token))
    assert world.replays_stopped == 1
    assert face(world).ask is not None
    world.feed(ReplayEnded(number, REPORT))
    assert face(world).report is None


def test_a_second_one_does_not_take_the_first_ones_answer() -> None:
    world = begun(days=1)
    first = world.state.replays
    world.give(do.StopReplay(world.state.token))
    world.give(do.Choose(world.state.token, "28"))
    world.feed(ReplayTold(first, 27, 28))
    world.feed(ReplayEnded(first, REPORT))
    assert (face(world).days, face(world).done, face(world).report) == (28, 0, None)
    assert world.replays_stopped == 1, "the one under way goes on"


def test_when_its_page_is_gone_it_is_told_to_end() -> None:
    world = begun()
    number = world.state.replays
    world.state = replace(world.state, page=None)
    world.feed(ReplayTold(number, 3, 28))
    assert world.replays_stopped == 1
    world.feed(ReplayEnded(number, REPORT))
    assert world.state.page is None


def test_a_choice_of_an_older_screen_starts_nothing() -> None:
    world = opened()
    world.give(do.Choose(world.state.token - 1, "7"))
    assert world.state.page == ReplayPage()
