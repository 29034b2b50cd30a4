"""After a stop or a lost line nothing moves by itself, whatever was touched or came to its end meanwhile."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.records.machine import MotionIntended, SafetyEvent
from db.records.stock import Picked
from hardware.values import LinkDown, LinkUp, Outcome, SafetyCleared, SafetyStopped, SafetyUnclear
from station import commands as do
from station.core.inputs import Input
from station.custody import NotKnown, Verb
from station.view.action import Action
from station.view.message import Level
from station.view.task import TaskFace
from station.view.tray import UnknownTrayFace
from station.view.work import WorkFace
from tests.helpers.sample import BOLT, ELIF, MARA, NUT
from tests.helpers.world import World

AWAY = [(SafetyStopped("1002"), SafetyCleared()), (LinkDown("L101"), LinkUp())]
away_and_back = pytest.mark.parametrize(("away", "back"), AWAY)


def at_the_bolts(*, reports_tray: bool = False) -> World:
    """Mara stands at the bolts of tray 4; the next task of the order is on another tray."""
    world = World(reports_tray=reports_tray)
    world.sign_on(MARA.person)
    world.settle()
    world.start("O1")
    world.settle()
    face = world.view().face
    assert isinstance(face, TaskFace)
    assert (face.item, face.tray) == (BOLT, 4)
    assert Action.CONFIRM in allowed(world)
    return world


def allowed(world: World) -> set[Action]:
    return {each.action for each in getattr(world.view().face, "offers", ()) if each.is_allowed}


def picks(world: World) -> int:
    return sum(isinstance(each, Picked) for each in world.store.written)


@away_and_back
def test_a_booking_that_ends_during_the_stop_is_no_touch(away: Input, back: Input) -> None:
    world = at_the_bolts()
    world.give(do.Confirm(world.state.token))
    world.feed(away)
    world.write_all()
    world.read_all()
    world.feed(back)
    assert world.move is None
    world.settle()
    assert world.state.custody.needs_touch
    assert picks(world) == 1


@away_and_back
@pytest.mark.parametrize("code", ["L101", "L208"])
def test_a_point_that_could_not_be_sent_leaves_the_tray_unproven(away: Input, back: Input, code: str) -> None:
    world = at_the_bolts()
    world.give(do.Skip(world.state.token))
    world.settle()  # the nuts lie on the same tray: a point is on its way
    world.give(do.Skip(world.state.token))
    world.read_all()
    assert world.move is not None
    assert world.move.verb is Verb.POINT
    world.write_all()
    world.feed(away)
    world.use_the_panel()
    world.metal = None  # somebody sends the tray away at the panel
    world.end_motion(Outcome.NOT_DONE, code=code)
    world.feed(back)
    world.settle()
    assert Action.CONFIRM not in allowed(world)
    booked = picks(world)
    world.scan(BOLT.code)
    world.give(do.Confirm(world.state.token))
    world.settle()
    assert picks(world) == booked


@away_and_back
def test_a_touch_during_the_stop_moves_nothing_at_the_reset(away: Input, back: Input) -> None:
    world = at_the_bolts()
    world.feed(away)
    world.give(do.LeaveWork(world.state.token))
    world.settle()
    world.feed(back)
    world.settle()
    assert world.move is None
    view = world.view()
    assert isinstance(view.face, WorkFace)
    assert view.bar.code == "touch_to_store"
    world.give(do.SendBack(world.state.token))
    assert world.move is not None


def test_a_hand_in_the_curtain_and_a_skip_move_nothing_at_the_reset() -> None:
    world = at_the_bolts()
    world.feed(SafetyStopped("A-213"))
    for _ in range(3):
        world.give(do.Skip(world.state.token))
        world.read_all()
    world.feed(SafetyCleared())
    assert world.move is None


@away_and_back
def test_a_store_that_ends_after_the_reset_is_not_followed_by_a_fetch_without_a_touch(away: Input, back: Input) -> None:
    world = World()
    world.sign_on(MARA.person)
    world.settle()
    world.start("O4")
    world.settle()
    world.give(do.Skip(world.state.token))  # the other line is on another tray
    world.read_all()
    world.write_all()
    assert world.move is not None
    assert world.move.verb is Verb.STORE
    world.feed(away)
    world.feed(back)
    world.end_motion(Outcome.DONE)
    world.read_all()
    assert world.move is None, "the next tray is fetched at somebody's reset"
    world.give(do.FetchAgain(world.state.token))
    world.settle()
    face = world.view().face
    assert isinstance(face, TaskFace)
    assert face.is_here


@away_and_back
@pytest.mark.parametrize("reports_tray", [False, True])
def test_a_point_that_is_done_during_the_stop_proves_nothing_of_what_follows_it(
    away: Input, back: Input, reports_tray: bool
) -> None:
    world = at_the_bolts(reports_tray=reports_tray)
    world.give(do.Skip(world.state.token))  # the nuts lie on the same tray: a point is on its way
    world.read_all()
    world.write_all()
    assert world.move is not None
    world.feed(away)
    world.end_motion(Outcome.DONE)
    world.use_the_panel()  # then somebody sends the tray away at the panel
    world.feed(back)
    assert Action.CONFIRM not in allowed(world)
    world.settle()
    world.scan(NUT.code)
    world.give(do.Confirm(world.state.token))
    world.settle()
    assert picks(world) == 0


def unclear_at_the_bolts(*, reports_tray: bool = False) -> World:
    """The machine stopped while it worked on a command that is over; its statuses say that it works, and never spoke of stops."""
    world = at_the_bolts(reports_tray=reports_tray)
    world.feed(SafetyStopped("1002"))
    world.feed(SafetyUnclear("1002"))
    world.settle()
    return world


def stops(world: World) -> list[bool]:
    return [each.is_stopped for each in world.store.written if isinstance(each, SafetyEvent)]


def test_a_stop_that_nobody_ends_stays_shown_and_nothing_is_booked_or_moved_before_a_touch() -> None:
    world = unclear_at_the_bolts()
    assert (world.view().bar.code, world.view().bar.error) == ("stop_unclear_fetch", "1002")
    assert Action.CONFIRM not in allowed(world)
    assert Action.FETCH_AGAIN in allowed(world)
    world.scan(BOLT.code)
    assert (world.move, stops(world), picks(world)) == (None, [True], 0)


def test_the_touch_begins_the_command_whose_answers_end_the_stop() -> None:
    world = unclear_at_the_bolts()
    world.give(do.FetchAgain(world.state.token))
    assert world.move is not None
    world.write_all()
    assert world.view().bar.code == "stop_unclear", "a command that leaves ends no stop"
    world.feed(SafetyCleared())
    world.end_motion(Outcome.DONE)
    world.settle()
    assert stops(world) == [True, False]
    assert Action.CONFIRM in allowed(world)


def test_a_stop_that_the_command_tells_again_wants_a_touch_again() -> None:
    world = unclear_at_the_bolts()
    world.give(do.FetchAgain(world.state.token))
    world.write_all()
    world.feed(SafetyStopped("1002"))
    world.end_motion(Outcome.NOT_DONE, code="L204")
    world.settle()
    assert world.view().bar.code == "machine_stopped"
    assert Action.FETCH_AGAIN not in allowed(world)
    world.feed(SafetyUnclear("1002"))
    world.settle()
    assert world.move is None
    assert Action.FETCH_AGAIN in allowed(world)


@pytest.mark.parametrize("code", ["L206", "L208"])
def test_a_refused_command_leaves_the_stop_unclear_and_the_next_to_a_touch(code: str) -> None:
    world = unclear_at_the_bolts()
    world.give(do.FetchAgain(world.state.token))
    world.write_all()
    world.end_motion(Outcome.NOT_DONE, code=code)
    world.settle()
    assert (world.view().bar.code, world.move) == ("stop_unclear_fetch", None)
    assert Action.FETCH_AGAIN in allowed(world)


def test_an_empty_bay_whose_machine_may_stand_serves_the_next_order_by_its_start() -> None:
    world = World()
    world.sign_on(MARA.person)
    world.settle()
    world.feed(SafetyStopped("1002"))
    world.feed(SafetyUnclear("1002"))
    world.settle()
    assert world.move is None
    world.start("O1")
    world.settle()
    assert [each.verb for each in world.store.written if isinstance(each, MotionIntended)] == ["fetch"]


def test_where_the_machine_may_stand_and_nobody_knows_its_tray_the_bar_says_that_this_is_to_be_said() -> None:
    world = World()
    world.sign_on(MARA.person)
    world.settle()
    world.start("O1")
    while world.move is None:
        world.read_all()
        world.write_all()
    world.write_all()
    world.start_motion()
    world.feed(SafetyStopped("1002"))
    world.end_motion(Outcome.NOT_DONE, code="L204")
    world.feed(SafetyUnclear("1002"))
    world.settle()
    view = world.view()
    assert isinstance(view.face, UnknownTrayFace)
    assert (view.bar.code, view.bar.level, view.bar.error) == ("stop_unclear_which", Level.STOP, "1002")
    world.give(do.EnterNumber(world.state.token, 4))
    world.settle()
    assert world.view().bar.code == "stop_unclear_fetch"
    assert Action.FETCH_AGAIN in allowed(world)


def test_a_locked_screen_says_to_sign_on_where_nothing_is_to_be_touched() -> None:
    world = unclear_at_the_bolts()
    world.give(do.LockScreen())
    world.settle()
    assert (world.view().bar.code, world.view().bar.error) == ("stop_unclear_locked", "1002")


def test_with_a_tray_to_be_sent_away_the_stop_names_that_button() -> None:
    world = unclear_at_the_bolts()
    world.give(do.LeaveWork(world.state.token))
    world.write_all()
    assert world.move is not None
    world.end_motion(Outcome.NOT_DONE, code="L206")
    world.settle()
    assert world.view().bar.code == "stop_unclear_store"


def test_on_the_machine_panel_the_tray_that_nobody_knows_comes_before_the_unclear_stop() -> None:
    world = World()
    world.sign_on(ELIF.person)
    world.settle()
    world.give(do.OpenDevices())
    world.settle()
    world.feed(SafetyStopped("1002"))
    world.feed(SafetyUnclear("1002"))
    assert world.view().bar.code == "stop_unclear"
    world.state = replace(world.state, custody=replace(world.state.custody, where=NotKnown()))
    bar = world.view().bar
    assert (bar.code, bar.level, bar.error) == ("panel_tray_not_known", Level.STOP, "1002")


def test_a_machine_whose_status_says_ready_is_not_said_to_say_nothing() -> None:
    world = at_the_bolts(reports_tray=True)
    world.feed(SafetyStopped("1002"))
    world.feed(SafetyUnclear("1002"))
    assert world.view().bar.code == "stop_unclear", "it has not answered yet"
    world.settle()
    assert world.view().bar.code == "stop_ready_fetch"
    assert Action.FETCH_AGAIN in allowed(world)
    world.give(do.FetchAgain(world.state.token))
    assert world.move is not None
