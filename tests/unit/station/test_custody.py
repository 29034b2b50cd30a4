"""What is known of the opening after everything that a motion, the log and a person can say."""

from dataclasses import replace

import pytest

from hardware.errors import MOTION_BAD_REQUEST, MOTION_BUSY, MOTION_CANCELLED, MOTION_OPENING_OCCUPIED
from hardware.values import MotionResult, Outcome
from station.custody import Custody, Empty, Here, NotKnown, Verb, remembered, told, touched, unproven, why_not_known
from station.motions import begin, ended, late, started
from station.values import BayMemory, OpenMotion

DONE, NOT_DONE, UNKNOWN = Outcome.DONE, Outcome.NOT_DONE, Outcome.UNKNOWN
START = Custody(machine="M1", opening="SH1-1", where=Empty(), is_linked=True, last_command=40, visits={4: 2})
AT_BAY = replace(START, where=Here(4, 2), lit="C7", is_proven=True)


def moving(verb, tray=4, *, at=None):
    before = at or (START if verb is Verb.FETCH else AT_BAY)
    return begin(before, verb, tray, "C9", 5.0)


def result(outcome, *, command=41, tray=None, code=""):
    return MotionResult(command_id=command, outcome=outcome, tray=tray, code=code, is_lit=True)


# --- one command in flight ---------------------------------------------------------------------------------------------


def test_each_command_takes_the_next_id_and_the_light_is_off_before_a_tray_leaves():
    custody = moving(Verb.STORE)
    assert (custody.motion.command, custody.last_command, custody.lit) == (41, 41, "")
    assert moving(Verb.POINT).lit == "C7"


@pytest.mark.parametrize(
    ("verb", "outcome", "where", "needs_touch", "lit"),
    [
        (Verb.FETCH, DONE, Here(4, 3), False, "C9"),
        (Verb.FETCH, NOT_DONE, Empty(), True, ""),
        (Verb.FETCH, UNKNOWN, NotKnown(Verb.FETCH, 4, 41), True, ""),
        (Verb.STORE, DONE, Empty(), False, ""),
        (Verb.STORE, NOT_DONE, Here(4, 2), True, ""),
        (Verb.STORE, UNKNOWN, NotKnown(Verb.STORE, 4, 41), True, ""),
        (Verb.POINT, DONE, Here(4, 2), False, "C9"),
        (Verb.POINT, NOT_DONE, Here(4, 2), False, ""),
        (Verb.POINT, UNKNOWN, NotKnown(Verb.POINT, 4, 41), True, ""),
    ],
)
def test_an_end_tells_where_the_tray_is(verb, outcome, where, needs_touch, lit):
    after, (record,) = ended(moving(verb), result(outcome))
    assert (after.where, after.needs_touch, after.lit, after.motion) == (where, needs_touch, lit, None)
    assert (record.command, record.verb, record.tray, record.outcome) == (41, verb, 4, outcome.value)
    assert record.visit == (after.visit if verb is not Verb.STORE else 0)


def test_an_end_of_another_command_says_nothing():
    custody = moving(Verb.FETCH)
    assert ended(custody, result(DONE, command=40)) == (custody, ())
    assert ended(START, result(DONE)) == (START, ())


def test_another_tray_than_the_one_called_is_not_believed_and_a_restart_does_not_believe_it_either():
    after, (record,) = ended(moving(Verb.FETCH), result(DONE, tray=9))
    assert after.where == NotKnown(Verb.FETCH, 4, 41)
    assert after.needs_touch
    assert record.outcome == "unknown"


def test_a_refused_light_is_dark_and_is_not_tried_again_before_a_touch():
    after, _ = ended(moving(Verb.POINT), result(NOT_DONE, code=MOTION_BUSY))
    assert (after.lit, after.unlit, after.is_proven) == ("", "C9", True)
    assert touched(after).unlit == ""


@pytest.mark.parametrize("verb", [Verb.FETCH, Verb.POINT])
def test_a_machine_without_a_light_has_the_tray_there_and_the_place_dark(verb):
    after, (record,) = ended(moving(verb), replace(result(DONE), is_lit=False))
    assert (after.tray_here, after.lit, after.unlit, after.is_proven) == (4, "", "C9", True)
    assert (after.refused_code, record.outcome) == ("", "done")


# --- a motion that was begun and given up ------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", [Verb.FETCH, Verb.STORE])
@pytest.mark.parametrize(
    ("is_begun", "code", "is_lost"),
    [(False, MOTION_BUSY, False), (False, MOTION_CANCELLED, True), (True, MOTION_BUSY, True), (True, MOTION_CANCELLED, True)],
)
def test_a_tray_that_was_on_its_way_may_be_anywhere(verb, is_begun, code, is_lost):
    custody = moving(verb)
    custody = started(custody, 41, 6.0) if is_begun else custody
    after, (record,) = ended(custody, result(NOT_DONE, code=code))
    assert isinstance(after.where, NotKnown) is is_lost
    assert record.outcome == ("unknown" if is_lost else "not_done")
    assert after.needs_touch


def test_a_point_moves_no_tray_that_is_proven_to_be_here():
    after, _ = ended(started(moving(Verb.POINT), 41, 6.0), result(NOT_DONE, code=MOTION_CANCELLED))
    assert (after.where, after.is_proven, after.lit, after.needs_touch) == (Here(4, 2), False, "", True)


# --- nobody watched ----------------------------------------------------------------------------------------------------


def test_an_opening_that_nobody_watched_is_proven_again_after_a_touch():
    after = unproven(AT_BAY)
    assert (after.where, after.is_proven, after.lit, after.needs_touch) == (Here(4, 2), False, "", True)


@pytest.mark.parametrize("custody", [START, moving(Verb.STORE), moving(Verb.FETCH), replace(START, where=NotKnown())])
def test_what_moves_has_its_own_end_and_nothing_moves_after_it_without_a_touch(custody):
    after = unproven(custody)
    assert (after.where, after.motion, after.needs_touch) == (custody.where, custody.motion, True)
    assert after.is_proven is (custody.is_proven and not isinstance(custody.where, Here))


@pytest.mark.parametrize("code", [MOTION_BUSY, "L101", "L208"])
def test_a_point_that_was_never_sent_while_nobody_watched_proves_nothing(code):
    after, _ = ended(unproven(moving(Verb.POINT)), result(NOT_DONE, code=code))
    assert (after.where, after.is_proven, after.needs_touch, after.unlit) == (Here(4, 2), False, True, "")


@pytest.mark.parametrize(
    ("where", "refused", "why"),
    [
        (NotKnown(), "", "never_known"),
        (NotKnown(Verb.FETCH, 4, 41), "", "answer_lost"),
        (NotKnown(Verb.STORE, 4, 41), MOTION_CANCELLED, "given_up"),
        (NotKnown(Verb.STORE, 4, 41), MOTION_OPENING_OCCUPIED, "contradicted"),
        (NotKnown(Verb.POINT, 4, 41), MOTION_BAD_REQUEST, "contradicted"),
    ],
)
def test_it_is_said_why_nobody_knows(where, refused, why):
    assert why_not_known(replace(START, where=where, refused_code=refused)) == why


# --- a machine that contradicts ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verb", "code", "is_proven", "is_lost"),
    [
        (Verb.FETCH, MOTION_OPENING_OCCUPIED, True, True),
        (Verb.STORE, MOTION_OPENING_OCCUPIED, True, True),
        (Verb.STORE, MOTION_BAD_REQUEST, False, True),
        (Verb.STORE, MOTION_BAD_REQUEST, True, False),
        (Verb.FETCH, MOTION_BAD_REQUEST, False, False),
        (Verb.STORE, MOTION_BUSY, False, False),
        (Verb.POINT, MOTION_OPENING_OCCUPIED, False, True),
        (Verb.POINT, MOTION_BAD_REQUEST, False, True),
        (Verb.POINT, MOTION_OPENING_OCCUPIED, True, False),
        (Verb.POINT, MOTION_BAD_REQUEST, True, False),
        (Verb.POINT, MOTION_BUSY, False, False),
    ],
)
def test_a_refusal_that_contradicts_what_a_person_said_asks_again(verb, code, is_proven, is_lost):
    custody = replace(moving(verb), is_proven=is_proven)
    after, (record,) = ended(custody, result(NOT_DONE, code=code))
    assert isinstance(after.where, NotKnown) is is_lost
    assert record.outcome == ("unknown" if is_lost else "not_done")
    assert after.refused_code == code


def test_a_mistyped_tray_can_be_told_anew_after_the_machine_refused_it():
    lost = replace(START, where=NotKnown(Verb.STORE, 4, 41))
    mistyped, _ = told(lost, 99, "typed")
    refused, _ = ended(begin(mistyped, Verb.STORE, 99, "", 0.0), result(NOT_DONE, code=MOTION_BAD_REQUEST))
    assert told(refused, 4, "typed")[0].where == Here(4, 3)


# --- a tray that only a person or the log has named ----------------------------------------------------------------------

TOLD = replace(AT_BAY, lit="", is_proven=False, needs_touch=True)


def test_a_point_that_is_done_proves_the_tray_and_keeps_its_visit():
    after, _ = ended(moving(Verb.POINT, at=TOLD), result(DONE))
    assert (after.where, after.is_proven, after.lit) == (Here(4, 2), True, "C9")


def test_a_point_takes_no_touch_away_that_a_later_motion_needs():
    late_known = replace(AT_BAY, needs_touch=True)
    assert ended(moving(Verb.POINT, at=late_known), result(DONE))[0].needs_touch


def test_a_point_that_was_refused_proves_nothing_and_the_next_one_needs_a_touch():
    touched = replace(TOLD, needs_touch=False)
    after, _ = ended(moving(Verb.POINT, at=touched), result(NOT_DONE, code=MOTION_BUSY))
    assert (after.where, after.is_proven, after.needs_touch, after.lit) == (Here(4, 2), False, True, "")


def test_a_point_at_a_tray_that_was_only_told_may_have_brought_it_when_nobody_saw_its_end():
    after, (record,) = ended(moving(Verb.POINT, at=TOLD), result(UNKNOWN))
    assert after.where == NotKnown(Verb.POINT, 4, 41)
    assert (record.outcome, record.visit) == ("unknown", 0)


def test_a_point_that_is_answered_with_another_tray_is_not_believed():
    after, (record,) = ended(moving(Verb.POINT, at=TOLD), result(DONE, tray=9))
    assert (after.where, after.is_proven, record.outcome) == (NotKnown(Verb.POINT, 4, 41), False, "unknown")


# --- late answers ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("where", [NotKnown(Verb.FETCH, 4, 41), NotKnown("fetch", 4, 41)])
def test_a_late_answer_to_our_command_tells_but_a_touch_is_needed(where):
    lost = replace(START, where=where, last_command=41)
    after, (record,) = late(lost, result(DONE))
    assert after.where == Here(4, 3)
    assert after.needs_touch
    assert (record.how, record.outcome, record.visit) == ("late_answer", "done", 3)


def test_a_late_end_of_a_store_leaves_the_opening_empty():
    lost = replace(START, where=NotKnown(Verb.STORE, 4, 41))
    after, (record,) = late(lost, result(DONE))
    assert (after.where, record.visit) == (Empty(), 0)


def test_a_late_end_of_a_point_proves_the_tray_and_its_visit_goes_on():
    lost = replace(START, where=NotKnown(Verb.POINT, 4, 41))
    after, (record,) = late(lost, result(DONE))
    assert (after.where, after.is_proven, after.needs_touch) == (Here(4, 2), True, True)
    assert (record.verb, record.outcome, record.visit) == ("point", "done", 2)


@pytest.mark.parametrize("outcome", [NOT_DONE, UNKNOWN])
def test_a_late_refusal_of_a_motion_that_may_have_begun_tells_nothing(outcome):
    lost = replace(START, where=NotKnown(Verb.FETCH, 4, 41))
    after, (record,) = late(lost, result(outcome))
    assert after.where == lost.where
    assert record.outcome == "unknown"  # "not done" would make a restart believe the opening is as it was before


@pytest.mark.parametrize(
    "custody",
    [
        START,
        AT_BAY,
        moving(Verb.FETCH),
        replace(START, where=NotKnown()),
        replace(START, where=NotKnown(Verb.FETCH, 4, 40)),
    ],
)
def test_a_foreign_late_answer_says_nothing(custody):
    assert late(custody, result(DONE)) == (custody, ())


def test_a_late_answer_that_names_another_tray_is_not_believed():
    lost = replace(START, where=NotKnown(Verb.FETCH, 4, 41))
    after, (record,) = late(lost, result(DONE, tray=9))
    assert isinstance(after.where, NotKnown)
    assert record.outcome == "unknown"


# --- a person tells ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["scan", "typed"])
@pytest.mark.parametrize(
    ("lost", "tray", "where"),
    [
        (NotKnown(Verb.FETCH, 4, 41), 4, Here(4, 3)),
        (NotKnown(Verb.FETCH, 4, 41), 9, Here(9, 1)),
        (NotKnown(Verb.STORE, 4, 41), 4, Here(4, 2)),  # it never left: the visit goes on
        (NotKnown(Verb.STORE, 4, 41), 9, Here(9, 1)),
        (NotKnown(Verb.POINT, 4, 41), 4, Here(4, 2)),
        (NotKnown(Verb.POINT, 4, 41), 9, Here(9, 1)),
        (NotKnown(Verb.STORE, 7, 41), 7, Here(7, 1)),
        (NotKnown(), 4, Here(4, 3)),
        (NotKnown(Verb.FETCH, 4, 41), None, Empty()),
    ],
)
def test_a_person_says_what_is_here(lost, tray, where, how):
    after, (record,) = told(replace(START, where=lost, needs_touch=False), tray, how)
    assert after.where == where
    assert after.needs_touch
    assert not after.is_proven
    assert (record.tray, record.visit, record.how) == (tray, after.visit, how)


@pytest.mark.parametrize("custody", [START, AT_BAY, moving(Verb.FETCH)])
def test_where_the_tray_is_known_nobody_is_asked(custody):
    assert told(custody, 9, "typed") == (custody, ())


def test_visits_of_a_tray_only_grow():
    custody, seen = START, []
    for _ in range(3):
        custody, _ = ended(begin(custody, Verb.FETCH, 4, "", 0.0), result(DONE, command=custody.last_command + 1))
        seen.append(custody.visit)
        custody, _ = ended(begin(custody, Verb.STORE, 4, "", 0.0), result(DONE, command=custody.last_command + 1))
    assert seen == [3, 4, 5]


# --- the machine answers after the person has ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lost", "said", "where"),
    [
        (NotKnown(Verb.FETCH, 4, 41), None, NotKnown(Verb.FETCH, 4, 41)),  # it came after all
        (NotKnown(Verb.FETCH, 4, 41), 9, NotKnown(Verb.FETCH, 4, 41)),
        (NotKnown(Verb.FETCH, 4, 41), 4, Here(4, 3)),
        (NotKnown(Verb.STORE, 4, 41), 4, NotKnown(Verb.STORE, 4, 41)),  # it left after all
        (NotKnown(Verb.STORE, 4, 41), None, Empty()),
        (NotKnown(Verb.POINT, 4, 41), 4, Here(4, 2)),
    ],
)
def test_a_late_answer_against_a_persons_word_asks_again_and_for_it_proves(lost, said, where):
    spoken, _ = told(replace(START, where=lost), said, "typed")
    after, (record,) = late(spoken, result(DONE))
    assert (after.where, after.is_proven) == (where, not isinstance(where, NotKnown))
    assert after.needs_touch
    assert record.outcome == ("unknown" if isinstance(where, NotKnown) else "done")


def test_a_late_answer_says_nothing_once_a_newer_command_has_left():
    spoken, _ = told(replace(START, where=NotKnown(Verb.FETCH, 4, 41), last_command=41), None, "none")
    newer = begin(spoken, Verb.FETCH, 9, "", 0.0)
    assert late(newer, result(DONE)) == (newer, ())


@pytest.mark.parametrize("outcome", [NOT_DONE, UNKNOWN])
def test_a_late_refusal_changes_no_persons_word(outcome):
    spoken, _ = told(replace(START, where=NotKnown(Verb.FETCH, 4, 41)), None, "none")
    assert late(spoken, result(outcome)) == (spoken, ())


# --- after a start -----------------------------------------------------------------------------------------------------


def memory(*, is_known=True, tray=None, visit=0, motion=None):
    return BayMemory(
        machine="M1", opening="SH1-1", is_known=is_known, tray=tray, visit=visit, open_motion=motion, last_command_id=41
    )


def open_motion(verb):
    return OpenMotion(command_id=41, verb=verb, machine="M1", opening="SH1-1", tray=4)


@pytest.mark.parametrize(
    ("memory_of_bay", "where"),
    [
        (memory(is_known=False), NotKnown()),
        (memory(), Empty()),
        (memory(tray=4, visit=2), Here(4, 2)),
        (memory(motion=open_motion("fetch")), NotKnown("fetch", 4, 41)),
        (memory(tray=4, visit=2, motion=open_motion("store")), NotKnown("store", 4, 41)),
        (memory(tray=4, visit=2, motion=open_motion("point")), Here(4, 2)),
        (memory(is_known=False, motion=open_motion("point")), NotKnown("point", 4, 41)),
    ],
)
def test_a_start_knows_what_the_log_knows_and_waits_for_a_touch(memory_of_bay, where):
    custody = remembered(memory_of_bay, {4: 2})
    assert custody.where == where
    assert (custody.motion, custody.needs_touch, custody.is_linked, custody.is_proven) == (None, True, False, False)
    assert custody.last_command == 41


def test_an_answer_to_the_motion_of_an_earlier_run_is_understood():
    custody = remembered(memory(motion=open_motion("fetch")), {4: 2})
    after, (record,) = late(custody, result(DONE))
    assert after.where == Here(4, 3)
    assert record.how == "late_answer"
