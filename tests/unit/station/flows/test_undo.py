"""Every step of the undo against everything that can happen; what a step does not name changes nothing at all."""

from pathlib import Path

import pytest

from db.records.stock import Picked
from station.flows import undo as flow
from station.flows.undo import Made, Undo, advance, held_from
from station.values import StockKey
from tests.helpers.fake_store import FakeStore
from tests.helpers.sample import BOLT, HERE, MARA, task

NOW_S = 100.0
ROOT = Path(__file__).parents[4]
PICKED = Picked(machine=HERE.machine, tray=HERE.tray, compartment=HERE.compartment, visit=3, item=BOLT.code, quantity=3)


def row(number):
    return FakeStore()._row(PICKED, MARA.person, number)


def made(**more):
    facts = {"moved": "pick", "quantity": 3, "place": HERE, "visit": 3, "keys": (StockKey(item=BOLT.code),)}
    return Made(person=MARA.person, task=task(), **(facts | more))


BOOKED = made(rows=(row(1),))
STEPS = {
    "writing": flow.Writing(),
    "writing_on": flow.Writing(NOW_S + 5),
    "open": flow.Open(NOW_S + 5),
    "open_over": flow.Open(NOW_S),
    "asking": flow.Asking(NOW_S + 100, NOW_S + 5),
    "asking_over": flow.Asking(NOW_S, NOW_S - 110),
    "undoing": flow.Undoing(),
    "past": flow.Past(flow.TRAY_LEFT),
}
EVENTS = {
    "written": flow.Written((row(2),)),
    "not_written": flow.NotWritten(),
    "followed": flow.Followed(),
    "looked": flow.Looked(),
    "gone": flow.Looked(flow.TRAY_LEFT),
    "touched": flow.Touched(),
    "lie_back": flow.Answered(flow.LIE_BACK),
    "as_booked": flow.Answered(flow.AS_BOOKED),
    "other": flow.Answered("no_such_key"),
}
OPEN, PAST, GONE = flow.Open, flow.Past, None
# (step, event) -> the kind of the next step, and what it asks for
MATRIX = {
    ("writing", "written"): (OPEN, ()),
    ("writing", "not_written"): (GONE, ()),
    ("writing_on", "written"): (OPEN, ()),
    ("writing_on", "not_written"): (PAST, ()),
    ("open", "followed"): (flow.Writing, ()),
    ("open", "gone"): (PAST, ()),
    ("open", "touched"): (flow.Asking, ()),
    ("open_over", "followed"): (flow.Writing, ()),
    ("open_over", "looked"): (PAST, ()),
    ("open_over", "gone"): (PAST, ()),
    ("open_over", "touched"): (PAST, (flow.OpenCount(flow.TIME),)),
    ("asking", "gone"): (PAST, (flow.TooLate(flow.TRAY_LEFT),)),
    ("asking", "lie_back"): (flow.Undoing, (flow.CounterBook(),)),
    ("asking", "as_booked"): (OPEN, ()),
    ("asking_over", "looked"): (PAST, (flow.TooLate(flow.TIME),)),
    ("asking_over", "gone"): (PAST, (flow.TooLate(flow.TRAY_LEFT),)),
    ("asking_over", "lie_back"): (flow.Undoing, (flow.CounterBook(),)),
    ("asking_over", "as_booked"): (PAST, ()),
    ("undoing", "written"): (GONE, (flow.TakeUpAgain(),)),
    ("undoing", "not_written"): (PAST, (flow.TooLate(flow.CHANGED),)),
    ("past", "touched"): (PAST, (flow.OpenCount(flow.TRAY_LEFT),)),
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("event", EVENTS)
def test_the_matrix(step, event):
    before = Undo(made() if step == "writing" else BOOKED, STEPS[step])
    after, effects = advance(before, EVENTS[event], NOW_S)
    if (step, event) not in MATRIX:
        assert (after, effects) == (before, ())
        return
    assert (None if after is None else type(after.step), effects) == MATRIX[step, event]


def test_the_window_is_ten_seconds_from_the_first_transaction_and_a_second_one_does_not_lengthen_it():
    first, _ = advance(Undo(made()), flow.Written((row(1),)), NOW_S)
    assert first.step == flow.Open(NOW_S + flow.WINDOW_S)
    again, _ = advance(first, flow.Followed(), NOW_S + 3)
    last, _ = advance(again, flow.Written((row(2),)), NOW_S + 4)
    assert last.step == first.step
    assert [each.id for each in last.made.rows] == ["e1", "e2"]


def test_no_is_no_and_leaves_the_rest_of_the_time():
    asking, _ = advance(Undo(BOOKED, flow.Open(NOW_S + 5)), flow.Touched(), NOW_S)
    back, effects = advance(asking, flow.Answered(flow.AS_BOOKED), NOW_S + 2)
    assert (back.step, effects) == (flow.Open(NOW_S + 5), ())


def test_what_can_never_be_undone_is_counted_from_the_start_and_holds_nothing_back():
    after, _ = advance(Undo(made(never=flow.COUNTED)), flow.Written((row(1),)), NOW_S)
    assert after.step == flow.Past(flow.COUNTED)
    assert held_from(after) is None


def test_where_nothing_was_news_to_the_store_there_is_nothing_to_undo():
    assert advance(Undo(made()), flow.Written(()), NOW_S) == (None, ())


@pytest.mark.parametrize(
    ("undo", "held"),
    [
        (None, None),
        (Undo(made()), ""),
        (Undo(BOOKED, flow.Writing(NOW_S)), "e1"),
        (Undo(BOOKED, flow.Open(NOW_S)), "e1"),
        (Undo(BOOKED, flow.Asking(NOW_S, NOW_S)), "e1"),
        (Undo(BOOKED, flow.Undoing()), "e1"),
        (Undo(BOOKED, flow.Past()), None),
    ],
)
def test_results_wait_as_long_as_it_can_be_undone(undo, held):
    assert held_from(undo) == held


def test_the_operators_page_draws_every_edge_with_its_times():
    page = (ROOT / "docs" / "operator.md").read_text(encoding="utf-8")
    start = page.index("## Undo")
    drawn = page[start : page.index("\n## ", start + 5)]
    edges = [line.strip(" |`").partition(" ")[0] for line in drawn.split("```")[1].splitlines()]
    assert [each for each in edges if len(each) == 1] == list("abcdef")
    assert f"{flow.WINDOW_S:g} s" in drawn
    assert f"{flow.ANSWER_S:g} s" in drawn
