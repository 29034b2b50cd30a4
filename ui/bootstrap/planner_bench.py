"""What the planner is worth on real baskets: the parts of `baylight bench planner`."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import fmean

from station.planner.bays import Bays
from station.planner.board import Board, board_of
from station.planner.outlook import Extent, outlook_of
from station.planner.places import Places
from station.planner.plan import Outcome, percentile, plan
from station.planner.planned import POOL, Planned
from station.planner.policies import OVERLAP_WINDOW, WIDEST_WINDOW
from station.planner.problem import Order, PolicyName, Problem, Rules
from station.planner.results import RunLog, figures_of
from station.planner.rolling import Votes, by_overlap
from station.planner.rollout import Rollout
from station.planner.run import run
from station.planner.scene import Policy, Scene
from station.planner.search import levels
from ui.bootstrap.baskets import Baskets, made_baskets, problem_of, published_problems, read_baskets
from ui.bootstrap.exact_bench import Gap, measure_gaps
from ui.steady_heap import steady_heap

SEEDS = 10
SETS = ("groceries", "online_retail")
PUBLISHED: Mapping[str, Mapping[PolicyName, float]] = {
    "groceries": {
        PolicyName.FCFS: 121,
        PolicyName.ORDER: 124,
        PolicyName.WAVE: 177,
        PolicyName.OLDEST: 207,
        PolicyName.VOTES: 226,
        PolicyName.OVERLAP: 274,
    },
    "online_retail": {
        PolicyName.FCFS: 124,
        PolicyName.ORDER: 141,
        PolicyName.WAVE: 238,
        PolicyName.OLDEST: 272,
        PolicyName.VOTES: 298,
        PolicyName.OVERLAP: 329,
    },
}
DRAWS = {"groceries": 46, "online_retail": 2}  # storage draws that are like the published one
ROLLOUT_GAIN = 1.021  # the most that one-step rollout was published to gain over overlap
ROLLOUT_TRAYS = 8  # more than these with most votes make it slower, and worse


@dataclass(frozen=True, slots=True)
class SetFigures:
    """One basket set, means over the seeds; lines an hour by policy. `published` are the known rules on the orders that the
    published figures stand on; `best_known` is rollout of overlap, as it was run here or as it was published, whichever is
    more."""

    name: str
    rates: Mapping[PolicyName, float]
    published: Mapping[PolicyName, float]
    best_known: float
    bounded: float
    in_sequence: float
    late_share: float
    rule_p99_ms: float
    planner_p99_ms: float
    gaps: tuple[Gap, ...] = ()  # on small sets, to what was proven

    @property
    def off_published(self) -> float:
        """By how much the known rules differ from their published figures at the most; 0 where none were published."""
        known = PUBLISHED.get(self.name, {})
        return max((abs(self.published[policy] / rate - 1) for policy, rate in known.items()), default=0.0)


def measure_sets(data: Path, *, seeds: int = SEEDS) -> tuple[SetFigures, ...]:
    """Each real set that lies in `data`; made baskets where none does."""
    found = {name: read_baskets(data / f"{name}.csv") for name in SETS if (data / f"{name}.csv").is_file()}
    return tuple(_measure(name, each, seeds) for name, each in (found or {"made": made_baskets(Random(1))}).items())


def _measure(name: str, baskets: Baskets, seeds: int) -> SetFigures:
    problems = [problem_of(baskets, seed) for seed in range(seeds)]
    outcomes = {policy: [plan(each, policy) for each in problems] for policy in PolicyName}
    rates = {policy: _rate(each) for policy, each in outcomes.items()}
    rollout = _rate_of(problems, lambda: Rollout(trays=ROLLOUT_TRAYS))
    overlap = _rate_of(problems, lambda: Votes(by_overlap(OVERLAP_WINDOW)))  # with the tray in work, which the rule did not see
    bounded, strict = (
        [plan(problem_of(baskets, seed, rules=rules), PolicyName.AUTO) for seed in range(seeds)]
        for rules in (Rules(max_displacement=16), Rules(sequence=True))
    )
    online = [plan(problem_of(baskets, seed, lines_per_hour=202), PolicyName.AUTO) for seed in range(seeds)]
    return SetFigures(
        name=name,
        rates=rates,
        published=published_rates(name, baskets),
        best_known=max(rollout, overlap, ROLLOUT_GAIN * rates[PolicyName.OVERLAP]),
        bounded=_rate(bounded),
        in_sequence=_rate(strict),
        late_share=sum(each.figures.late for each in online) / sum(len(each.run.ends) for each in online),
        rule_p99_ms=_p99_ms(outcomes[PolicyName.VOTES]),
        planner_p99_ms=_p99_ms(outcomes[PolicyName.AUTO]),
        gaps=tuple(measure_gaps(name, baskets)),
    )


def published_rates(name: str, baskets: Baskets) -> Mapping[PolicyName, float]:
    """The known rules on the first 2 x 200 orders; nothing where no figures were published."""
    if name not in PUBLISHED:
        return {}
    problems = published_problems(baskets, DRAWS[name])
    return {policy: _rate(plan(each, policy) for each in problems) for policy in PUBLISHED[name]}


def _rate_of(problems: Iterable[Problem], policy: Callable[[], Policy]) -> float:
    return fmean(figures_of(run(each, policy())).lines_per_hour for each in problems)


def _rate(outcomes: Iterable[Outcome]) -> float:
    return fmean(each.figures.lines_per_hour for each in outcomes)


def _p99_ms(outcomes: Iterable[Outcome]) -> float:
    return 1000 * percentile(sorted(each for outcome in outcomes for each in outcome.run.decided_s), 0.99)


def longest_slice_ms(*, lines: int = 50_000) -> float:
    """So many lines wait: the longest piece of work that cannot be left in the middle (an order that comes, a look at what
    waits, a level of the search), in time of its own. The heap is steady, as in the running station."""
    baskets = made_baskets(Random(2))
    problem = problem_of(baskets, 1, orders=len(baskets))
    copies = 1 + lines // sum(map(len, baskets))
    orders = tuple(Order(f"{copy}-{each.id}", each.lines) for copy in range(copies) for each in problem.orders)
    with steady_heap() as settle:
        board = board_of(Problem(problem.machines, problem.operator, problem.places, problem.stock, orders))
        settle()
        return max(_slices(board))


def _slices(board: Board) -> list[float]:
    policy = Planned(window=WIDEST_WINDOW)
    places = Places(board, policy, RunLog(board))
    scene = Scene(board, Bays(board), places)
    slices = [_ms(lambda need=need: places.arrive(need)) for need in board.needs]  # type: ignore[misc]
    places.refill(scene)
    slices.append(_ms(lambda: outlook_of(scene, pool=POOL, window=WIDEST_WINDOW)))
    steps = levels(outlook_of(scene, pool=POOL, window=WIDEST_WINDOW), Extent())
    return slices + [_ms(lambda: next(steps, None)) for _ in range(Extent().visits)]


def _ms(act: Callable[[], object]) -> float:
    began_s = time.thread_time()
    act()
    return 1000 * (time.thread_time() - began_s)
