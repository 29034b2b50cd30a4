"""Who works at the bay: every session against every event, and what the record says of it."""

from dataclasses import replace

import pytest

from db.records.people import HandedOver, Returned, SignedOff, SignedOn, SignOnRefused, Unattended
from station import commands as do
from station.flows.sign_on import (
    Active,
    Around,
    BadgeFound,
    BadgeShown,
    CheckPin,
    FindBadge,
    Gate,
    HandOver,
    Locked,
    NoteSignOn,
    PersonRead,
    PinChecked,
    SaySignOn,
    SignedOut,
    WentIdle,
    advance,
)
from tests.helpers.sample import JONAS, MARA, every_command

BADGE_TIME_S = 900.0
AROUND = Around(now_s=1000.0, return_by_badge_s=BADGE_TIME_S, order="O1", line="2", tray=4, has_open_work=True)
CHECKING = Gate(is_checking=True)
ASKED = Gate(candidate=MARA)
PIN_CHECKED = Gate(candidate=MARA, is_checking=True)
OK = PinChecked("ok")

AT_BADGE = {"BadgeShown"}
AT_PIN = {"BadgeShown", "EnterPin", "CancelSignOn", "WentIdle"}
# session -> the kinds of event that it answers to
TABLE = {
    SignedOut(): AT_BADGE | {"CancelSignOn"},
    SignedOut(gate=CHECKING): {"BadgeFound"},
    SignedOut(gate=ASKED): AT_PIN,
    SignedOut(gate=PIN_CHECKED): {"PinChecked"},
    SignedOut(gate=replace(ASKED, retry_at_s=1001.0)): AT_PIN - {"EnterPin"},
    Active(person=MARA): {"SignOff", "LockScreen", "WentIdle", "PersonRead"},
    Locked(owner=JONAS, since_s=500.0): AT_BADGE | {"CancelSignOn"},
    Locked(owner=JONAS, since_s=500.0, gate=CHECKING): {"BadgeFound"},
    Locked(owner=JONAS, since_s=500.0, gate=ASKED): AT_PIN,
    Locked(owner=JONAS, since_s=500.0, gate=PIN_CHECKED): {"PinChecked"},
    Locked(owner=MARA, since_s=500.0): AT_BADGE | {"CancelSignOn", "PersonRead"},
    Locked(owner=MARA, since_s=500.0, is_closed=True): AT_BADGE | {"CancelSignOn"},
    HandOver(owner=JONAS, person=MARA): {"AnswerHandOver", "WentIdle", "LockScreen", "SignOff", "PersonRead"},
}
CLOSED = PersonRead(MARA.person, is_active=False)
HAPPENED = (BadgeShown("B"), BadgeFound(MARA), BadgeFound(None), OK, PinChecked("wrong_pin"), WentIdle(), CLOSED)
EVENTS = (*every_command(), *HAPPENED)


def records(effects):
    return [record for effect in effects if isinstance(effect, NoteSignOn) for record in effect.records]


def said(effects):
    return [effect.message.code for effect in effects if isinstance(effect, SaySignOn)]


def operators(effects):
    return [effect.operator for effect in effects if isinstance(effect, NoteSignOn)]


def run(session, *events, around=AROUND):
    effects = ()
    for event in events:
        session, more = advance(session, event, around)
        effects += more
    return session, effects


@pytest.mark.parametrize(("session", "named"), TABLE.items(), ids=[type(session).__name__ for session in TABLE])
def test_a_session_answers_to_what_it_names_and_to_nothing_else(session, named):
    answered = [event for event in EVENTS if advance(session, event, AROUND) != (session, ())]
    assert answered == [event for event in EVENTS if type(event).__name__ in named]


# --- at the closed screen


def test_a_badge_identifies_and_a_pin_authenticates():
    session, effects = run(SignedOut(), BadgeShown("B"), BadgeFound(MARA))
    assert session == SignedOut(gate=ASKED)
    assert effects[0] == FindBadge("B")
    session, effects = run(session, do.EnterPin("123456"), OK)
    assert session == Active(person=MARA)
    assert effects[0] == CheckPin(MARA, "123456")
    assert records(effects) == [SignedOn(person=MARA.person, role="operator", method="badge_pin")]
    assert operators(effects) == [MARA.person]


def test_a_second_pin_while_one_is_checked_is_not_checked_too():
    session, effects = run(SignedOut(gate=ASKED), do.EnterPin("123456"), do.EnterPin("654321"))
    assert [effect for effect in effects if isinstance(effect, CheckPin)] == [CheckPin(MARA, "123456")]
    assert session.gate.is_checking


def test_a_second_badge_while_a_pin_is_checked_does_not_let_another_person_in_by_it():
    session, effects = run(SignedOut(gate=ASKED), do.EnterPin("123456"), BadgeShown("JONAS"))
    assert FindBadge("JONAS") not in effects
    assert run(session, OK)[0] == Active(person=MARA)


@pytest.mark.parametrize(
    ("person", "reason", "named"),
    [(None, "unknown_badge", ""), (replace(MARA, is_active=False), "disabled", MARA.person)],
)
def test_a_badge_that_opens_nothing_is_said_and_written_down(person, reason, named):
    session, effects = run(SignedOut(), BadgeShown("B"), BadgeFound(person))
    assert session == SignedOut()
    assert records(effects) == [SignOnRefused(person=named, reason=reason)]
    assert said(effects) == [reason]


def test_a_wrong_pin_is_written_down_and_may_be_tried_again_after_its_delay():
    session, effects = run(SignedOut(gate=PIN_CHECKED), PinChecked("wrong_pin", 8.0))
    assert records(effects) == [SignOnRefused(person=MARA.person, reason="wrong_pin")]
    assert said(effects) == ["wrong_pin_wait"]
    early = run(session, do.EnterPin("123456"), around=replace(AROUND, now_s=1007.9))
    assert early == (session, ())
    assert CheckPin(MARA, "1") in run(session, do.EnterPin("1"), around=replace(AROUND, now_s=1008.0))[1]


@pytest.mark.parametrize("verdict", ["locked", "disabled", "too_early", "store_read_only"])
def test_every_other_verdict_leaves_the_screen_closed(verdict):
    session, effects = run(SignedOut(gate=PIN_CHECKED), PinChecked(verdict))
    assert isinstance(session, SignedOut)
    assert said(effects) == [verdict]


def test_somebody_who_walks_away_from_the_keypad_is_forgotten():
    assert run(SignedOut(gate=ASKED), WentIdle())[0] == SignedOut()


# --- lock, return, hand-over


@pytest.mark.parametrize(("event", "why"), [(WentIdle(), "idle"), (do.LockScreen(), "asked")])
def test_the_screen_locks_and_the_tray_is_said_to_be_unattended(event, why):
    session, effects = run(Active(person=MARA), event)
    assert session == Locked(owner=MARA, since_s=1000.0)
    assert records(effects) == [Unattended(person=MARA.person, tray=4, why=why)]


def test_the_same_person_returns_by_badge_alone_within_the_time():
    session, effects = run(Locked(owner=MARA, since_s=1000.5 - BADGE_TIME_S), BadgeShown("B"), BadgeFound(MARA))
    assert session == Active(person=MARA, method="badge")
    assert records(effects) == [Returned(person=MARA.person, method="badge")]


def test_the_same_person_needs_the_pin_after_the_time():
    session, _ = run(Locked(owner=MARA, since_s=1000.0 - BADGE_TIME_S), BadgeShown("B"), BadgeFound(MARA))
    assert session.gate == ASKED
    session, effects = run(session, do.EnterPin("123456"), OK)
    assert session == Active(person=MARA)
    assert records(effects) == [Returned(person=MARA.person, method="badge_pin")]


def test_another_person_never_enters_by_badge_alone():
    session, _ = run(Locked(owner=JONAS, since_s=999.0), BadgeShown("B"), BadgeFound(MARA))
    assert session.gate == ASKED


def test_another_person_is_asked_before_open_work_becomes_his():
    locked = Locked(owner=JONAS, since_s=999.0, gate=PIN_CHECKED)
    session, effects = run(locked, OK)
    assert session == HandOver(owner=JONAS, person=MARA)
    assert records(effects) == [SignedOn(person=MARA.person, role="operator", method="badge_pin")]


def test_taking_over_names_both_people_and_the_line():
    session, effects = run(HandOver(owner=JONAS, person=MARA), do.AnswerHandOver(True))
    assert session == Active(person=MARA)
    handed = HandedOver(from_person=JONAS.person, to_person=MARA.person, order="O1", line="2")
    assert records(effects) == [SignedOff(person=JONAS.person), handed]


def test_a_refused_hand_over_moves_no_line():
    session, effects = run(HandOver(owner=JONAS, person=MARA), do.AnswerHandOver(False))
    assert session == Active(person=MARA)
    assert records(effects) == [SignedOff(person=JONAS.person)]


def test_without_open_work_another_person_simply_follows():
    locked = Locked(owner=JONAS, since_s=999.0, gate=PIN_CHECKED)
    session, effects = run(locked, OK, around=replace(AROUND, has_open_work=False))
    assert session == Active(person=MARA)
    assert [record.kind for record in records(effects)] == ["signed_off", "signed_on"]


def test_a_hand_over_nobody_answers_leaves_the_work_with_its_owner_who_needs_his_pin():
    session, effects = run(HandOver(owner=JONAS, person=MARA), WentIdle())
    assert records(effects) == [SignedOff(person=MARA.person)]
    session, _ = run(session, BadgeShown("J"), BadgeFound(JONAS))
    assert session.gate.candidate == JONAS


def test_no_text_of_a_session_shows_a_pin():
    assert "123456" not in repr(run(SignedOut(gate=ASKED), do.EnterPin("123456")))
    assert "123456" not in repr(do.EnterPin("123456"))
    assert "123456" not in repr(CheckPin(MARA, "123456"))


def test_no_text_of_a_session_shows_a_badge():
    assert "0009912345" not in repr(run(SignedOut(), BadgeShown("0009912345")))
    assert "0009912345" not in repr((BadgeShown("0009912345"), FindBadge("0009912345")))


# --- a person who may not work here any more ---------------------------------------------------------------------------


def test_the_open_work_of_a_person_who_was_disabled_waits_behind_the_lock():
    session, effects = advance(Active(person=MARA), CLOSED, AROUND)
    assert session == Locked(owner=MARA, since_s=1000.0, is_closed=True)
    assert records(effects) == [Unattended(person=MARA.person, tray=4, why="disabled")]
    assert said(effects) == ["person_closed"]


def test_without_open_work_a_person_who_was_disabled_is_signed_off():
    idle = replace(AROUND, has_open_work=False)
    for session in (Active(person=MARA), Locked(owner=MARA, since_s=500.0)):
        after, effects = advance(session, CLOSED, idle)
        assert (after, records(effects)) == (SignedOut(), [SignedOff(person=MARA.person)])


def test_a_badge_that_was_read_before_opens_nothing_after():
    locked = Locked(owner=MARA, since_s=990.0, gate=CHECKING, is_closed=True)
    session, _ = advance(locked, BadgeFound(MARA), AROUND)
    assert isinstance(session, Locked)
    assert session.gate.candidate == MARA


def test_who_was_disabled_at_the_question_of_the_hand_over_takes_nothing_over():
    session, effects = advance(HandOver(owner=JONAS, person=MARA), CLOSED, AROUND)
    assert session == Locked(owner=JONAS, since_s=1000.0 - BADGE_TIME_S)
    assert records(effects) == [SignedOff(person=MARA.person)]


def test_what_is_read_of_somebody_else_or_of_an_active_person_changes_nothing():
    session = Active(person=MARA)
    for event in (PersonRead(JONAS.person, is_active=False), PersonRead(MARA.person, is_active=True)):
        assert advance(session, event, AROUND) == (session, ())
