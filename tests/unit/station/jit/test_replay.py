"""The replay: worked by hand where it can be, and bound to what no rule may do."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.jit.comparison import compare
from station.jit.demand import Series
from station.jit.drawn import Drawing, drawn_facts
from station.jit.facts import ItemFacts, assumptions_of
from station.jit.period_table import read_periods
from station.jit.position import Rule
from station.jit.replay import Policy, Supply, by_days, play, proposed_rule, todays_rule
from station.jit_settings import JitSettings
from tests.helpers.converters import DATA

GIVEN = assumptions_of(JitSettings())
TWO_DAYS = Supply(item="A", mean_days=2, sd_days=0, seed=1)
CARPARTS = DATA / "carparts.csv"


def test_a_rule_played_by_hand() -> None:
    """From 5 pieces, at 2 or below up to 5, two days from the supplier.

    Day 0: 3 taken, 2 left, 3 asked for. Day 1: the last 2 taken; with 3 on order nothing is asked for. Day 2: 3 come, 4 asked, 1
    waits, 6 asked for. Day 3: it waits. Day 4: 6 come, it gets its piece, 5 left.
    """
    found = play([3, 2, 4, 0, 0], Policy(rule=Rule(at=2, up_to=5)), TWO_DAYS, start=5)
    assert (found.asked, found.short, found.days_out, found.orders) == (9, 1, 2, 2)
    assert found.mean_stock == (2 + 0 + 0 + 0 + 5) / 5
    assert found.fill_rate == pytest.approx(8 / 9)
    assert found.moves == 6  # withdrawn on days 0, 1, 2 and 4, put away on days 2 and 4


def test_what_waits_is_served_first() -> None:
    found = play([4, 0, 0, 0], Policy(rule=Rule(at=1, up_to=2)), TWO_DAYS, start=2)
    assert (found.short, found.days_out) == (2, 2)


def test_without_demand_nothing_moves() -> None:
    found = play([0, 0, 0], Policy(rule=Rule(at=1, up_to=2)), TWO_DAYS, start=2)
    assert (found.moves, found.orders, found.mean_stock, found.fill_rate) == (0, 0, 2, None)


@given(
    st.lists(st.integers(min_value=0, max_value=9), min_size=1, max_size=60),
    st.integers(min_value=0, max_value=20),
    st.integers(min_value=1, max_value=20),
    st.integers(min_value=1, max_value=7),
)
def test_nothing_is_lost_and_a_higher_stock_is_never_worse(days: list[int], at: int, more: int, review: int) -> None:
    supply = Supply(item="A", mean_days=4, sd_days=2, seed=3)
    low = Policy(rule=Rule(at=at, up_to=at + more), review_days=review)
    found = play(days, low, supply, start=at + more)
    assert 0 <= found.short <= found.asked == sum(days)
    assert found == play(days, low, supply, start=at + more)
    plenty = sum(days)
    assert play(days, low, supply, start=at + more + plenty).short == 0


def test_lead_times_are_drawn_by_seed_item_and_day() -> None:
    supply = Supply(item="A", mean_days=14, sd_days=4, seed=1)
    leads = [supply.lead_days(day) for day in range(2000)]
    assert leads == [supply.lead_days(day) for day in range(2000)]
    assert sum(leads) / len(leads) == pytest.approx(14, rel=0.03)
    assert leads != [replace(supply, seed=2).lead_days(day) for day in range(2000)]
    assert Supply(item="A", mean_days=0, sd_days=0, seed=1).lead_days(0) == 1


@given(st.lists(st.integers(min_value=0, max_value=90), max_size=6), st.integers(min_value=1, max_value=31))
def test_the_days_of_a_period_have_its_demand(periods: list[int], length: int) -> None:
    days = by_days(periods, period_days=length, item="A", seed=1)
    assert len(days) == len(periods) * length
    assert [sum(days[place * length : (place + 1) * length]) for place in range(len(periods))] == periods


def test_todays_rule_is_that_of_the_facts_and_else_named_as_assumed() -> None:
    assert todays_rule(minimum=3, maximum=9, per_day=1, lead_days=5) == (Policy(rule=Rule(at=3, up_to=9)), False)
    assert todays_rule(minimum=None, maximum=9, per_day=0.5, lead_days=5) == (Policy(rule=Rule(at=5, up_to=35)), True)
    assert proposed_rule(6.2, review_days=7).rule == Rule(at=6, up_to=7)
    assert proposed_rule(6.2, review_days=7, lot=4.5).rule == Rule(at=6, up_to=11)


def test_the_proposal_knows_nothing_of_the_months_that_are_played() -> None:
    """Demand that starts with the played months: a proposal that knew of it would be larger."""
    calm = Series("A", (3, 4) * 20 + (3, 4) * 5)
    wild = Series("A", (3, 4) * 20 + (30, 40) * 5)
    facts = {"A": ItemFacts(item="A", unit_value=100, lead_time_days=7)}
    one, other = (compare([each], facts, given=GIVEN, period_days=7, last=10, seed=1).played[0] for each in (calm, wild))
    assert one.policy_proposed == other.policy_proposed
    assert other.proposal.short > one.proposal.short


def test_both_sides_are_told_in_money() -> None:
    facts = {"A": ItemFacts(item="A", unit_value=50_000, lead_time_days=7, lead_time_sd_days=0, minimum=60, maximum=90)}
    found = compare([Series("A", (10, 12) * 30)], facts, given=GIVEN, period_days=7, last=20, seed=1)
    assert (found.days, len(found.played), found.left_out, found.assumed_today) == (140, 1, (), 0)
    assert found.today.mean_stock_minor > found.proposal.mean_stock_minor > 0
    assert found.today.carrying_minor == pytest.approx(found.today.mean_stock_minor * 0.25)
    assert found.today.fill_rate == 1
    assert found.proposal.ordering_minor > 0


def test_a_cheap_item_is_asked_for_in_larger_lots_and_less_often() -> None:
    """Less stock is no end in itself: at 1.00 a piece, orders at 50.00 decide."""
    facts = {"A": ItemFacts(item="A", unit_value=100, lead_time_days=7, lead_time_sd_days=0, minimum=60, maximum=90)}
    found = compare([Series("A", (10, 12) * 30)], facts, given=GIVEN, period_days=7, last=20, seed=1)
    assert found.proposal.mean_stock_minor > found.today.mean_stock_minor
    cost = [each.avoidable_minor + each.ordering_minor for each in (found.proposal, found.today)]
    assert cost[0] < cost[1] / 4


def test_items_with_too_little_history_are_left_out_and_named() -> None:
    series = [Series("A", (1,) * 9), Series("B", (None, *(1,) * 40)), Series("C", (0,) * 50), Series("D", (0, 0, 0, 4) * 10)]
    found = compare(series, {}, given=GIVEN, period_days=7, last=5, seed=1)
    assert ([each.item for each in found.played], found.left_out) == (["D"], ("A", "B", "C"))


def test_drawn_figures_hang_on_seed_and_item_and_leave_what_is_known() -> None:
    said = {"A": ItemFacts(item="A", unit_value=5.0, lead_time_days=3.0), "B": ItemFacts(item="B", unit_value=5.0)}
    found, drawn = drawn_facts(["A", "B", "C"], said, drawing=Drawing(seed=1))
    alone, _ = drawn_facts(["C"], {}, drawing=Drawing(seed=1))
    assert (found["A"], found["B"].unit_value, found["C"]) == (said["A"], 5.0, alone["C"])
    assert drawn == ("lead_time_days", "unit_value")
    assert drawn_facts(["A"], said, drawing=Drawing(seed=1))[1] == ()
    assert drawn_facts(["C"], {}, drawing=Drawing(seed=2))[0] != alone


@pytest.mark.skipif(not CARPARTS.exists(), reason="the car parts lie beside the project")
def test_the_car_parts_are_played() -> None:
    series = read_periods(CARPARTS.read_bytes()).series
    facts, _ = drawn_facts([each.item for each in series], {}, drawing=Drawing(seed=1))
    found = compare(series, facts, given=GIVEN, period_days=365 / 12, last=12, seed=1)
    assert len(found.played) > 400
    assert len(found.played) + len(found.left_out) == 1300
    assert found.proposal.mean_stock_minor < found.today.mean_stock_minor
    again = compare(series, facts, given=GIVEN, period_days=365 / 12, last=12, seed=1)
    assert again == found
