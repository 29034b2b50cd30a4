"""The search: against exact optima, in slices that stall nobody, and the pieces beside it."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache
from itertools import permutations

import pytest

from station.planner.board import board_of, cover
from station.planner.decision import Why
from station.planner.foresight import foreseen
from station.planner.limits import may_admit, may_end
from station.planner.plan import plan
from station.planner.planned import Planned
from station.planner.problem import Carousel, Lift, Operator, Order, PolicyName, Problem, Rules
from station.planner.rolling import Votes
from station.planner.rotation import best_rotation, turned
from station.planner.run import run
from station.planner.travel import leg_s, times_of
from tests.helpers.baskets import baskets_named
from ui.bootstrap.baskets import HAND, STANDARD, problem_of
from ui.bootstrap.exact_bench import SmallSet, gap_of
from ui.bootstrap.exact_visits import NotProvenError, fewest_visits

SMALL = [
    ("groceries", SmallSet(12, 3, 2, 30)),
    ("groceries", SmallSet(18, 4, 1, 30)),
    ("groceries", SmallSet(20, 8, 1, 30)),
    ("online_retail", SmallSet(12, 4, 2, 8)),
    ("online_retail", SmallSet(16, 4, 1, 8)),
    ("made", SmallSet(12, 4, 2, 8)),
]


@pytest.mark.parametrize(("name", "small"), SMALL, ids=lambda each: getattr(each, "name", each))
def test_the_planner_is_within_one_percent_of_the_exact_optimum(name: str, small: SmallSet) -> None:
    """The published sets. The optimum opens orders in turn; the planner may choose, and is below it at times."""
    gap = gap_of(baskets_named(name), small)
    assert gap.of(PolicyName.PLANNER) <= 1.01
    assert gap.of(PolicyName.AUTO) <= 1.01
    assert gap.optimum <= gap.visits[PolicyName.OLDEST]


def test_what_takes_too_long_to_prove_is_not_called_an_optimum() -> None:
    masks = [need.mask for need in board_of(problem_of(baskets_named("made"), 1, orders=20, places=4)).needs]
    with pytest.raises(NotProvenError):
        fewest_visits(masks, 4, most_states=5)


@pytest.mark.parametrize("rules", [Rules(), Rules(sequence=True), Rules(max_displacement=6)], ids=str)
@pytest.mark.parametrize("positions", [1, 2])
def test_a_plan_to_the_end_is_worked_as_it_was_foreseen(positions: int, rules: Rules) -> None:
    """The search has the same clock as the run: all is planned, and no plan is better than what was tried before."""
    lift = replace(STANDARD, positions=positions)
    problem = problem_of(baskets_named("made"), 2, orders=30, lift=lift, rules=rules)
    policy = foreseen(problem, 200)
    assert policy is not None
    done = run(problem, policy)
    assert {each.why for each in done.decisions} == {Why.PLANNED}
    assert policy.ends_s == pytest.approx(done.took_s)
    assert done.took_s <= run(problem, Votes()).took_s


def test_what_is_still_to_come_is_not_foreseen() -> None:
    assert foreseen(problem_of(baskets_named("made"), 2, orders=30, lines_per_hour=200), 200) is None


def test_the_oracle_is_right_by_brute_force() -> None:
    masks = [0b0011, 0b0110, 0b1100, 0b1001]
    assert fewest_visits(masks, 4) == 4
    assert fewest_visits(masks, 1) == 5  # the first order's last tray is the next one's first, until the loop closes
    draw = random.Random(5)
    for _ in range(40):
        masks = [draw.randrange(1, 32) for _ in range(4)]
        assert fewest_visits(masks, 2) == _tried(tuple(masks[:2]), 2, tuple(masks))


@cache
def _tried(works: tuple[int, ...], opened: int, masks: tuple[int, ...]) -> int:
    """The same by trying every course, without any of the search's shortcuts."""
    if not works:
        return 0
    found = []
    for tray in range(5):
        if not any(mask >> tray & 1 for mask in works):
            continue
        left, at = [mask & ~(1 << tray) for mask in works if mask != 1 << tray], opened
        while len(left) < 2 and at < len(masks):
            left, at = [*left, *([rest] if (rest := masks[at] & ~(1 << tray)) else [])], at + 1
        found.append(1 + _tried(tuple(left), at, masks))
    return min(found)


def test_a_rotation_is_the_shortest_of_all() -> None:
    draw = random.Random(7)
    for _ in range(200):
        size = draw.randint(3, 24)
        start, bins = draw.randrange(size), draw.sample(range(size), draw.randint(1, min(5, size)))
        shortest = min(turned(start, each, size) for each in permutations(bins))
        ours = best_rotation(start, bins, size)
        assert set(ours) == set(bins)
        assert turned(start, ours, size) == shortest


def test_a_leg_is_a_triangle_below_two_metres_and_a_trapezoid_above() -> None:
    assert leg_s(0.0, 1.0, 0.5) == 0.0
    assert leg_s(1.0, 1.0, 0.5) == pytest.approx(2 * 2**0.5)
    assert leg_s(2.0, 1.0, 0.5) == pytest.approx(4.0)
    assert leg_s(6.0, 1.0, 0.5) == pytest.approx(8.0)
    times = times_of(STANDARD)
    assert sum(map(sum, times.exchange)) / 3600 == pytest.approx(29.96, rel=0.02)  # as published


def test_few_trays_cover_items_with_several_homes() -> None:
    homes = ((1, 2), (2, 3), (3, 4), (5,))
    assert cover(homes, range(4), 0, {}) == {5: (3,), 2: (0, 1), 3: (2,)}
    assert set(cover(((1, 2),), [0], 1 << 2, {})) == {2}  # the one that comes anyway


def test_a_second_home_saves_visits_and_every_line_is_taken_once() -> None:
    one = problem_of(baskets_named("made"), 8, orders=40)
    trays = random.Random(8)
    two = Problem(one.machines, HAND, 8, {item: (*homes, trays.randrange(60)) for item, homes in one.stock.items()}, one.orders)
    single, double = plan(one, PolicyName.OVERLAP).run, plan(two, PolicyName.OVERLAP).run
    assert len(double.visits) < len(single.visits)
    taken = sorted(line for visit in double.visits for line in visit.lines)
    assert taken == sorted((order.id, item) for order in one.orders for item in order.lines)
    assert all(visit.tray in two.stock[item] for visit in double.visits for _, item in visit.lines)


@pytest.mark.parametrize("policy", PolicyName)
def test_three_machines_and_a_pod_of_carousels_work_everything(policy: PolicyName) -> None:
    problem = problem_of(baskets_named("made"), 9, orders=30)
    lifts = (Lift(20, 0.25, 1.0, 1.0, 0.5, 4.0, 1),) * 3
    pod = (Carousel(30, 30.0, 0.4), Carousel(30, 30.0, 0.4))
    lines = sum(len(order.lines) for order in problem.orders)
    rates = []
    for machines in (lifts, pod):
        outcome = plan(Problem(machines, HAND, 8, problem.stock, problem.orders), policy)
        assert sum(len(visit.lines) for visit in outcome.run.visits) == lines
        rates.append(outcome.figures.lines_per_hour)
    assert min(rates) > 60


def test_an_order_that_is_due_goes_first() -> None:
    orders = [Order(f"o{number}", ("A",)) for number in range(5)]
    orders.append(Order("due", ("B", "C"), need_by_s=90.0))
    stock = {"A": (1,), "B": (30,), "C": (59,)}
    problem = Problem((STANDARD,), Operator(4.0, 9.0), 1, stock, tuple(orders))
    ends = [problem.orders[turn].id for turn, _ in plan(problem, PolicyName.AUTO).run.ends]
    assert ends[0] == "due"


def test_every_decision_says_why() -> None:
    done = run(problem_of(baskets_named("made"), 10, orders=20), Planned(window=200))
    assert len(done.decisions) == len(done.visits)
    assert {str(each.why) for each in done.decisions} >= {"planned"}
    assert len(done.admissions) == 20


def test_a_bound_holds_for_ends_and_places() -> None:
    assert may_end(3, 0, [0, 1, 2, 3], 3) is True
    assert may_end(3, 0, [0, 1, 2, 3], 0) is False
    assert may_end(1, 1, [0, 1], 1) is False  # the first would end at 2, two behind its turn... and may be one behind
    assert may_end(0, 1, [0, 1], 1) is True
    assert may_admit(5, [0, 5], open_orders=2, ended=0, most=2) is False
    assert may_admit(0, [0, 5], open_orders=2, ended=0, most=2) is True


def test_a_bound_of_nothing_is_first_come_first_served() -> None:
    problem = problem_of(baskets_named("made"), 11, orders=25, rules=Rules(max_displacement=0))
    assert [turn for turn, _ in plan(problem, PolicyName.AUTO).run.ends] == list(range(25))
