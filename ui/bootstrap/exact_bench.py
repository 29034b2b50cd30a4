"""The planner against exact optima on small sets: a part of `baylight bench planner`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from station.planner.board import board_of
from station.planner.plan import plan
from station.planner.problem import PolicyName
from ui.bootstrap.baskets import Baskets, problem_of
from ui.bootstrap.exact_visits import fewest_visits

JUDGED = (PolicyName.PLANNER, PolicyName.AUTO, PolicyName.OLDEST, PolicyName.VOTES)


@dataclass(frozen=True, slots=True)
class SmallSet:
    """So many draws of orders, of at most so many lines each, on so many put places."""

    orders: int
    places: int
    draws: int
    most_lines: int

    @property
    def name(self) -> str:
        return f"{self.orders}_orders_{self.places}_places"


SMALL_SETS: Mapping[str, tuple[SmallSet, ...]] = {
    "groceries": (SmallSet(12, 3, 6, 30), SmallSet(18, 4, 4, 30), SmallSet(20, 8, 4, 30)),
    "online_retail": (SmallSet(12, 4, 4, 8), SmallSet(16, 4, 4, 8)),
    "made": (SmallSet(12, 4, 4, 8),),
}


@dataclass(frozen=True, slots=True)
class Gap:
    """`optimum`: visits of all draws, with orders opened in turn, proven. `visits` by policy; `planner` and `auto` may choose the
    orders, and need fewer at times."""

    name: str
    lines: int
    optimum: int
    visits: Mapping[PolicyName, int]

    def of(self, policy: PolicyName) -> float:
        """Visits of this policy, of the optimum."""
        return self.visits[policy] / self.optimum


def measure_gaps(name: str, baskets: Baskets) -> Iterator[Gap]:
    """Of the small sets that are drawn from these baskets."""
    for each in SMALL_SETS.get(name, ()):
        yield gap_of(baskets, each)


def gap_of(baskets: Baskets, small: SmallSet) -> Gap:
    """All draws of one set. Raises NotProvenError."""
    fitting = tuple(each for each in baskets if len(each) <= small.most_lines)
    problems = [problem_of(fitting, seed, orders=small.orders, places=small.places) for seed in range(small.draws)]
    best = (fewest_visits([need.mask for need in board_of(each).needs], small.places) for each in problems)
    visits = {policy: sum(len(plan(each, policy).run.visits) for each in problems) for policy in JUDGED}
    lines = sum(len(order.lines) for each in problems for order in each.orders)
    return Gap(small.name, lines, sum(best), visits)
