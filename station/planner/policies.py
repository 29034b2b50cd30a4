"""The policies by name, and which one stands behind `auto`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from station.planner.baselines import LineByLine, Swept
from station.planner.foresight import MOST_ORDERS, foreseen
from station.planner.outlook import Weights
from station.planner.planned import ADOPTED, LAST_ORDERS, Planned
from station.planner.problem import PolicyName, Problem
from station.planner.rolling import Oldest, Votes, by_overlap
from station.planner.scene import Policy
from station.planner.urgency import Guarded, Unhurried

OVERLAP_WINDOW = 32  # as published for this rule
WIDEST_WINDOW = 200  # of orders that wait, for the planner where no rule binds it

IN_SEQUENCE = Weights(kept_s=15.0)

POLICIES: Mapping[PolicyName, Callable[[Problem], Policy]] = {
    PolicyName.FCFS: lambda problem: LineByLine(),
    PolicyName.ORDER: lambda problem: Swept(1),
    PolicyName.WAVE: lambda problem: Swept(problem.places),
    PolicyName.OLDEST: lambda problem: Oldest(),
    PolicyName.VOTES: lambda problem: Votes(),
    PolicyName.OVERLAP: lambda problem: Votes(by_overlap(OVERLAP_WINDOW, counts_here=False)),
    PolicyName.PLANNER: lambda problem: planner(problem),
    PolicyName.AUTO: lambda problem: _first(problem),
}


def planner(problem: Problem, weights: Weights | None = None) -> Policy:
    """The beam; under a bound on displacement it looks no further than an order may move."""
    most = problem.rules.max_displacement
    window = WIDEST_WINDOW if most is None else min(WIDEST_WINDOW, most + problem.places)
    is_quick = (most is None and not problem.rules.sequence) or len(problem.orders) > MOST_ORDERS
    return Guarded(Unhurried(Planned(window=window, weights=weights, adopted=ADOPTED if is_quick else 1)))


def auto(problem: Problem) -> tuple[Policy, ...]:
    """What fits the rules, the best of them to be found by a forecast; the first is what a station follows that cannot wait for
    one. Where orders still come a forecast would look into the future: then the first alone, which is oldest first in a strict
    sequence, for everything else leaves finished orders on the places."""
    first = _first(problem)
    if any(order.released_s > 0 for order in problem.orders):
        return (first,)
    rules = (Oldest(), Votes(), Votes(by_overlap(OVERLAP_WINDOW)), Votes(by_overlap(WIDEST_WINDOW)))
    whole = foreseen(problem, WIDEST_WINDOW)
    beam = (planner(problem, IN_SEQUENCE),) if problem.rules.sequence and len(problem.machines) == 1 else ()
    return (first, *(Guarded(each) for each in rules), *beam, *((Guarded(whole),) if whole is not None else ()))


def _first(problem: Problem) -> Policy:
    if problem.rules.sequence:
        return Guarded(Oldest())
    return planner(problem) if len(problem.machines) == 1 else Guarded(Votes(by_overlap(WIDEST_WINDOW)))


def tries(problem: Problem, policy: PolicyName) -> tuple[Policy, ...]:
    """What is forecast under a name, of which the best counts. The planner sees few orders to their end before the first
    visit."""
    if policy is PolicyName.AUTO:
        return auto(problem)
    whole = foreseen(problem, WIDEST_WINDOW) if policy is PolicyName.PLANNER and len(problem.orders) <= LAST_ORDERS else None
    return (POLICIES[policy](problem), *((Guarded(whole),) if whole is not None else ()))
