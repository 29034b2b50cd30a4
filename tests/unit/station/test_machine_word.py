"""A machine that can tell which tray is at its opening has the last word, when it stands and is ready."""

from dataclasses import replace

import pytest

from hardware.values import LiftStatus, MotionResult, Outcome
from station import interlocks
from station.custody import Custody, Empty, Here, NotKnown, Verb, Word, asks_for_tray, remembered, touched, unproven
from station.machine_word import asked, told
from station.motions import begin, ended, late
from station.values import BayMemory

START = Custody(machine="M1", opening="SH1-1", where=Empty(), is_linked=True, last_command=40, visits={4: 2}, reports_tray=True)
AT_BAY = replace(START, where=Here(4, 2), lit="C7", is_proven=True)


def lost(verb):
    """A motion of tray 4 whose end nobody saw, and the question to the machine on its way."""
    moving = begin(START if verb is Verb.FETCH else AT_BAY, verb, 4, "C9", 5.0)
    after, _ = ended(moving, MotionResult(command_id=41, outcome=Outcome.UNKNOWN))
    assert after.word is Word.DUE
    return asked(after)


def says(custody, tray):
    return told(custody, custody.question, LiftStatus(ready=True, tray=tray))


def facts(record):
    outcome = getattr(record, "outcome", "")
    return (outcome, record.tray, record.visit, record.how)


@pytest.mark.parametrize(
    ("verb", "tray", "where", "records"),
    [
        (Verb.FETCH, 4, Here(4, 3), [("done", 4, 3, "status")]),
        (Verb.FETCH, None, Empty(), [("not_done", 4, 0, "status"), ("", None, 0, "machine")]),
        (Verb.FETCH, 9, Here(9, 1), [("not_done", 4, 0, "status"), ("", 9, 1, "machine")]),
        (Verb.STORE, None, Empty(), [("done", 4, 0, "status")]),
        (Verb.STORE, 4, Here(4, 2), [("not_done", 4, 0, "status"), ("", 4, 2, "machine")]),
        (Verb.STORE, 9, Here(9, 1), [("done", 4, 0, "status"), ("", 9, 1, "machine")]),
        (Verb.POINT, 4, Here(4, 2), [("", 4, 2, "machine")]),
        (Verb.POINT, None, Empty(), [("", None, 0, "machine")]),
    ],
)
def test_the_machine_says_what_became_of_a_motion(verb, tray, where, records):
    after, told_of = says(lost(verb), tray)
    assert (after.where, after.is_proven, after.needs_touch, after.lit) == (where, True, True, "")
    assert [facts(each) for each in told_of] == records
    assert not after.is_checking


@pytest.mark.parametrize(
    ("before", "tray", "where", "records"),
    [
        (unproven(AT_BAY), 4, Here(4, 2), [("", 4, 2, "machine")]),
        (unproven(AT_BAY), 9, Here(9, 1), [("", 9, 1, "machine")]),
        (unproven(AT_BAY), None, Empty(), [("", None, 0, "machine")]),
        (unproven(START), 4, Here(4, 3), [("", 4, 3, "machine")]),
        (unproven(START), None, Empty(), []),
        (unproven(replace(START, where=NotKnown())), 4, Here(4, 3), [("", 4, 3, "machine")]),
    ],
)
def test_the_machine_names_what_stands_at_an_opening_nobody_watched(before, tray, where, records):
    after, told_of = says(asked(before), tray)
    assert (after.where, after.is_proven, after.needs_touch) == (where, True, True)
    assert [facts(each) for each in told_of] == records


def test_a_touch_lives_through_an_answer_that_is_no_news_and_not_through_one_that_is():
    waiting = touched(asked(unproven(AT_BAY)))
    assert not says(waiting, 4)[0].needs_touch
    assert says(waiting, 9)[0].needs_touch


@pytest.mark.parametrize(
    ("status", "why"),
    [
        (LiftStatus(ready=True, tray=4, is_moving=True), "machine_moves"),
        (LiftStatus(ready=False, tray=4), "machine_not_ready"),
        (LiftStatus(ready=True, tray=4, safety_code="A-213"), "machine_not_ready"),
    ],
)
def test_a_machine_that_moves_or_is_not_ready_has_no_word_yet_and_a_touch_before_it_is_none(status, why):
    custody = touched(lost(Verb.FETCH))
    after, records = told(custody, custody.question, status)
    assert records == ()
    assert (after.where, after.word, after.not_yet, after.needs_touch) == (custody.where, Word.ASKED, why, True)
    assert interlocks.may_work(after, 4) == interlocks.may_move(after) == "checking"


def test_a_status_that_cannot_be_read_leaves_the_question_to_a_person_until_the_next_touch():
    custody = lost(Verb.FETCH)
    assert not asks_for_tray(custody)
    after, records = told(custody, custody.question, None)
    assert (records, after.where, after.is_checking) == ((), custody.where, False)
    assert asks_for_tray(after)
    assert touched(after).word is Word.DUE


@pytest.mark.parametrize("number", [0, 2])
def test_an_answer_to_another_question_says_nothing(number):
    custody = lost(Verb.FETCH)
    assert told(custody, number, LiftStatus(ready=True, tray=4)) == (custody, ())


def test_an_answer_from_before_a_lost_line_says_nothing():
    custody = asked(unproven(AT_BAY))
    gone = unproven(custody)
    assert told(gone, custody.question, LiftStatus(ready=True, tray=4)) == (gone, ())


def test_a_command_that_is_done_after_all_sends_the_question_again():
    after, _ = says(lost(Verb.FETCH), None)
    again, _ = late(after, MotionResult(command_id=41, outcome=Outcome.DONE, tray=4))
    assert (again.where, again.word) == (NotKnown(Verb.FETCH, 4, 41), Word.DUE)


def test_after_a_start_the_machine_is_asked_and_one_that_cannot_tell_is_not():
    memory = BayMemory(machine="M1", opening="SH1-1", is_known=True, tray=4, visit=2, open_motion=None, last_command_id=40)
    assert remembered(memory, {}, reports_tray=True).is_checking
    assert not remembered(memory, {}).is_checking
    assert not unproven(replace(AT_BAY, reports_tray=False)).is_checking
