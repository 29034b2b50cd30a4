"""A single decision from how things stand is the one that a run makes there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from station.planner.plan import plan
from station.planner.problem import Order, PolicyName, Problem
from station.planner.situation import AtBay, Situation, advise
from tests.helpers.baskets import baskets_named
from ui.bootstrap.baskets import problem_of

ALL = [PolicyName.OLDEST, PolicyName.VOTES, PolicyName.OVERLAP, PolicyName.PLANNER]


@pytest.mark.parametrize("policy", ALL)
def test_the_first_decision_is_that_of_a_run(policy: PolicyName) -> None:
    problem = problem_of(baskets_named("made"), 1, orders=40)
    done = plan(problem, policy).run
    advice = advise(Situation(problem), policy)
    assert advice.trays == {0: done.decisions[0]}
    assert [each for _, each in advice.admitted] == list(done.admissions[:8])


@pytest.mark.parametrize("policy", ALL)
def test_the_second_decision_is_that_of_a_run(policy: PolicyName) -> None:
    """While the first tray is in work: its lines are done, it is bound, the other position is empty."""
    problem = problem_of(baskets_named("made"), 1, orders=40)
    done = plan(problem, policy).run
    first, after = done.visits[0], set(done.visits[0].lines)
    left = tuple(
        replace(order, lines=tuple(item for item in order.lines if (order.id, item) not in after)) for order in problem.orders
    )
    admitted = 8 + sum(1 for order in left if not order.lines)
    turns = [done.board.orders[each.turn].id for each in done.admissions[:admitted]]
    rest = Problem(problem.machines, problem.operator, 8, problem.stock, tuple(order for order in left if order.lines))
    on_places = tuple(order.id for order in rest.orders if order.id in turns)
    took_s = 4.0 + 9.0 * len(first.lines)
    bay = {0: (AtBay(first.tray, is_bound=True), AtBay())}
    advice = advise(Situation(rest, on_places, bay, {0: 0}, first.tray, took_s), policy)
    decision = advice.trays[0]
    assert decision is not None
    assert decision.tray == done.visits[1].tray or policy is PolicyName.PLANNER  # which thinks anew, and may find better
    assert decision.tray != first.tray


def test_what_moves_is_left_alone() -> None:
    problem = Problem(
        (problem_of(baskets_named("made"), 1, orders=1).machines),
        problem_of(baskets_named("made"), 1).operator,
        8,
        {"A": (3,)},
        (Order("o", ("A",)),),
    )
    moving = {0: (AtBay(3, is_bound=True), AtBay())}
    assert advise(Situation(problem, ("o",), moving, {0: 0}, lift_s={0: 4.0}), PolicyName.VOTES).trays == {0: None}
    lying = {0: (AtBay(3), AtBay())}
    decision = advise(Situation(problem, ("o",), lying, {0: 0}), PolicyName.VOTES).trays[0]
    assert decision is not None
    assert str(decision.why) == "lying_here"
