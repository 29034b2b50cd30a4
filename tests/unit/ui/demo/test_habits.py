"""The scripted operator's habits: the same seed makes the same mistakes, another seed others, in about the right number."""

from __future__ import annotations

import pytest

from ui.demo import habits
from ui.demo.habits import EvenHabits, Habits

LINES = [(f"P-{number}", line) for number in range(500) for line in (1, 2)]


def test_same_seed_makes_the_same_mistakes() -> None:
    first, second = Habits(7), Habits(7)
    assert [first.skip(*each) for each in LINES] == [second.skip(*each) for each in LINES]


def test_other_seed_makes_other_mistakes() -> None:
    assert [Habits(7).wrong_scan(*each) for each in LINES] != [Habits(8).wrong_scan(*each) for each in LINES]


@pytest.mark.parametrize(
    ("share", "habit"),
    [
        (habits.WRONG_SCAN, Habits.wrong_scan),
        (habits.SHORT, Habits.short),
        (habits.DOUBLE_TAP, Habits.double_tap),
        (habits.SKIP, Habits.skip),
        (habits.WALKS_AWAY, Habits.walks_away),
        (habits.SCANS_FIRST, Habits.scans_first),
    ],
)
def test_each_mistake_is_made_about_as_often_as_said(share: float, habit: object) -> None:
    assert callable(habit)
    found = sum(habit(Habits(7), *each) for each in LINES) / len(LINES)
    assert found == pytest.approx(share, abs=0.04)
    assert found > 0


def test_draws_of_one_line_are_independent() -> None:
    both = sum(Habits(7).wrong_scan(*each) and Habits(7).double_tap(*each) for each in LINES) / len(LINES)
    assert both == pytest.approx(habits.WRONG_SCAN * habits.DOUBLE_TAP, abs=0.02)


def test_choice_stays_in_its_bounds() -> None:
    assert {Habits(3).choose(*each, "reason", count=4) for each in LINES} == {0, 1, 2, 3}


def test_thinking_takes_a_persons_time() -> None:
    assert all(0.8 <= Habits(1).think_s(*each, "task") <= 2.4 for each in LINES)


def test_an_even_person_makes_no_mistake_and_is_always_as_fast() -> None:
    even = EvenHabits(7)
    assert not any(even.skip(*each) or even.short(*each) or even.scans_first(*each) for each in LINES)
    assert {even.think_s(*each, "task") for each in LINES} == {habits.EVEN_LINE_S}
