from dataclasses import replace

import pytest

from db.records.stock import Counted, CountHeld, CountOfferPassed
from station import commands as do
from station.count_tolerance import CountTolerance
from station.faces.asks import task_ask
from station.flows import count, task_flow
from station.flows.turn import Book, Booked, BookingFailed, Finished, Working
from station.flows.zero_check import AskEmpty
from station.task import Mode
from station.values import CountSaid, HeldCount, StockKey
from tests.helpers.fake_store import NOON
from tests.helpers.sample import METER, RESIN, task, working

COUNT = working(task(Mode.COUNT, 0), book=12)


def run(state, *numbers):
    effects = ()
    for value in numbers:
        state, more = task_flow.advance(state, do.EnterNumber(1, value))
        effects += more
    return state, effects


def counted(effects):
    return [(r.counted, r.was_blind) for effect in effects if isinstance(effect, Book) for r in effect.records]


def test_the_books_figure_is_booked_at_once():
    state, effects = run(COUNT, 12)
    assert counted(effects) == [(12, True)]
    assert effects[0].closes
    assert task_flow.advance(state, Booked())[0].step == Finished()


def test_another_figure_is_asked_again_in_the_same_words_and_nothing_else_is_said():
    state, effects = run(COUNT, 10)
    assert state.step == count.AskAgain((10,))
    assert effects == ()
    assert task_ask(state) == task_ask(COUNT)


@pytest.mark.parametrize(
    ("figures", "booked"),
    [((10, 10), 10), ((10, 12), 12), ((10, 11, 11), 11), ((10, 11, 10, 10), 10), ((0, 0), 0)],
)
def test_where_none_waits_for_anybody_it_is_asked_until_two_figures_agree(figures, booked):
    assert counted(run(COUNT, *figures)[1]) == [(booked, True)]


WAITING = replace(COUNT, tolerance=CountTolerance(2), by="p1")


def records(effects):
    return [record for effect in effects if isinstance(effect, Book) for record in effect.records]


@pytest.mark.parametrize(
    ("figures", "kind"),
    [
        ((12,), Counted),  # the book's at once
        ((14, 14), Counted),  # twice the same, within the tolerance
        ((10, 10), Counted),
        ((15, 15), CountHeld),  # twice the same, beyond it
        ((9, 9), CountHeld),
        ((11, 12), CountHeld),  # the book's, but not at once
        ((11, 13), CountHeld),  # two figures, both within
    ],
)
def test_twice_the_same_is_the_count_and_anything_else_goes_to_a_different_person(figures, kind):
    state, effects = run(WAITING, *figures)
    (record,) = records(effects)
    assert (type(record), record.counted, record.figures) == (kind, figures[-1], figures)
    assert effects[-1].closes is (kind is Counted)
    after = task_flow.advance(state, Booked())[0].step
    assert after == (Finished() if kind is Counted else Finished(is_parked=True))
    assert getattr(record, "person", "p1") == "p1"


def held(*said):
    return HeldCount(place=task().place, key=COUNT.task.key, order="", line="", said=said, since=NOON)


@pytest.mark.parametrize(
    ("figures", "kind"),
    [
        ((30,), Counted),  # what somebody else stood by, however far
        ((12,), Counted),
        ((20,), None),
        ((20, 30), Counted),
        ((31,), None),  # what he said first, and did not stand by
        ((20, 20), CountHeld),
        ((13, 13), Counted),
    ],
)
def test_what_another_person_has_counted_before_settles_it(figures, kind):
    second = replace(WAITING, held=held(CountSaid("p2", (31, 30))))
    said = records(run(second, *figures)[1])
    assert [type(each) for each in said] == ([] if kind is None else [kind])


def test_nobody_agrees_with_himself():
    mine = replace(WAITING, held=held(CountSaid("p1", (30, 30))))
    assert records(run(mine, 30)[1]) == []


def test_who_passes_over_a_count_after_its_first_figure_leaves_it_to_somebody_else():
    state, effects = run(WAITING, 10)
    assert run(state)[0] == state
    _, effects = task_flow.advance(state, do.Skip(1))
    assert records(effects)[0].figures == (10,)
    assert task_flow.advance(run(COUNT, 10)[0], do.Skip(1))[0].step == Finished(was_skipped=True)


def test_a_failed_count_asks_for_the_second_figure_again():
    state, _ = run(COUNT, 10, 10)
    assert task_flow.advance(state, BookingFailed("D401"))[0].step == count.AskAgain((10,))
    assert task_flow.advance(run(COUNT, 12)[0], BookingFailed("D401"))[0].step == Working()


def test_where_the_book_has_none_it_is_asked_whether_it_is_empty_and_a_figure_goes_on_from_there():
    state = replace(WAITING, book=0).at(AskEmpty())
    _, effects = task_flow.advance(state, do.Choose(1, "yes"))
    assert [(r.counted, r.was_blind) for r in records(effects)] == [(0, False)]
    assert effects[0].closes
    after, _ = task_flow.advance(state, do.Choose(1, "no"))
    assert after.step == Working()
    assert [type(each) for each in records(run(after, 2, 2)[1])] == [Counted]
    assert task_flow.advance(state, do.Skip(1))[0].step == Finished(was_skipped=True)


def test_an_offer_is_taken_or_passed_with_one_touch():
    offer = WAITING.at(count.AskOffer())
    assert task_flow.advance(offer, do.Choose(1, "take"))[0].step == Working()
    after, (note,) = task_flow.advance(offer, do.Choose(1, "pass"))
    assert after.step == Finished()
    assert [type(each) for each in note.records] == [CountOfferPassed]
    assert task_flow.advance(offer, do.Skip(1)) == (offer.at(Finished()), ())


def test_the_record_says_when_the_person_had_seen_the_book():
    seen = working(replace(task(Mode.COUNT, 0), was_seen=True), book=12)
    assert counted(run(seen, 12)[1]) == [(12, False)]


SERIAL = working(replace(task(Mode.COUNT, 0, item=METER), key=StockKey(item=METER.code, serial="S1")), book=1)


def test_a_serial_is_there_or_not():
    for step in (Working(), count.AskAgain((0,))):
        state = SERIAL.at(step)
        assert task_ask(state).maximum == 1
        assert run(state, 2, 5) == (state, ())
    assert counted(run(SERIAL, 1)[1]) == [(1, True)]
    assert counted(run(SERIAL, 0, 0)[1]) == [(0, True)]


@pytest.mark.parametrize("item", [RESIN, METER])
def test_a_count_adds_no_stock_that_its_lot_or_serial_does_not_tell_apart(item):
    unnamed = working(task(Mode.COUNT, 0, item=item), book=3)
    state, effects = run(unnamed, 4)
    assert state == unnamed
    assert [each.message.code for each in effects] == ["count_unidentified"]
    assert counted(run(unnamed, 3)[1]) == [(3, True)]
    assert counted(run(unnamed, 2, 2)[1]) == [(2, True)]
    asked, _ = run(unnamed, 2)
    assert run(asked, 4)[0] == asked


@pytest.mark.parametrize("item", [RESIN, METER])
def test_where_it_waits_for_somebody_nothing_tells_that_the_figure_is_above_the_book(item):
    unnamed = replace(working(task(Mode.COUNT, 0, item=item), book=3), tolerance=CountTolerance(2), by="p1")
    state, effects = run(unnamed, 4)
    assert (state.step, effects) == (count.AskAgain((4,)), ())
    assert [type(each) for each in records(run(state, 4)[1])] == [CountHeld]
    second = replace(unnamed, held=held(CountSaid("p2", (4,))))
    assert [type(each) for each in records(run(second, 4, 4)[1])] == [CountHeld], "nobody's word adds what nothing tells apart"
