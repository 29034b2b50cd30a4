from dataclasses import replace

import pytest

from db.records.orders import LineSkipped
from db.records.stock import Corrected
from station import commands as do
from station.faces.asks import task_ask
from station.flows import pick, task_flow
from station.flows.turn import (
    Book,
    Booked,
    Booking,
    BookingFailed,
    Finished,
    NameScan,
    Note,
    Say,
    ScannedPlace,
    ScannedRight,
    ScannedWrong,
    Working,
)
from station.values import StockKey
from tests.helpers.sample import BOLT, FUSE, METER, RESIN, SCREW, SENSOR, WIRE, direct, task, working

CONFIRM, SKIP, MORE, BACK = do.Confirm(1), do.Skip(1), do.TookMore(1), do.Back(1)


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


def books(effects):
    return [effect for effect in effects if isinstance(effect, Book)]


def codes(effects):
    return [effect.message.code for effect in effects if isinstance(effect, Say)]


# --- confirm and proof -------------------------------------------------------------------------------------------------


def test_confirm_books_the_quantity_asked_with_place_visit_and_line():
    state, effects = run(working(book=20, visit=3), CONFIRM)
    (booking,) = effects
    (record,) = booking.records
    assert (record.quantity, record.tray, record.compartment, record.visit) == (5, 4, "C7", 3)
    assert (record.order, record.line, record.item, record.proof) == ("O1", "1", "BOLT-M8", "touch")
    assert (booking.moved, booking.closes) == (5, True)
    assert run(state, Booked())[0].step == Finished()


def test_a_second_confirm_while_the_first_is_booked_does_nothing():
    state, _ = run(working(), CONFIRM)
    assert task_flow.advance(state, CONFIRM) == (state, ())
    assert task_flow.advance(state, ScannedRight()) == (state, ())


def test_a_failed_booking_shows_the_task_as_it_stood():
    before = working()
    state, _ = run(before, CONFIRM, BookingFailed("D401"))
    assert state == before


def test_a_scan_alone_confirms_one_piece():
    _, effects = run(working(task(quantity=1)), ScannedRight())
    assert books(effects)[0].records[0].proof == "scan"


def test_a_scan_alone_does_not_confirm_more_than_one_piece():
    state, effects = run(working(task(quantity=2)), ScannedRight())
    assert not books(effects)
    assert codes(effects) == ["scan_accepted"]
    assert books(run(state, CONFIRM)[1])[0].records[0].proof == "scan"


def test_one_piece_of_an_item_with_decimals_is_one_unit_not_the_smallest_part():
    assert books(run(working(task(quantity=1000, item=WIRE), book=5000), ScannedRight())[1])
    assert not books(run(working(task(quantity=1, item=WIRE), book=5000), ScannedRight())[1])


def test_an_item_that_needs_a_scan_is_not_confirmed_by_touch():
    state = working(task(item=SENSOR))
    assert task_flow.advance(state, CONFIRM) == (state, ())
    assert books(run(state, ScannedRight(), CONFIRM)[1])


def test_an_item_that_needs_a_scan_each_is_booked_by_its_last_scan():
    state, effects = run(working(task(quantity=3, item=FUSE)), ScannedRight(), ScannedRight())
    assert state.scanned == 2
    assert not books(effects)
    assert task_flow.advance(state, CONFIRM) == (state, ())
    (booking,) = books(run(state, ScannedRight())[1])
    assert (booking.records[0].quantity, booking.records[0].proof) == (3, "scan_each")


def test_the_compartments_label_confirms_one_piece_and_proves_an_item_that_needs_a_scan():
    assert books(run(working(task(quantity=1)), ScannedPlace())[1])[0].records[0].proof == "scan"
    (booking,) = books(run(working(task(item=SENSOR)), ScannedPlace(), CONFIRM)[1])
    assert booking.records[0].proof == "scan"


@pytest.mark.parametrize("quantity", [1, 3])
def test_the_compartments_label_is_no_piece_of_an_item_that_needs_a_scan_each(quantity):
    state, effects = run(working(task(quantity=quantity, item=FUSE)), *[ScannedPlace()] * 4, CONFIRM)
    assert (state.scanned, books(effects)) == (0, [])
    assert set(codes(effects)) == {"scan_each"}
    assert books(run(state, *[ScannedRight()] * quantity)[1])


# --- a wrong scan ------------------------------------------------------------------------------------------------------

LOCKED, _ = run(working(task(quantity=5)), ScannedWrong("NUT-M8"))


def test_a_wrong_scan_locks_confirm_at_once_and_says_nothing_of_the_code_before_it_is_known():
    state, effects = run(working(), ScannedWrong("0004711-JONAS"))
    assert state.is_locked
    assert codes(effects) == ["not_this_item"]
    assert effects[1:] == (NameScan(state.task, "0004711-JONAS"),)
    assert "JONAS" not in repr((state, effects, ScannedWrong("0004711-JONAS")))


@pytest.mark.parametrize("command", [CONFIRM, do.NotEnough(1), MORE, do.CountHere(1)])
def test_nothing_gets_around_a_wrong_scan(command):
    assert task_flow.advance(LOCKED, command) == (LOCKED, ())


def test_a_question_that_is_left_does_not_unlock_a_wrong_scan():
    state, _ = run(LOCKED, do.LabelUnreadable(1), BACK)
    assert state.is_locked


def test_the_right_scan_unlocks():
    state, _ = run(LOCKED, ScannedRight())
    assert books(run(state, CONFIRM)[1])


@pytest.mark.parametrize("item", [BOLT, SENSOR, FUSE])
def test_the_compartments_label_unlocks(item):
    state, _ = run(working(task(quantity=5, item=item)), ScannedWrong("NUT-M8"), ScannedPlace())
    assert not state.is_locked


def test_a_skip_leaves_a_wrong_scan_behind():
    state, effects = run(LOCKED, SKIP)
    assert state.step == Finished(was_skipped=True)
    assert effects == (Note((LineSkipped(order="O1", line="1"),)),)


@pytest.mark.parametrize("typed", ["LTM8", " ltm8 ", "3931"])
def test_the_end_of_the_label_unlocks_and_flags_the_booking(typed):
    state, _ = run(LOCKED, do.LabelUnreadable(1), do.EnterText(1, typed))
    assert not state.is_locked
    assert books(run(state, CONFIRM)[1])[0].records[0].proof == "unreadable"


@pytest.mark.parametrize("cure", [ScannedRight(), ScannedPlace()])
def test_the_right_scan_counts_while_the_label_is_asked(cure):
    state, _ = run(LOCKED, do.LabelUnreadable(1), cure)
    assert (state.step, state.is_locked, state.is_flagged) == (Working(), False, False)
    one, _ = run(working(task(quantity=1)), ScannedWrong("NUT-M8"), do.LabelUnreadable(1))
    assert books(run(one, cure)[1])[0].records[0].proof == "scan"


@pytest.mark.parametrize("typed", ["", "  ", "9999", "BOLT", "TM8"])
def test_other_characters_than_the_labels_end_keep_the_lock(typed):
    state, effects = run(LOCKED, do.LabelUnreadable(1), do.EnterText(1, typed))
    assert state.is_locked
    assert codes(effects) == ["label_wrong"]


def test_an_unreadable_label_stands_for_every_scan():
    state, _ = run(working(task(quantity=3, item=FUSE)), do.LabelUnreadable(1), do.EnterText(1, "E10A"))
    assert books(run(state, CONFIRM)[1])[0].records[0].proof == "unreadable"


# --- not enough --------------------------------------------------------------------------------------------------------


def test_not_enough_asks_what_remains_and_books_pick_and_correction_together():
    state, effects = run(working(book=20), do.NotEnough(1), number(3), choose("damaged"), number(4))
    (booking,) = effects
    picked, corrected = booking.records
    assert (picked.quantity, picked.reason) == (3, "damaged")
    assert (corrected.remaining, corrected.reason) == (4, "damaged")
    assert (booking.moved, booking.closes) == (3, False)
    assert run(state, Booked())[0].step == Finished(missing=2, reason="damaged")


def test_nothing_taken_says_what_remains_and_the_store_knows_whether_the_book_is_right():
    state, effects = run(working(book=20), do.NotEnough(1), number(0), choose("not_reachable"), number(20))
    assert [(type(record), record.remaining) for record in effects[0].records] == [(Corrected, 20)]
    assert run(state, Booked())[0].step == Finished(missing=5, reason="not_reachable")


def test_nothing_taken_from_an_empty_compartment_is_a_correction_alone():
    _, effects = run(working(book=20), do.NotEnough(1), number(0), choose("not_there"), number(0))
    assert [type(record) for record in effects[0].records] == [Corrected]
    assert effects[0].moved == 0


@pytest.mark.parametrize(("reason", "left"), [("not_there", 1), ("book_wrong", 7), ("not_reachable", 0)])
def test_a_reason_that_contradicts_what_remains_is_asked_about_and_books_nothing(reason, left):
    state, effects = run(working(), do.NotEnough(1), number(3), choose(reason), number(left))
    assert effects == ()
    assert state.step == pick.AskWhich(3, reason, left)
    assert run(state, choose("remain_again"))[0].step == pick.AskRemaining(3, reason)
    assert run(state, choose("other_reason"))[0].step == pick.AskReason(3)
    assert run(state, BACK)[0].step == Working()


@pytest.mark.parametrize(
    ("reason", "left"), [("not_there", 0), ("book_wrong", 0), ("not_reachable", 2), ("damaged", 0), ("damaged", 2)]
)
def test_a_reason_that_goes_with_what_remains_is_booked(reason, left):
    _, effects = run(working(), do.NotEnough(1), number(3), choose(reason), number(left))
    assert len(books(effects)) == 1


def test_what_remains_can_be_taken_after_all_but_not_from_an_empty_compartment():
    said = (do.NotEnough(1), number(3), choose("not_there"), number(2), choose("take_rest"))
    assert run(working(), *said) == (working(), ())
    empty, _ = run(working(), do.NotEnough(1), number(3), choose("not_reachable"), number(0))
    assert run(empty, choose("take_rest")) == (empty, ())


@pytest.mark.parametrize("taken", [5, 6])
def test_not_enough_is_less_than_asked(taken):
    state, _ = run(working(), do.NotEnough(1))
    assert task_flow.advance(state, number(taken)) == (state, ())


def test_what_was_taken_needs_its_proof_too():
    state, effects = run(working(task(item=SENSOR)), do.NotEnough(1), number(3))
    assert state.step == Working()
    assert codes(effects) == ["scan_first"]
    assert run(working(task(item=SENSOR)), do.NotEnough(1), number(0))[0].step == pick.AskReason(0)


@pytest.mark.parametrize("answers", [(), (number(3),), (number(3), choose("damaged"))])
def test_back_leaves_not_enough_without_a_booking(answers):
    state, effects = run(working(), do.NotEnough(1), *answers, BACK)
    assert (state, effects) == (working(), ())


def test_a_failed_short_booking_asks_the_last_question_again():
    state, _ = run(working(), do.NotEnough(1), number(3), choose("damaged"), number(4), BookingFailed("D401"))
    assert state.step == pick.AskRemaining(3, "damaged")


# --- more than asked ---------------------------------------------------------------------------------------------------


def test_an_excess_that_goes_back_books_nothing():
    state, effects = run(working(), MORE, number(8), choose("put_back"))
    assert state == working()
    assert codes(effects) == ["excess_returned"]


def test_an_excess_that_stays_out_is_its_own_movement_with_a_reason():
    _, effects = run(working(), MORE, number(8), choose("stays_out"), choose("cannot_be_divided"))
    asked, excess = effects[0].records
    assert (asked.quantity, asked.reason) == (5, "")
    assert (excess.quantity, excess.reason) == (3, "cannot_be_divided")
    assert (effects[0].moved, effects[0].closes) == (8, True)


@pytest.mark.parametrize("out", [0, 4, 5])
def test_more_than_asked_is_more_than_asked(out):
    state, _ = run(working(), MORE)
    assert task_flow.advance(state, number(out)) == (state, ())


def test_a_full_pack_is_rounded_up_when_the_compartment_holds_it():
    _, effects = run(working(task(quantity=30, item=SCREW), book=120), CONFIRM)
    assert (effects[0].records[0].quantity, effects[0].records[0].reason) == (50, "full_pack")


def test_a_full_pack_is_not_rounded_up_beyond_the_book():
    _, effects = run(working(task(quantity=30, item=SCREW), book=40), CONFIRM)
    assert (effects[0].records[0].quantity, effects[0].records[0].reason) == (30, "")


ROUNDED = working(task(quantity=120, item=SCREW), book=450)


def test_what_was_asked_can_be_said_where_a_full_pack_is_offered_and_is_no_short():
    state, effects = run(ROUNDED, do.NotEnough(1), number(120))
    (booking,) = effects
    assert [(each.quantity, each.reason) for each in booking.records] == [(120, "")]
    assert (booking.moved, booking.closes, booking.reason) == (120, True, "")
    assert run(state, Booked())[0].step == Finished()


def test_less_than_asked_is_short_where_a_full_pack_is_offered():
    _, effects = run(ROUNDED, do.NotEnough(1), number(100), choose("damaged"), number(350))
    assert (effects[0].records[0].quantity, effects[0].closes) == (100, False)
    assert run(ROUNDED, do.NotEnough(1), number(150))[0].step == pick.AskTaken()


def test_more_than_asked_and_less_than_the_full_pack_goes_back_or_stays_out_with_a_reason():
    state, _ = run(ROUNDED, do.NotEnough(1), number(130))
    assert (state.step, pick.excess(state, 130)) == (pick.ReturnExcess(130), 10)
    assert run(state, choose("put_back"))[0] == ROUNDED
    _, effects = run(state, choose("stays_out"), choose("asked_by_person"))
    assert [(each.quantity, each.reason) for each in effects[0].records] == [(120, ""), (10, "asked_by_person")]


def test_took_more_is_more_than_what_is_offered():
    state, _ = run(ROUNDED, MORE)
    assert run(state, number(150)) == (state, ())
    state, _ = run(state, number(160))
    assert pick.excess(state, 160) == 10
    _, effects = run(state, choose("stays_out"), choose("cannot_be_divided"))
    assert [(each.quantity, each.reason) for each in effects[0].records] == [(150, "full_pack"), (10, "cannot_be_divided")]
    assert effects[0].moved == 160


# --- tracked items -----------------------------------------------------------------------------------------------------

ONE = working(replace(task(quantity=1, item=METER), key=StockKey(item=METER.code, serial="S1")), book=1)


def test_a_serial_is_taken_once_and_remains_at_most_once():
    assert run(ONE, MORE) == (ONE, ())
    state, _ = run(ONE, do.NotEnough(1), number(0), choose("damaged"))
    assert task_ask(state).maximum == 1
    assert run(state, number(2)) == (state, ())
    assert run(state, number(1), Booked())[0].step == Finished(missing=1, reason="damaged")


def test_no_more_remains_than_the_book_has_of_stock_without_its_lot():
    state, _ = run(working(task(item=RESIN), book=20), do.NotEnough(1), number(3), choose("damaged"))
    assert task_ask(state).maximum == 17
    assert run(state, number(18)) == (state, ())
    assert books(run(state, number(16))[1])[0].records[1].remaining == 16


# --- direct work and count first ---------------------------------------------------------------------------------------


def test_direct_work_carries_its_reason_and_skips_without_a_line():
    assert run(working(direct()), CONFIRM)[1][0].records[0].reason == "urgent_need"
    assert run(working(direct()), SKIP) == (working(direct()).at(Finished(was_skipped=True)), ())


def test_count_here_asks_for_a_count_before_the_task():
    assert run(working(), do.CountHere(1))[0].step == Finished(count_first=True)


def test_booking_remembers_both_ways_on():
    state, _ = run(working(), CONFIRM)
    assert state.step == Booking(before=Working(), after=Finished())
    assert state.task.item == BOLT
