import pytest

from station import commands as do
from station.flows import put, task_flow
from station.flows.turn import Book, Booked, BookingFailed, Finished, ScannedPlace, ScannedRight, ScannedWrong, Working
from station.task import Mode
from tests.helpers.sample import SENSOR, direct, task, working

PUT = task(Mode.PUT)


def run(state, *events):
    effects = ()
    for event in events:
        state, more = task_flow.advance(state, event)
        effects += more
    return state, effects


def number(value):
    return do.EnterNumber(1, value)


def test_confirm_books_all_of_it():
    state, effects = run(working(PUT), do.Confirm(1))
    assert (effects[0].records[0].kind, effects[0].records[0].quantity) == ("put", 5)
    assert (effects[0].moved, effects[0].closes) == (5, True)
    assert run(state, Booked())[0].step == Finished()
    assert run(state, BookingFailed("D401"))[0].step == Working()


def test_a_scan_alone_puts_one_piece():
    assert run(working(task(Mode.PUT, 1)), ScannedRight())[1]
    assert any(isinstance(effect, Book) for effect in run(working(task(Mode.PUT, 1)), ScannedPlace())[1])
    assert not any(isinstance(effect, Book) for effect in run(working(PUT), ScannedRight())[1])


def test_what_does_not_fit_is_looked_for_elsewhere():
    state, effects = run(working(PUT), do.NotEnough(1), number(2), do.Choose(1, "no_space"))
    assert (effects[0].records[0].quantity, effects[0].moved, effects[0].closes) == (2, 2, False)
    assert run(state, Booked())[0].step == Finished(missing=3, reason="no_space")


def test_fewer_than_told_ends_the_line_short():
    state, _ = run(working(PUT), do.NotEnough(1), number(2), do.Choose(1, "fewer_here"), Booked())
    assert state.step == Finished(missing=3, is_given_up=True, reason="fewer_here")


def test_nothing_fits_and_nothing_is_booked():
    state, effects = run(working(PUT), do.NotEnough(1), number(0), do.Choose(1, "no_space"))
    assert (state.step, effects) == (Finished(missing=5, reason="no_space"), ())


def test_elsewhere_sends_the_whole_task_to_another_place():
    assert run(working(PUT), do.ElsewherePut(1)) == (working(PUT).at(Finished(missing=5, reason="no_space")), ())


def test_a_part_needs_its_proof_too():
    state, effects = run(working(task(Mode.PUT, item=SENSOR)), do.NotEnough(1), number(2))
    assert state.step == Working()
    assert effects[0].message.code == "scan_first"


@pytest.mark.parametrize("command", [do.Confirm(1), do.NotEnough(1), do.ElsewherePut(1), do.CountHere(1)])
def test_nothing_gets_around_a_wrong_scan(command):
    locked, _ = run(working(PUT), ScannedWrong("NUT-M8"))
    assert task_flow.advance(locked, command) == (locked, ())


def test_an_unreadable_label_is_flagged_in_the_booking():
    locked, _ = run(working(PUT), ScannedWrong("NUT-M8"))
    _, effects = run(locked, do.LabelUnreadable(1), do.EnterText(1, "LTM8"), do.Confirm(1))
    assert effects[-1].records[0].proof == "unreadable"


def test_back_leaves_every_question_without_a_booking():
    for answers in ((do.NotEnough(1),), (do.NotEnough(1), number(2)), (do.LabelUnreadable(1),)):
        assert run(working(PUT), *answers, do.Back(1)) == (working(PUT), ())


def test_a_direct_put_carries_its_reason():
    assert run(working(direct(Mode.PUT)), do.Confirm(1))[1][0].records[0].reason == "urgent_need"


def test_a_failed_part_asks_why_again():
    state, _ = run(working(PUT), do.NotEnough(1), number(2), do.Choose(1, "no_space"), BookingFailed("D401"))
    assert state.step == put.AskWhy(2)
