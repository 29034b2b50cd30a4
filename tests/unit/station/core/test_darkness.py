"""The pointer is dark when nobody is signed on, and putting it out moves nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hardware.errors import MOTION_BUSY
from hardware.values import LinkDown, LinkUp, Outcome, SafetyCleared, SafetyStopped
from station import commands as do
from station.core.effects import Move
from station.core.inputs import Input, SiteChanged
from station.custody import Verb
from station.flows.sign_on import Active, Locked, SignedOut, WentIdle
from station.view.sign_on import LockedFace, SignOnFace
from station.view.task import TaskFace
from tests.helpers.sample import BOLT, MARA
from tests.helpers.world import World


def at_the_bolts() -> World:
    """Mara stands at the lit bolts of tray 4."""
    world = World()
    world.sign_on(MARA.person)
    world.settle()
    world.start("O1")
    world.settle()
    assert world.state.custody.lit
    return world


def lock(world: World) -> None:
    world.give(do.LockScreen())


def idle(world: World) -> None:
    world.feed(WentIdle())


def is_dark_point(move: Move | None) -> bool:
    return move is not None and (move.verb, move.compartment, move.point) == (Verb.POINT, "", None)


@pytest.mark.parametrize("leave", [lock, idle])
def test_the_light_goes_out_before_the_screen_locks(leave) -> None:  # type: ignore[no-untyped-def]
    world = at_the_bolts()
    leave(world)
    assert isinstance(world.state.session, Active), "still signed on"
    assert is_dark_point(world.move)
    assert world.move is not None
    assert world.move.operator == MARA.person
    assert world.view().bar.code == "going_dark"
    world.write_all()
    world.end_motion(Outcome.DONE)
    assert isinstance(world.view().face, LockedFace)
    assert not world.state.custody.lit
    kinds = [each.kind for each in world.store.written] + [each.records[0].kind for each in world.writes]
    assert kinds.index("unattended") > max(at for at, kind in enumerate(kinds) if kind == "motion_intended")


def test_nothing_is_taken_while_the_light_goes_out() -> None:
    world = at_the_bolts()
    token = world.state.token
    lock(world)
    before = world.state
    world.scan(BOLT.code)
    world.give(do.Confirm(world.state.token))
    world.give(do.Confirm(token))
    idle(world)
    assert world.state == before


def test_the_light_comes_back_with_the_person() -> None:
    world = at_the_bolts()
    lit = world.state.custody.lit
    lock(world)
    world.settle()
    assert isinstance(world.state.session, Locked)
    world.sign_on(MARA.person)
    world.settle()
    assert isinstance(world.view().face, TaskFace)
    assert world.state.custody.lit == lit


def test_a_tray_that_comes_after_the_lock_is_darkened_with_its_arrival() -> None:
    world = World()
    world.sign_on(MARA.person)
    world.settle()
    world.start("O1")
    world.write_all()
    world.read_all()
    lock(world)
    assert isinstance(world.state.session, Locked), "a tray on its way keeps nobody"
    world.write_all()
    world.end_motion(Outcome.DONE)
    assert is_dark_point(world.move)
    assert world.move is not None
    assert world.move.operator == MARA.person
    world.settle()
    assert not world.state.custody.lit
    assert isinstance(world.state.session, Locked)


@pytest.mark.parametrize("trouble", [LinkDown("L101"), SafetyStopped("A-213")])
def test_a_tray_nobody_watched_is_left_alone(trouble: Input) -> None:
    """To a JMIF lift the point might be a fetch."""
    world = at_the_bolts()
    world.feed(trouble)
    lock(world)
    assert world.move is None
    assert isinstance(world.state.session, Locked)
    world.feed(LinkUp())
    assert world.move is None


@pytest.mark.parametrize(("outcome", "code"), [(Outcome.NOT_DONE, MOTION_BUSY), (Outcome.UNKNOWN, "")])
def test_a_light_that_does_not_go_out_keeps_nobody(outcome: Outcome, code: str) -> None:
    world = at_the_bolts()
    lock(world)
    world.write_all()
    world.end_motion(outcome, code=code)
    assert isinstance(world.state.session, Locked)
    assert world.move is None, "it is asked once"
    assert world.view().bar.code == "scan_badge"


def test_an_intent_that_is_not_written_keeps_nobody() -> None:
    world = at_the_bolts()
    lock(world)
    world.write(is_refused=True)
    assert isinstance(world.state.session, Locked)


def test_who_may_not_work_here_any_more_leaves_no_light_behind() -> None:
    world = at_the_bolts()
    world.store.persons[MARA.person] = replace(MARA, is_active=False)
    world.feed(SiteChanged())
    world.read_all()
    assert is_dark_point(world.move)
    world.settle()
    session = world.state.session
    assert isinstance(session, Locked)
    assert session.is_closed


def test_a_sign_off_at_an_empty_bay_asks_for_no_darkness() -> None:
    world = at_the_bolts()
    world.give(do.LeaveWork(world.state.token))
    world.settle()
    world.give(do.SignOff())
    assert isinstance(world.state.session, SignedOut)
    assert isinstance(world.view().face, SignOnFace)
    assert world.move is None, "the tray has gone with its light"


def test_a_booking_that_is_durable_behind_the_lock_is_no_touch() -> None:
    world = at_the_bolts()
    world.state = replace(world.state, rules=replace(world.state.rules, stop_causes={"A-213": "light_curtain"}))
    world.scan(BOLT.code)
    world.give(do.Confirm(world.state.token))
    world.feed(SafetyStopped("A-213"))
    lock(world)
    world.feed(SafetyCleared())
    assert isinstance(world.state.session, Locked)
    world.write_all()
    assert world.state.custody.needs_touch
    assert world.move is None
