"""The policies by name, and which one stands behind `auto`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from station.planner.baselines import LineByLine, Swept
from station.planner.outlook import Weights
from station.planner.planned import Planned
from station.planner.problem import PolicyName, Problem
from station.planner.rolling import Oldest, Votes, by_overlap
from station.planner.scene import Policy
from station.planner.urgency import Guarded

OVERLAP_WINDOW = 32  # as published for this rule
WIDEST_WINDOW = 200  # of orders that wait, for the planner where no rule binds it

TRIED = (Weights(), Weights(rest_s=8.0), Weights(rest_s=4.0, begun_s=3.0), Weights(usual=0.5))

POLICIES: Mapping[PolicyName, Callable[[Problem], Policy]] = {
    PolicyName.FCFS: lambda problem: LineByLine(),
    PolicyName.ORDER: lambda problem: Swept(1),
    PolicyName.WAVE: lambda problem: Swept(problem.places),
    PolicyName.OLDEST: lambda problem: Oldest(),
    PolicyName.VOTES: lambda problem: Votes(),
    PolicyName.OVERLAP: lambda problem: Votes(by_overlap(OVERLAP_WINDOW)),
    PolicyName.PLANNER: lambda problem: planner(problem),
    PolicyName.AUTO: lambda problem: auto(problem)[0],
}


def planner(problem: Problem, weights: Weights | None = None) -> Policy:
    """The beam; under a bound on displacement it looks no further than an order may move."""
    most = problem.rules.max_displacement
    window = WIDEST_WINDOW if most is None else min(WIDEST_WINDOW, most + problem.places)
    return Guarded(Planned(window=window, weights=weights))


def auto(problem: Problem) -> tuple[Policy, ...]:
    """What fits the rules, the best of them to be found by a forecast. A strict sequence is worked oldest first: everything else
    leaves finished orders on the places. Where orders still come, a forecast would look into the future: one planner."""
    if problem.rules.sequence:
        return (Guarded(Oldest()),)
    if len(problem.machines) > 1:
        return (Guarded(Votes(by_overlap(WIDEST_WINDOW))),)
    if any(order.released_s > 0 for order in problem.orders):
        return (planner(problem),)
    return tuple(planner(problem, weights) for weights in TRIED)
