"""The book says that a pick left nothing: is it empty?"""

from dataclasses import replace

import pytest

from db.records.stock import Counted, CountHeld, Picked, ZeroCheckAsked, ZeroCheckEnded
from station import commands as do
from station.count_tolerance import CountTolerance
from station.faces.asks import task_ask
from station.flows import task_flow, zero_check
from station.flows.turn import Booked, BookingFailed, Finished
from tests.helpers.sample import RESIN, task, working

CONFIRM, BACK = do.Confirm(1), do.Back(1)


def run(state, *events):
    """The state after these events, and all effects."""
    effects = ()
    for event in events:
        state, more = task_flow.advance(state, event)
        effects += more
    return state, effects


def number(value):
    return do.EnterNumber(1, value)


def choose(key):
    return do.Choose(1, key)


def records_of(effects):
    return [record for effect in effects for record in effect.records]


def test_the_question_is_booked_with_the_pick_so_that_it_outlives_the_program():
    _, effects = run(working(book=5), CONFIRM)
    picked, asked = effects[0].records
    assert (type(picked), type(asked)) == (Picked, ZeroCheckAsked)
    assert (asked.tray, asked.compartment, asked.item, asked.visit) == (4, "C7", "BOLT-M8", 3)


def test_what_stays_out_beyond_what_was_asked_is_asked_about_too():
    state = working(task(quantity=5), book=6)
    _, effects = run(state, do.TookMore(1), number(7), choose("stays_out"), choose("full_pack"))
    assert [type(each) for each in records_of(effects)] == [Picked, Picked, ZeroCheckAsked]


def test_nothing_is_asked_where_stock_is_left():
    assert [type(each) for each in records_of(run(working(book=6), CONFIRM)[1])] == [Picked]


def test_a_skipped_question_stays_open():
    state, _ = run(working(book=5), CONFIRM, Booked())
    assert run(state, do.Skip(1)) == (state.at(Finished()), ())


def test_the_book_says_zero_so_the_screen_asks():
    state, _ = run(working(book=5), CONFIRM, Booked())
    assert state.step == zero_check.AskEmpty()
    _, effects = run(state, choose("yes"))
    (counted,) = effects[0].records
    assert (counted.counted, counted.reason, counted.was_blind) == (0, "zero_check", False)
    assert (effects[0].moved, effects[0].closes) == (0, False)


def test_more_came_out_than_the_book_held_so_the_screen_asks():
    state, _ = run(working(book=3), CONFIRM, Booked())
    assert state.step == zero_check.AskEmpty(-2)
    _, effects = run(state, choose("no"), number(4), number(4))
    assert effects[0].records[0].counted == 4


def test_not_empty_asks_how_many_and_back_asks_again():
    state, _ = run(working(book=5), CONFIRM, Booked(), choose("no"))
    assert state.step == zero_check.AskLeft()
    assert run(state, BACK)[0].step == zero_check.AskEmpty()
    again, effects = run(state, number(2))
    assert effects == (), "the same question in the same words"
    assert task_ask(again) == task_ask(state)
    after, effects = run(again, number(2), Booked())
    (counted,) = effects[0].records
    assert (counted.counted, counted.figures) == (2, (2, 2))
    assert after.step == Finished()


HELD = replace(working(book=5), tolerance=CountTolerance(2), by="p1")


@pytest.mark.parametrize(("figures", "kind"), [((2, 2), Counted), ((3, 3), CountHeld), ((2, 1), CountHeld), ((0,), Counted)])
def test_what_is_too_far_or_differs_waits_for_somebody_else_and_the_pick_goes_on(figures, kind):
    state, _ = run(HELD, CONFIRM, Booked(), choose("no"))
    after, effects = run(state, *(number(each) for each in figures))
    (record,) = effects[0].records
    assert (type(record), record.figures, record.reason) == (kind, figures, "zero_check")
    assert (effects[0].moved, effects[0].closes) == (0, False)
    assert run(after, Booked())[0].step == Finished()


def test_who_goes_back_from_the_second_question_leaves_it_to_somebody_else():
    state, effects = run(HELD, CONFIRM, Booked(), choose("no"), number(2), BACK)
    assert effects[-1].records[0].figures == (2,)
    assert run(state, Booked())[0].step == Finished()


@pytest.mark.parametrize(("book", "kind"), [(3, Counted), (2, CountHeld)])
def test_empty_after_far_more_was_taken_than_the_book_had_waits_too(book, kind):
    state, _ = run(replace(HELD, book=book), CONFIRM, Booked())
    assert isinstance(run(state, choose("yes"))[1][0].records[0], kind)


def test_a_compartment_that_still_holds_stock_is_not_asked_about():
    assert run(working(book=6), CONFIRM, Booked())[0].step == Finished()


def test_a_failed_empty_check_asks_again_and_never_books_the_pick_twice():
    state, effects = run(working(book=5), CONFIRM, Booked(), choose("yes"), BookingFailed("D401"))
    assert state.step == zero_check.AskEmpty()
    assert [type(record) for effect in effects for record in effect.records] == [Picked, ZeroCheckAsked, Counted]


def test_other_stock_in_the_compartment_means_it_is_not_empty() -> None:
    state = replace(working(book=5), has_beside=True)
    after, _ = task_flow.advance(state, do.Confirm(1))
    after, _ = task_flow.advance(after, Booked())
    assert isinstance(after.step, Finished)


def test_a_piece_beside_a_picked_serial_is_never_counted_under_that_serial() -> None:
    state = working(book=1)
    one = replace(state.task, quantity=1, key=replace(state.task.key, serial="SN1"))
    state = replace(state, task=one, step=zero_check.AskEmpty())
    after, effects = task_flow.advance(state, do.Choose(1, "no"))
    assert isinstance(after.step, Finished)
    note, said = effects
    assert [(type(each), each.reason) for each in note.records] == [(ZeroCheckEnded, "other_serials")]
    assert said.message.code == "count_serials"


def test_what_lies_there_of_a_tracked_item_without_its_lot_is_not_counted_as_such() -> None:
    state = working(task(quantity=1, item=RESIN), book=0).at(zero_check.AskEmpty())
    after, effects = task_flow.advance(state, do.Choose(1, "no"))
    assert isinstance(after.step, Finished)
    assert [each.reason for each in effects[0].records] == ["unidentified"]
