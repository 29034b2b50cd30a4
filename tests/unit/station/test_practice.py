"""The lesson of practice mode, step by step, and that no hint speaks of a button that is not there."""

from dataclasses import replace

import pytest

from station.practice import Lesson, Practice, code_to_scan, follow, hint, may_begin, may_end, must_end
from station.view.ask import AskNumber
from station.view.message import Level, Message
from station.view.sign_on import SignOnFace
from station.view.status import DeviceLight, Light
from station.view.task import TaskFace
from station.view.work import WorkFace
from tests.helpers import faces
from ui.sentences.practice import PRACTICE_LABELS

VIEWS = faces.all_views()
PICK = VIEWS["pick"]
BADGE = next(view for view in VIEWS.values() if isinstance(view.face, SignOnFace) and view.face.step == "badge")
LIST = replace(PICK, face=WorkFace(orders=(), offers=(), tray=None))
HERE = replace(PICK, flash=3)
BOOKED = replace(PICK, flash=4)
ASKED = replace(HERE, face=replace(HERE.face, ask=AskNumber(code="how_many_remain")))
SCANNED = replace(HERE, face=replace(HERE.face, scanned=1))
TRAY_STAYS = replace(LIST, face=replace(LIST.face, tray=4), flash=5)
SEEN = {
    "badge": BADGE,
    "list": replace(LIST, flash=3),
    "here": HERE,
    "scanned": SCANNED,
    "asked": ASKED,
    "booked": BOOKED,
    "tray_stays": TRAY_STAYS,
}
SHORT = Practice(Lesson.SHORT, 3, was_short=True)
# (the lesson, what is seen) -> the next lesson; what is not named stays
MATRIX = {
    **{(Lesson.SIGN_ON, seen): Lesson.START for seen in SEEN if seen != "badge"},
    **{(Lesson.START, seen): Lesson.SCAN for seen in ("here", "scanned", "asked", "booked")},
    **{(Lesson.SCAN, seen): Lesson.CONFIRM for seen in ("scanned", "booked", "tray_stays")},
    **{(Lesson.CONFIRM, seen): Lesson.SHORT for seen in ("booked", "tray_stays")},
    (Lesson.SEND_BACK, "list"): Lesson.DONE,
}


@pytest.mark.parametrize("lesson", list(Lesson))
@pytest.mark.parametrize("seen", SEEN)
def test_the_matrix(lesson, seen):
    assert follow(Practice(lesson, 3), SEEN[seen]).lesson is MATRIX.get((lesson, seen), lesson)


def test_a_short_is_learnt_when_its_last_question_was_answered_and_booked():
    asked = follow(Practice(Lesson.SHORT, 3), ASKED)
    assert asked == SHORT
    assert follow(asked, BOOKED).lesson is Lesson.SEND_BACK


def test_who_goes_back_from_its_questions_has_not_learnt_it():
    assert follow(SHORT, HERE) == Practice(Lesson.SHORT, 3)
    assert follow(follow(SHORT, HERE), BOOKED).lesson is Lesson.SHORT


@pytest.mark.parametrize(
    ("view", "lesson", "said"),
    [
        (BADGE, Lesson.SHORT, "sign_on"),
        (replace(BADGE, face=replace(BADGE.face, step="pin")), Lesson.SIGN_ON, "pin"),
        (LIST, Lesson.SHORT, "start"),
        (LIST, Lesson.DONE, "done"),
        (TRAY_STAYS, Lesson.SEND_BACK, "tray_goes"),
        (ASKED, Lesson.SHORT, "question"),
        (HERE, Lesson.SCAN, "scan"),
        (replace(HERE, face=replace(HERE.face, mode="put")), Lesson.SCAN, "scan_put"),
        (replace(HERE, face=replace(HERE.face, is_here=False)), Lesson.SCAN, "tray_comes"),
        (replace(HERE, bar=Message("e_stop", Level.STOP)), Lesson.SCAN, "read_bar"),
        (VIEWS["devices"], Lesson.SCAN, "read_bar"),
    ],
)
def test_what_is_on_the_screen_goes_before_the_lesson(view, lesson, said):
    assert hint(Practice(lesson), view) == said


@pytest.mark.parametrize("name", sorted(VIEWS))
def test_every_screen_has_a_hint_with_a_sentence(name):
    for lesson in Lesson:
        assert f"practice_hint_{hint(Practice(lesson), VIEWS[name])}" in PRACTICE_LABELS


def test_only_goods_at_the_bay_are_scanned_and_only_without_a_person_it_ends():
    assert isinstance(PICK.face, TaskFace)
    assert code_to_scan(HERE) == PICK.face.item.code
    assert code_to_scan(ASKED) == code_to_scan(LIST) == code_to_scan(replace(HERE, face=replace(HERE.face, is_here=False))) == ""
    assert may_end(BADGE)
    assert not may_end(HERE)


BUSY = {
    "the machine does not answer": replace(BADGE, lights=(DeviceLight("machine", Light.BAD),)),
    "the machine is not known yet": replace(BADGE, lights=(DeviceLight("machine", Light.WAIT),)),
    "the machine has stopped": replace(BADGE, bar=Message("e_stop", Level.STOP)),
    "a badge was scanned": replace(BADGE, face=replace(BADGE.face, step="pin")),
    "a PIN is looked up": replace(BADGE, face=replace(BADGE.face, is_checking=True)),
    "a lock-out is to be lifted": replace(BADGE, face=replace(BADGE.face, locked="Mara Keller")),
    "the store takes no bookings": replace(BADGE, is_read_only=True),
    "somebody works": PICK,
    "the work is locked": next(view for name, view in VIEWS.items() if name == "locked"),
}


@pytest.mark.parametrize("why", BUSY)
def test_practice_neither_begins_nor_stays_over_a_bay_that_is_not_calm(why):
    assert may_begin(BADGE)
    assert not may_begin(BUSY[why])
    assert must_end(BADGE, BUSY[why])


def test_practice_stays_while_the_bay_is_calm_and_goes_with_the_first_word_that_wants_somebody():
    told = replace(BADGE, token=BADGE.token + 1, bar=Message("unknown_badge", Level.ACT))
    assert not must_end(BADGE, replace(BADGE, token=BADGE.token + 1))
    assert must_end(BADGE, told)
    assert not must_end(told, told)  # it stood there when practice began


def test_a_locked_screen_of_practice_has_a_way_out():
    assert may_end(VIEWS["locked"])
