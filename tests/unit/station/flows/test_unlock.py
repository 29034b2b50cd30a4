"""A lock-out is lifted at the closed screen by a supervisor, and by nobody else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.records.people import SignOnRefused
from station import commands as do
from station.flows.session import (
    Active,
    Around,
    BadgeFound,
    BadgeShown,
    CheckPin,
    EndLockOut,
    FindBadge,
    Gate,
    Locked,
    LockOutEnded,
    NoteSignOn,
    PinChecked,
    SaySignOn,
    SignedOut,
    SignOnEvent,
    WentIdle,
)
from station.flows.sign_on import advance
from station.values import Role
from tests.helpers.sample import ELIF, JONAS, MARA

AROUND = Around(now_s=1000.0, return_by_badge_s=900.0, unlockers=frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR}))
LOCKED_OUT = SignedOut(gate=Gate(locked=MARA))
CHOOSING = SignedOut(gate=Gate(locked=MARA, helper=JONAS, step="choose"))
NEW_PIN = SignedOut(gate=Gate(locked=MARA, helper=JONAS, step="new_pin"))


def run(session, *events: SignOnEvent):  # type: ignore[no-untyped-def]
    effects = ()
    for event in events:
        session, more = advance(session, event, AROUND)
        effects += more
    return session, effects


def said(effects) -> list[str]:  # type: ignore[no-untyped-def]
    return [each.message.code for each in effects if isinstance(each, SaySignOn)]


def test_the_tenth_wrong_pin_leads_to_the_lock_out_screen() -> None:
    checking = SignedOut(gate=Gate(candidate=MARA, is_checking=True))
    after, effects = run(checking, PinChecked("locked"))
    assert after == LOCKED_OUT
    assert said(effects) == ["locked"]


def test_a_supervisor_unlocks_with_badge_pin_and_one_touch_and_the_person_signs_on_with_his_own_pin() -> None:
    after, effects = run(LOCKED_OUT, BadgeShown("B"), BadgeFound(JONAS), do.EnterPin("1"), PinChecked("ok"))
    assert after == CHOOSING
    assert [each for each in effects if not isinstance(each, SaySignOn)] == [FindBadge("B"), CheckPin(JONAS, "1")]
    after, effects = run(after, do.Choose(1, "unlock"))
    assert effects == (EndLockOut(MARA, JONAS),)
    after, effects = run(after, LockOutEnded("ok"))
    assert after == SignedOut(gate=Gate(candidate=MARA))
    assert said(effects) == ["unlocked"]
    after, _ = run(after, do.EnterPin("2"), PinChecked("ok"))
    assert after == Active(person=MARA, method="badge_pin")


def test_a_new_pin_is_typed_twice_and_no_representation_shows_it() -> None:
    after, _ = run(CHOOSING, do.Choose(1, "new_pin"), do.EnterPin("482915"))
    assert isinstance(after, SignedOut)
    assert (after.gate.step, "482915" in repr(after)) == ("again", False)
    after, effects = run(after, do.EnterPin("482915"))
    assert effects == (EndLockOut(MARA, JONAS, "482915"),)
    assert "482915" not in repr(effects)
    assert run(after, LockOutEnded("ok"))[0] == SignedOut(gate=Gate(candidate=MARA))


def test_two_different_pins_and_a_weak_one_are_asked_again() -> None:
    after, effects = run(NEW_PIN, do.EnterPin("482915"), do.EnterPin("482916"))
    assert (after, said(effects)) == (NEW_PIN, ["pins_differ"])
    after, effects = run(NEW_PIN, do.EnterPin("123456"), do.EnterPin("123456"), LockOutEnded("pin_weak"))
    assert (after, said(effects)) == (NEW_PIN, ["pin_weak"])


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.ADMINISTRATOR])
def test_nobody_gives_a_pin_to_a_person_of_more_rights(role: Role) -> None:
    chief = replace(MARA, role=role)
    choosing = SignedOut(gate=Gate(locked=chief, helper=JONAS, step="choose"))
    assert run(choosing, do.Choose(1, "new_pin")) == (choosing, ())
    assert run(choosing, do.Choose(1, "unlock"))[1] == (EndLockOut(chief, JONAS),)


def test_the_supervisor_may_sign_on_himself_instead() -> None:
    after, _ = run(CHOOSING, do.Choose(1, "sign_on"))
    assert after == Active(person=JONAS, method="badge_pin")


def test_the_badge_of_an_operator_or_maintenance_unlocks_nobody_and_signs_on_as_always() -> None:
    for person in (ELIF, replace(ELIF, role=Role.OPERATOR)):
        after, _ = run(LOCKED_OUT, BadgeShown("B"), BadgeFound(person))
        assert after == SignedOut(gate=Gate(candidate=person))


def test_nobody_lifts_his_own_lock_out() -> None:
    own = SignedOut(gate=Gate(locked=JONAS))
    after, effects = run(own, BadgeShown("B"), BadgeFound(JONAS))
    assert (after, said(effects)) == (own, ["locked"])


def test_a_supervisors_wrong_pins_count_and_lock_him_out_too() -> None:
    checking = SignedOut(gate=Gate(locked=MARA, candidate=JONAS, is_checking=True))
    after, effects = run(checking, PinChecked("wrong_pin", 30.0))
    assert after == SignedOut(gate=Gate(locked=MARA, candidate=JONAS, retry_at_s=1030.0))
    assert NoteSignOn((SignOnRefused(person=JONAS.person, reason="wrong_pin"),)) in effects
    assert run(after, do.EnterPin("1")) == (after, ())
    assert run(checking, PinChecked("locked"))[0] == SignedOut(gate=Gate(locked=JONAS))


@pytest.mark.parametrize("event", [do.CancelSignOn(), do.Back(1), WentIdle()])
@pytest.mark.parametrize("session", [LOCKED_OUT, CHOOSING, NEW_PIN])
def test_who_goes_away_leaves_the_badge_screen(session: SignedOut, event: SignOnEvent) -> None:
    assert run(session, event)[0] == SignedOut()


def test_an_unlock_that_was_not_written_is_said_and_may_be_tried_again() -> None:
    after, effects = run(CHOOSING, do.Choose(1, "unlock"), LockOutEnded("store_read_only"))
    assert (after, said(effects)) == (CHOOSING, ["store_read_only"])


def test_it_works_at_a_locked_screen_too() -> None:
    session = Locked(owner=MARA, since_s=0.0, gate=Gate(locked=MARA))
    after, _ = run(session, BadgeShown("B"), BadgeFound(JONAS), do.EnterPin("1"), PinChecked("ok"), do.Choose(1, "unlock"))
    after, _ = run(after, LockOutEnded("ok"), do.EnterPin("2"), PinChecked("ok"))
    assert after == Active(person=MARA, method="badge_pin")
