from dataclasses import replace

import pytest

from station import commands as do
from station.faces.asks import task_ask
from station.flows import count, task_flow
from station.flows.turn import Book, Booked, BookingFailed, Finished, Say, Working
from station.task import Mode
from station.values import StockKey
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


def test_another_figure_is_asked_again_without_telling_the_book():
    state, effects = run(COUNT, 10)
    assert state.step == count.AskAgain(10)
    assert isinstance(effects[0], Say)
    assert 12 not in effects[0].message.params.values()


@pytest.mark.parametrize(
    ("figures", "booked"),
    [((10, 10), 10), ((10, 12), 12), ((10, 11, 11), 11), ((10, 11, 10, 10), 10), ((0, 0), 0)],
)
def test_a_different_figure_needs_a_second_time_the_same(figures, booked):
    assert counted(run(COUNT, *figures)[1]) == [(booked, True)]


def test_a_third_figure_starts_over():
    state, effects = run(COUNT, 10, 11)
    assert state.step == count.AskAgain(11)
    assert counted(effects) == []


def test_back_starts_the_count_over():
    state, _ = run(COUNT, 10)
    assert task_flow.advance(state, do.Back(1)) == (COUNT, ())


def test_a_failed_count_asks_for_the_second_figure_again():
    state, _ = run(COUNT, 10, 10)
    assert task_flow.advance(state, BookingFailed("D401"))[0].step == count.AskAgain(10)
    assert task_flow.advance(run(COUNT, 12)[0], BookingFailed("D401"))[0].step == Working()


def test_the_record_says_when_the_person_had_seen_the_book():
    seen = working(replace(task(Mode.COUNT, 0), was_seen=True), book=12)
    assert counted(run(seen, 12)[1]) == [(12, False)]


SERIAL = working(replace(task(Mode.COUNT, 0, item=METER), key=StockKey(item=METER.code, serial="S1")), book=1)


def test_a_serial_is_there_or_not():
    for step in (Working(), count.AskAgain(0)):
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
