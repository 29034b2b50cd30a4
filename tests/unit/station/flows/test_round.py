"""Lines and orders over several tasks: closed once, in the transaction of their last movement."""

from dataclasses import replace

import pytest

from db.records.orders import LineClosed, OrderClosed, OrderLeft, OrderStarted
from db.records.stock import Corrected, Picked
from station import commands as do
from station.flows import pick
from station.flows import round as rounds
from station.flows.lines import Progress
from station.flows.round_event import BookRead, FindHomes, HomesFound, OfferFound, ReadBook, StoreBack
from station.flows.turn import Book, Booked, BookingFailed, Note, Say, ScannedWrong
from station.task import Mode
from tests.helpers.sample import SCREW, direct, place, task

CONFIRM, SKIP = do.Confirm(1), do.Skip(1)
A = task(quantity=5, at=place(4, "C7"), line_asked=8)
A2 = task(quantity=3, at=place(6, "B1"), number=2, line_asked=8)
B = task(quantity=2, at=place(4, "D1"), line="2")


def begin(*tasks, lines=None, **how):
    """A round with these tasks, whose start is written."""
    asked = {(each.order, each.line): Progress(asked=each.line_asked) for each in tasks}
    state, effects = rounds.start(orders=("O1",), tasks=tasks, lines=asked | (lines or {}), **how)
    if not tasks or how.get("is_resumed"):
        return state, effects
    state, more = run(state, Booked())
    return state, effects + more


def run(state, *events):
    effects = ()
    for event in events:
        state, more = rounds.advance(state, event)
        effects += more
    return state, effects


def done(state, *events, book=20):
    """The task in hand is read and worked to the durable end of its booking."""
    return run(state, BookRead(state.task, book), *events, Booked())


def short(taken, remaining=0, reason="not_there"):
    numbers = (do.EnterNumber(1, taken), do.Choose(1, reason), do.EnterNumber(1, remaining))
    return (do.NotEnough(1), *numbers)


def records(effects):
    return [record for effect in effects if isinstance(effect, Book | Note) for record in effect.records]


def kinds(effects):
    return [record.kind for record in records(effects)]


def test_a_start_is_durable_before_the_first_book_is_read():
    lines = {(each.order, each.line): Progress(asked=each.line_asked) for each in (A, B)}
    state, effects = rounds.start(orders=("O1",), tasks=(A, A2, B), lines=lines)
    assert effects == (Book(records=(OrderStarted(order="O1"),)),)
    state, effects = run(state, BookRead(A, 20), Booked())
    assert effects == (ReadBook(A),)
    assert state.current is None


def test_only_the_last_task_closes_the_line_and_the_last_line_the_order():
    state, _ = begin(A, B, A2)
    state, effects = done(state, CONFIRM)
    assert kinds(effects) == ["picked"]
    state, effects = done(state, CONFIRM)
    assert kinds(effects) == ["picked", "line_closed"]
    state, effects = done(state, CONFIRM)
    (booking,) = [effect for effect in effects if isinstance(effect, Book)]
    closed = LineClosed(order="O1", line="1", outcome="confirmed", asked=8, done_quantity=8)
    assert booking.records[1:] == (closed, OrderClosed(order="O1"))
    assert state.is_over


def test_a_failed_booking_leaves_task_and_line_as_they_were():
    state, _ = begin(A, A2)
    state, _ = run(state, BookRead(A, 20))
    after, _ = run(state, CONFIRM, BookingFailed("D401"))
    assert after == state


def test_a_failed_booking_is_booked_once_when_it_is_confirmed_again():
    state, _ = begin(A)
    state, effects = run(state, BookRead(A, 20), CONFIRM, BookingFailed("D401"), CONFIRM, Booked())
    assert state.lines["O1", "1"].done == 5
    assert kinds(effects) == ["picked", "line_closed", "order_closed"] * 2  # asked for twice, written once
    assert state.is_over


def test_not_enough_books_both_movements_at_once_then_looks_for_the_next_home():
    state, _ = begin(A)
    state, effects = done(state, *short(3))
    (booking,) = [effect for effect in effects if isinstance(effect, Book)]
    assert [type(record) for record in booking.records] == [Picked, Corrected]
    assert effects[-1] == FindHomes(task=A, missing=2, exclude=frozenset({A.place}))
    assert state.is_searching


def test_the_next_home_is_worked_before_anything_is_reported_short():
    state, _ = begin(A)
    state, _ = done(state, *short(3))
    home = task(quantity=2, at=place(9, "A1"))
    state, effects = run(state, HomesFound(A, (home,)))
    assert [effect.message.code for effect in effects if isinstance(effect, Say)] == ["other_home"]
    assert (state.task.place, state.task.number) == (home.place, 2)
    state, effects = done(state, CONFIRM)
    assert records(effects)[1].outcome == "short"  # 3 + 2 of the 8 that the line asks: the allocation had no more
    assert records(effects)[1].done_quantity == 5


def test_a_line_is_reported_short_with_its_reason_when_no_home_is_left():
    state, _ = begin(task(quantity=5))
    state, _ = done(state, *short(3, reason="damaged"))
    state, effects = run(state, HomesFound(state.task, ()))
    closed = LineClosed(order="O1", line="1", outcome="short", asked=5, done_quantity=3, reason="damaged")
    assert records(effects) == [closed, OrderClosed(order="O1")]
    assert not state.is_over
    assert run(state, Booked())[0].is_over


def test_a_short_place_does_not_close_a_line_that_has_another_task():
    state, _ = begin(A, A2)
    state, _ = done(state, *short(3))
    state, effects = run(state, HomesFound(A, ()))
    assert records(effects) == []
    state, effects = done(state, CONFIRM)
    assert records(effects)[1] == LineClosed(order="O1", line="1", outcome="short", asked=8, done_quantity=6, reason="not_there")


def test_a_report_that_was_not_written_is_written_when_the_store_is_back_and_only_then():
    state, _ = begin(task(quantity=5))
    state, _ = done(state, *short(3))
    state, _ = run(state, HomesFound(state.task, ()))
    assert run(state, StoreBack()) == (state, ())  # its first try is still on its way
    state, effects = run(state, BookingFailed("D401"))
    assert effects == ()
    state, effects = run(state, StoreBack())
    assert kinds(effects) == ["line_closed", "order_closed"]
    assert run(state, StoreBack()) == (state, ())
    assert run(state, Booked())[0].is_over


def test_a_skipped_line_comes_back_once_at_the_end_then_stays_skipped():
    state, _ = begin(A, B, A2)
    state, _ = done(state, SKIP)
    assert [each.line for each in state.queue] == ["2", "1", "1"]
    state, _ = done(state, CONFIRM)
    state, effects = done(state, SKIP)
    assert state.is_over
    assert records(effects)[-1] == OrderLeft(order="O1", why="skipped")


def test_a_skipped_line_stays_at_the_end_when_another_line_finds_a_new_home():
    state, _ = begin(B, A, task(line="3", at=place(5, "A1")))
    state, _ = done(state, SKIP)
    state, _ = done(state, *short(0))
    state, _ = run(state, HomesFound(A, (task(at=place(7, "A1")),)))
    assert [each.line for each in state.queue][-1] == "2"


def test_a_new_home_gets_a_number_that_no_other_task_of_its_line_has():
    state, _ = begin(A, A2)
    state, _ = done(state, *short(3))
    state, _ = run(state, HomesFound(A, (task(quantity=2, at=place(9, "A1"), number=2),)))
    numbers = [each.number for each in state.queue]
    assert sorted(set(numbers)) == sorted(numbers)


def test_an_only_line_that_is_skipped_is_not_shown_again_at_once():
    state, _ = begin(B)
    state, _ = done(state, SKIP)
    assert state.is_over


def test_answers_about_another_task_change_nothing():
    state, _ = begin(A, B)
    assert run(state, BookRead(B, 99)) == (state, ())
    state, _ = run(state, BookRead(A, 20))
    assert run(state, BookRead(A, 99)) == (state, ())
    searching, _ = run(state, *short(3), Booked())
    assert run(searching, HomesFound(B, ())) == (searching, ())
    assert run(state, HomesFound(A, ())) == (state, ())


def test_nothing_is_worked_while_a_home_is_looked_for():
    state, _ = begin(A)
    state, _ = done(state, *short(3))
    for event in (CONFIRM, SKIP, ScannedWrong("X"), Booked(), BookingFailed("D401")):
        assert run(state, event) == (state, ())


def test_a_count_on_the_spot_comes_first_and_belongs_to_no_line():
    state, _ = begin(A)
    state, _ = done(state, do.CountHere(1))
    assert (state.task.mode, state.task.order, state.task.place, state.task.was_seen) == (Mode.COUNT, "", A.place, True)
    state, effects = done(state, do.EnterNumber(1, 20))
    assert kinds(effects) == ["counted"]
    assert state.task == A
    assert state.lines["O1", "1"].done == 0


def test_a_line_without_any_stock_is_closed_durably_before_the_work_begins():
    empty = {("O1", "9"): Progress(asked=4)}
    _, effects = begin(A, lines=empty, reports_lacking=True)
    closed = LineClosed(order="O1", line="9", outcome="short", asked=4, done_quantity=0, reason="no_stock")
    assert effects == (Book(records=(OrderStarted(order="O1"), closed)), ReadBook(A))


@pytest.mark.parametrize("is_resumed", [False, True])
def test_a_line_that_lacks_everything_stays_open_unless_somebody_says_so(is_resumed):
    lines = {("O1", "8"): Progress(asked=4), ("O1", "9"): Progress(asked=4, reason="damaged", is_said=True)}
    state, effects = begin(A, lines=lines, is_resumed=is_resumed)
    closed = [each for each in records(effects) if isinstance(each, LineClosed)]
    assert [(each.line, each.reason) for each in closed] == [("9", "damaged")]
    assert not state.lines["O1", "8"].is_closed


def test_a_start_with_nothing_to_do_closes_its_order_once():
    state, effects = begin(lines={("O1", "9"): Progress(asked=4)}, reports_lacking=True)
    assert kinds(effects) == ["order_started", "line_closed", "order_closed"]
    assert not state.is_over
    assert run(state, Booked())[0].is_over


def test_resumed_work_is_not_started_again():
    _, effects = begin(A, is_resumed=True)
    assert effects == (ReadBook(A),)


def test_direct_work_has_no_line_and_no_order_to_close():
    state, _ = rounds.direct(direct())
    state, effects = done(state, CONFIRM)
    assert kinds(effects) == ["picked"]
    assert state.is_over
    state, _ = rounds.direct(direct())
    state, _ = done(state, *short(3))
    assert run(state, HomesFound(direct(), ()))[0].is_over


def test_a_count_line_over_two_places_is_closed_as_confirmed_by_the_second():
    one, two = (task(Mode.COUNT, 0, at=place(4, label), number=no) for no, label in ((1, "C7"), (2, "C8")))
    state, _ = begin(one, two)
    state, effects = done(state, do.EnterNumber(1, 20))
    assert kinds(effects) == ["counted"]
    _, effects = done(state, do.EnterNumber(1, 20))
    assert records(effects)[1].outcome == "confirmed"


def test_a_count_line_of_an_item_without_any_home_ends_short():
    _, effects = begin(lines={("O1", "9"): Progress(asked=0)}, reports_lacking=True)
    closed = LineClosed(order="O1", line="9", outcome="short", asked=0, done_quantity=0, reason="no_stock")
    assert records(effects)[1] == closed


def test_a_line_that_had_all_it_asked_before_is_confirmed_without_a_task():
    _, effects = begin(lines={("O1", "9"): Progress(asked=4, done=4)}, is_resumed=True)
    assert records(effects)[0] == LineClosed(order="O1", line="9", outcome="confirmed", asked=4, done_quantity=4)


def test_leaving_while_the_lines_end_could_not_be_written_leaves_its_order_open():
    state, _ = begin(lines={("O1", "9"): Progress(asked=4)}, reports_lacking=True)
    state, _ = run(state, BookingFailed("D401"))
    assert rounds.leave(state, "left") == (OrderLeft(order="O1", why="left"),)
    state, _ = begin(task(quantity=5))
    state, _ = done(state, *short(3))
    state, _ = run(state, HomesFound(state.task, ()), BookingFailed("D401"))
    assert rounds.leave(state, "left") == (OrderLeft(order="O1", why="left"),)


def test_leaving_keeps_open_orders_open_and_says_nothing_of_closed_ones():
    state, _ = begin(A)
    assert rounds.leave(state, "left") == (OrderLeft(order="O1", why="left"),)
    state, _ = done(state, CONFIRM)
    assert rounds.leave(state, "left") == ()


# --- what a line got beyond one task's quantity -------------------------------------------------------------------------


def took(out):
    """More than asked left the compartment, and stays out."""
    return (do.TookMore(1), do.EnterNumber(1, out), do.Choose(1, "stays_out"), do.Choose(1, "cannot_be_divided"))


def test_a_later_task_asks_only_what_the_line_still_needs():
    state, _ = begin(A, B, A2)
    state, effects = done(state, *took(6))
    assert "line_closed" not in kinds(effects)
    assert [(each.line, each.quantity) for each in state.queue] == [("2", 2), ("1", 2)]


def test_a_line_that_has_all_it_asked_is_closed_and_its_later_tasks_are_dropped():
    state, _ = begin(A, B, A2)
    state, effects = done(state, *took(8))
    (booking,) = [effect for effect in effects if isinstance(effect, Book)]
    assert booking.records[-1] == LineClosed(order="O1", line="1", outcome="confirmed", asked=8, done_quantity=8)
    assert state.queue == (B,)
    state, effects = done(state, CONFIRM)
    assert kinds(effects) == ["picked", "line_closed", "order_closed"]
    assert state.is_over


def test_a_line_that_got_too_much_is_closed_once_with_the_reason():
    state, _ = begin(A, A2)
    state, effects = done(state, *took(9))
    assert kinds(effects) == ["picked", "picked", "line_closed", "order_closed"]
    assert records(effects)[2].reason == "cannot_be_divided"
    assert state.is_over


def test_the_later_tasks_stay_when_the_booking_that_would_close_the_line_fails():
    state, _ = begin(A, A2)
    before, _ = run(state, BookRead(A, 20))
    state, _ = run(before, *took(8), BookingFailed("D401"))
    assert (state.queue, state.lines) == (before.queue, before.lines)


def test_a_count_line_is_not_over_before_its_last_place():
    one, two = (task(Mode.COUNT, 0, at=place(4, label), number=no, line_asked=0) for no, label in ((1, "C7"), (2, "C8")))
    state, _ = begin(one, two)
    state, effects = done(state, do.EnterNumber(1, 20))
    assert kinds(effects) == ["counted"]
    assert state.queue == (two,)


S = task(quantity=35, item=SCREW, line_asked=70)
S2 = task(quantity=35, item=SCREW, at=place(6, "B1"), number=2, line_asked=70)


def test_only_the_last_task_of_a_line_is_rounded_up_to_full_packs():
    state, _ = begin(S, S2)
    state, _ = run(state, BookRead(S, 200))
    assert pick.quantity_to_take(state.current) == 35
    state, _ = run(state, CONFIRM, Booked(), BookRead(S2, 200))
    assert pick.quantity_to_take(state.current) == 50


def test_the_last_task_is_rounded_after_what_the_line_got_elsewhere():
    """20 too many have left the first place: 15 are still to come, and the pack of 50 covers them."""
    state, _ = begin(S, S2)
    state, _ = done(state, *took(55), book=200)
    assert state.task == replace(S2, quantity=15)
    for book, takes in ((50, 50), (49, 15)):
        assert pick.quantity_to_take(run(state, BookRead(state.task, book))[0].current) == takes


def test_a_line_that_was_set_aside_is_still_rounded_only_at_its_last_task():
    state, _ = begin(S, B, S2)
    state, _ = done(state, SKIP)
    state, _ = done(state, CONFIRM)
    state, _ = run(state, BookRead(S, 200))
    assert pick.quantity_to_take(state.current) == 35


def test_the_tasks_of_other_lines_are_left_as_they_are():
    count = task(Mode.COUNT, 0, line="3", at=place(5, "A1"))
    state, _ = begin(A, count, B, A2)
    state, _ = done(state, *took(9))
    assert state.queue == (count, B)


def test_what_was_asked_of_a_full_pack_closes_its_line_without_a_reason():
    asked = task(quantity=120, item=SCREW)
    state, _ = begin(asked)
    _, effects = run(state, BookRead(asked, 450), do.NotEnough(1), do.EnterNumber(1, 120))
    assert records(effects)[1] == LineClosed(order="O1", line="1", outcome="confirmed", asked=120, done_quantity=120)


def test_a_full_pack_is_a_surplus_of_its_line_and_no_short():
    asked = task(quantity=120, item=SCREW)
    state, _ = begin(asked)
    _, effects = run(state, BookRead(asked, 450), CONFIRM)
    closed = LineClosed(order="O1", line="1", outcome="confirmed", asked=120, done_quantity=150, reason="full_pack")
    assert records(effects)[1] == closed


def test_an_order_held_while_a_count_is_looked_for_is_not_worked_on():
    """Its next tray would be turned to when the answer comes."""
    looking, _ = begin(A2)
    looking = replace(looking, offers_counts=True, offered=frozenset({4}), offering=4)
    dropped, said = rounds.drop(looking, frozenset({"O1"}))
    after, effects = rounds.advance(dropped, OfferFound(4, None))
    assert (said, after.is_over) == ((), True)
    assert effects == (Note((OrderLeft(order="O1", why="held"),)),)
