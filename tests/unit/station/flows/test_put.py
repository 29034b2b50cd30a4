from dataclasses import replace

import pytest

from station import commands as do
from station.flows import identity, put, task_flow
from station.flows.turn import (
    Book,
    Booked,
    BookingFailed,
    CheckCode,
    CodeChecked,
    Finished,
    ScannedPlace,
    ScannedRight,
    ScannedWrong,
    Working,
)
from station.task import Mode
from station.values import StockKey
from tests.helpers.sample import METER, RESIN, SENSOR, direct, place, task, working

PUT = task(Mode.PUT)


def run(state, *events):
    """A lot or serial that is said turns out to be nobody's badge."""
    effects = ()
    for event in events:
        state, more = task_flow.advance(state, event)
        for check in [each for each in more if isinstance(each, CheckCode)]:
            state, more = task_flow.advance(state, CodeChecked(check, is_badge=False))
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


@pytest.mark.parametrize("cure", [ScannedRight(), ScannedPlace()])
def test_the_right_scan_counts_while_the_label_is_asked(cure):
    state, _ = run(working(PUT), ScannedWrong("NUT-M8"), do.LabelUnreadable(1), cure)
    assert (state.step, state.is_locked, state.is_flagged) == (Working(), False, False)


def test_back_leaves_every_question_without_a_booking():
    for answers in ((do.NotEnough(1),), (do.NotEnough(1), number(2)), (do.LabelUnreadable(1),)):
        assert run(working(PUT), *answers, do.Back(1)) == (working(PUT), ())


def test_a_direct_put_carries_its_reason():
    assert run(working(direct(Mode.PUT)), do.Confirm(1))[1][0].records[0].reason == "urgent_need"


def test_a_failed_part_asks_why_again():
    state, _ = run(working(PUT), do.NotEnough(1), number(2), do.Choose(1, "no_space"), BookingFailed("D401"))
    assert state.step == put.AskWhy(2)


# --- tracked items -----------------------------------------------------------------------------------------------------

CONFIRM, BACK = do.Confirm(1), do.Back(1)
LOT = working(task(Mode.PUT, item=RESIN))
SERIALS = replace(working(task(Mode.PUT, 2, item=METER)), known_serials={"S9": place(6, "D1")})


def text(value):
    return do.EnterText(1, value)


def put_rows(effects):
    books = [effect for effect in effects if isinstance(effect, Book)]
    return [(each.quantity, each.lot, each.serial) for effect in books for each in effect.records]


def said(effects):
    return [effect.message.code for effect in effects if not isinstance(effect, Book)]


@pytest.mark.parametrize("of", [task(Mode.PUT, item=RESIN), direct(Mode.PUT, item=RESIN)])
def test_the_lot_is_asked_before_anything_is_booked(of):
    state, effects = run(working(of), CONFIRM)
    assert (state.step, effects) == (identity.AskLot(5, of.reason), ())
    state, effects = run(state, text(" L7 "))
    assert put_rows(effects) == [(5, "L7", "")]
    assert effects[0].records[0].reason == of.reason
    assert run(state, Booked())[0].step == Finished()


def test_the_lot_that_the_order_names_is_not_asked():
    named = replace(LOT.task, key=StockKey(item=RESIN.code, lot="L1"))
    assert put_rows(run(working(named), CONFIRM)[1]) == [(5, "L1", "")]


def test_the_lot_of_a_part_is_asked_too():
    state, _ = run(LOT, do.NotEnough(1), number(2), do.Choose(1, "no_space"))
    assert state.step == identity.AskLot(2, "no_space")
    state, effects = run(state, text("L7"), Booked())
    assert put_rows(effects) == [(2, "L7", "")]
    assert state.step == Finished(missing=3, reason="no_space")


def test_nothing_is_asked_where_nothing_went_in():
    assert run(LOT, do.NotEnough(1), number(0), do.Choose(1, "no_space"))[0].step == Finished(missing=5, reason="no_space")


def test_each_piece_has_its_serial_and_its_own_record_in_one_booking():
    state, effects = run(SERIALS, CONFIRM, text("S1"))
    assert (state.step, effects) == (identity.AskSerial(2, number=2), ())
    state, effects = run(state, text("S2"))
    assert put_rows(effects) == [(1, "", "S1"), (1, "", "S2")]
    (booking,) = effects
    assert (booking.moved, booking.closes) == (2, True)


def test_pieces_are_counted_in_stock_units():
    reel = replace(METER, decimals=2)
    state, _ = run(working(task(Mode.PUT, 200, item=reel)), CONFIRM, text("S1"))
    assert put_rows(run(state, text("S2"))[1]) == [(100, "", "S1"), (100, "", "S2")]
    asking, _ = run(working(task(Mode.PUT, 200, item=reel)), do.NotEnough(1))
    assert run(asking, number(150)) == (asking, ())


def test_a_scan_that_proves_one_piece_asks_for_its_serial():
    state, effects = run(working(task(Mode.PUT, 1, item=METER)), ScannedRight())
    assert (state.step, effects) == (identity.AskSerial(1), ())


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("S9", "serial_known"),
        ("S1", "serial_twice"),
        ("METER-2", "item_code_given"),
        ("", "not_a_code"),
        ("BLT-M1-4", "not_a_code"),
        ("S\x1d2", "not_a_code"),
        ("S" * 51, "not_a_code"),
    ],
)
def test_what_is_no_serial_of_this_piece_is_refused_and_asked_again(typed, code):
    state, _ = run(SERIALS, CONFIRM, text("S1"))
    after, effects = run(state, text(typed))
    assert (after, said(effects)) == (state, [code])
    if code == "serial_known":
        assert effects[0].message.params == {"serial": "S9", "machine": "M1", "tray": 6, "compartment": "D1"}


def test_a_lot_may_have_come_before_but_is_not_the_code_of_the_item():
    state, _ = run(LOT, CONFIRM)
    assert said(run(state, text("RESIN-X"))[1]) == ["item_code_given"]


@pytest.mark.parametrize("asking", [LOT, SERIALS])
def test_a_badge_is_no_lot_and_no_serial_and_the_question_stays(asking):
    state, _ = run(asking, CONFIRM)
    waiting, effects = task_flow.advance(state, text("]C00009912345 "))
    assert effects == (CheckCode(state.task, "0009912345"),)
    assert waiting.step == state.step
    after, effects = task_flow.advance(waiting, CodeChecked(effects[0], is_badge=True))
    assert (after, said(effects)) == (state, ["badge_not_needed"])
    assert "0009912345" not in f"{waiting} {effects} {text('0009912345')} {CheckCode(state.task, '0009912345')}"


def test_a_verdict_on_what_was_taken_back_means_nothing():
    state, _ = run(LOT, CONFIRM)
    late = CodeChecked(CheckCode(state.task, "L7"), is_badge=False)
    waiting, _ = task_flow.advance(state, text("L7"))
    assert run(waiting, BACK, late) == (LOT, ())
    assert run(waiting, BACK, CONFIRM, late)[0] == state


def test_an_item_with_lot_and_serial_is_asked_for_both():
    both = replace(METER, lot_tracked=True)
    state, _ = run(working(task(Mode.PUT, 1, item=both)), CONFIRM)
    assert state.step == identity.AskLot(1)
    state, _ = run(state, text("L7"))
    assert state.step == identity.AskSerial(1)
    assert put_rows(run(state, text("S1"))[1]) == [(1, "L7", "S1")]
    assert run(state, BACK)[0] == working(state.task)


def test_back_takes_one_serial_back_and_then_leaves_the_question():
    state, effects = run(SERIALS, CONFIRM, text("S1"), BACK)
    assert (state.step, state.serials, said(effects)) == (identity.AskSerial(2), (), ["serial_taken_back"])
    assert run(state, BACK)[0] == SERIALS


def test_a_failed_booking_asks_for_the_last_serial_again():
    state, _ = run(SERIALS, CONFIRM, text("S1"), text("S2"), BookingFailed("D401"))
    assert state.step == identity.AskSerial(2, number=2)
    assert put_rows(run(state, text("S3"))[1]) == [(1, "", "S1"), (1, "", "S3")]


@pytest.mark.parametrize(("taken", "left"), [("S1", ()), ("S2", ("S1",))])
def test_a_serial_that_came_in_meanwhile_is_said_and_asked_again(taken, left):
    state, _ = run(SERIALS, CONFIRM, text("S1"), text("S2"))
    state, effects = run(state, BookingFailed("D413", taken))
    assert (state.step, state.serials, said(effects)) == (identity.AskSerial(2, number=len(left) + 1), left, ["serial_meanwhile"])
    assert effects[0].message.params == {"serial": taken}


def test_the_one_serial_of_a_part_keeps_its_reason_when_it_is_asked_again():
    state, _ = run(SERIALS, do.NotEnough(1), number(1), do.Choose(1, "no_space"), text("S1"), BookingFailed("D413", "S1"))
    assert state.step == identity.AskSerial(1, "no_space")
    assert put_rows(run(state, text("S2"))[1]) == [(1, "", "S2")]


def test_a_count_on_the_spot_needs_stock_that_is_told_apart():
    assert run(LOT, do.CountHere(1)) == (LOT, ())
