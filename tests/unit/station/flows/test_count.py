from dataclasses import replace

import pytest

from station import commands as do
from station.flows import count, task_flow
from station.flows.turn import Book, Booked, BookingFailed, Finished, Say, Working
from station.task import Mode
from tests.helpers.sample import task, working

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
