"""Privileged acts at the station: held back until the PIN was right, and then one transaction with its confirmation."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.records.people import PinConfirmed, PinRefused, Unattended
from db.records.service import TrayInService, TrayOutOfService
from db.records.stock import Picked
from station import commands as do
from station.core.inputs import Given, SiteChanged
from station.core.state import Rules
from station.flows.pick import AskLabel
from station.flows.session import Active, CheckPin, EndLockOut, Locked, LockOutEnded, PinChecked, SignedOut, WentIdle
from station.flows.turn import Working
from station.values import Role
from station.view.sign_on import LockedFace, PinAgainFace, SignOnFace, UnlockFace
from station.view.task import TaskFace
from tests.helpers.sample import FUSE, JONAS, MACHINE, MARA
from tests.helpers.world import World


def at_label() -> World:
    """Mara stands before two fuses whose label cannot be scanned: its last four characters are asked."""
    world = World()
    world.sign_on(MARA.person)
    world.settle()
    world.start("O4")
    world.settle()
    while world.state.round is not None and world.state.round.task is not None and world.state.round.task.item != FUSE:
        world.give(do.Skip(world.state.token))
        world.settle()
    world.give(do.LabelUnreadable(world.state.token))
    assert isinstance(step(world), AskLabel)
    return world


def step(world: World) -> object:
    return world.state.round.current.step if world.state.round and world.state.round.current else None


def is_flagged(world: World) -> bool:
    return bool(world.state.round and world.state.round.current and world.state.round.current.is_flagged)


def said_label(world: World) -> None:
    world.give(do.EnterText(world.state.token, FUSE.code[-4:]))


def test_a_label_that_cannot_be_scanned_is_accepted_only_with_the_pin_and_the_record_says_so() -> None:
    world = at_label()
    said_label(world)
    face = world.view().face
    assert isinstance(face, PinAgainFace)
    assert (face.act, face.name, is_flagged(world)) == ("label_unreadable", MARA.name, False)
    assert world.view().bar.code == "enter_pin_again"
    world.prove()
    assert (is_flagged(world), isinstance(step(world), Working)) == (True, True)
    world.give(do.Confirm(world.state.token))
    world.settle()
    assert PinConfirmed(person=MARA.person, act="label_unreadable") in world.store.written
    picked = next(each for each in world.store.written if isinstance(each, Picked))
    assert picked.proof == "unreadable"


def test_wrong_last_characters_ask_no_pin() -> None:
    world = at_label()
    world.give(do.EnterText(world.state.token, "0000"))
    assert world.state.held_back is None


def test_cancel_does_nothing_of_it_and_the_label_is_asked_still() -> None:
    world = at_label()
    said_label(world)
    world.give(do.Back(world.state.token))
    assert (world.state.held_back, is_flagged(world)) == (None, False)
    assert isinstance(step(world), AskLabel)
    assert isinstance(world.view().face, TaskFace)


def test_no_scan_reaches_the_question_and_no_other_command_does() -> None:
    world = at_label()
    said_label(world)
    before = world.state
    world.scan("123456")
    world.scan("BLX-CONFIRM")
    world.give(do.Confirm(world.state.token))
    world.give(do.SignOff())
    assert replace(world.state, input_token=before.input_token) == before


def test_a_wrong_pin_counts_is_written_and_nothing_happens() -> None:
    world = at_label()
    said_label(world)
    world.prove(verdict="wrong_pin")
    world.write_all()
    assert world.store.written[-1] == PinRefused(person=MARA.person, act="label_unreadable", reason="wrong_pin")
    assert (world.view().bar.code, is_flagged(world)) == ("wrong_pin", False)
    assert isinstance(world.view().face, PinAgainFace)
    world.prove()
    assert is_flagged(world)


def test_the_tenth_wrong_pin_locks_the_screen_and_a_supervisor_unlocks_it_there() -> None:
    world = at_label()
    said_label(world)
    world.prove(verdict="locked")
    world.settle()  # the light goes out first
    face = world.view().face
    assert isinstance(face, LockedFace)
    assert (face.locked, face.by_badge_alone, world.view().bar.code) == (MARA.name, False, "locked")
    world.scan(JONAS.person)
    world.pass_gate()
    world.give(do.EnterPin("123456"))
    world.pass_gate()
    assert isinstance(world.view().face, UnlockFace)
    world.give(do.Choose(world.state.token, "unlock"))
    assert world.gate.pop() == EndLockOut(MARA, JONAS)
    world.feed(LockOutEnded("ok"))
    world.give(do.EnterPin("123456"))
    world.pass_gate()
    world.settle()
    assert isinstance(world.state.session, Active)
    assert isinstance(step(world), AskLabel), "the work is where it was"
    assert Unattended(person=MARA.person, tray=world.state.custody.tray_here, why="locked_out") in world.store.written


@pytest.mark.parametrize("leave", [Given(do.LockScreen()), WentIdle()])
def test_a_locked_screen_gives_the_act_up(leave: Given | WentIdle) -> None:
    world = at_label()
    said_label(world)
    world.feed(leave)
    world.settle()
    assert isinstance(world.state.session, Locked)
    assert world.state.held_back is None


def test_a_verdict_for_somebody_who_has_gone_lets_nobody_in() -> None:
    world = at_label()
    said_label(world)
    world.give(do.EnterPin("123456"))
    asked = world.gate.pop(0)
    assert isinstance(asked, CheckPin)
    world.give(do.LockScreen())
    world.settle()
    assert isinstance(world.state.session, Locked)
    world.scan(JONAS.person)
    world.pass_gate()
    face = world.view().face
    assert isinstance(face, LockedFace)
    assert (face.step, face.name) == ("pin", JONAS.name)
    world.give(do.EnterPin("000000"))
    assert not world.gate, "one verdict at a time: this PIN is not looked at yet"
    world.feed(PinChecked("ok"))
    assert isinstance(world.state.session, Locked), "Mara's PIN opens nothing for Jonas"
    assert (is_flagged(world), world.state.held_back) == (False, None)


def test_a_screen_that_has_changed_meanwhile_is_left_alone() -> None:
    world = World()
    world.sign_on(JONAS.person)
    world.settle()
    world.store.write((TrayOutOfService(machine=MACHINE, tray=4, reason="out_blocked"),))
    world.feed(SiteChanged())
    world.settle()
    world.give(do.ReturnTray(4))
    assert isinstance(world.view().face, PinAgainFace)
    world.state = replace(world.state, ask_short=("O1",))  # another question came up below
    world.prove()
    assert world.view().bar.code == "pin_too_late"
    assert not [each for each in world.store.written if isinstance(each, TrayInService)]


def test_a_new_lock_out_face_offers_no_pin_list_of_a_new_pin() -> None:
    world = World()
    assert isinstance(world.state.session, SignedOut)
    world.sign_on(MARA.person)
    assert not isinstance(world.view().face, SignOnFace)


def test_who_administers_people_makes_no_stock_right_and_the_other_way_round() -> None:
    """The segregation matrix of docs/decisions/0022-threat-model.md."""
    rules = Rules()
    for rights in (rules.direct_work, rules.approve_stock):
        assert not rights & rules.administer_people
    assert rules.administer_people == {Role.ADMINISTRATOR}
    assert rules.approve_stock == {Role.SUPERVISOR}
    assert rules.unlock == {Role.SUPERVISOR, Role.ADMINISTRATOR}
