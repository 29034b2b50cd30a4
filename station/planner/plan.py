"""A problem planned to its end: `plan` is what `baylight plan` and the replay call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from station.planner.policies import tries
from station.planner.problem import PolicyName, Problem
from station.planner.results import Figures, Run, figures_of
from station.planner.run import run


@dataclass(frozen=True, slots=True)
class Outcome:
    """A policy's run and its figures. `decision_ms` is (median, 99th percentile) of what each decision took to make."""

    policy: PolicyName
    run: Run
    figures: Figures
    decision_ms: tuple[float, float]


def plan(problem: Problem, policy: PolicyName) -> Outcome:
    """Work it all under one policy. `auto` forecasts each way that fits and takes the one that ends first with the fewest late
    orders; so does `planner` where the orders are few."""
    outcomes = [_outcome(policy, run(problem, each)) for each in tries(problem, policy)]
    return min(outcomes, key=lambda each: (each.figures.late, each.run.took_s))


def _outcome(policy: PolicyName, done: Run) -> Outcome:
    milliseconds = sorted(1000 * each for each in done.decided_s)
    return Outcome(policy, done, figures_of(done), (percentile(milliseconds, 0.5), percentile(milliseconds, 0.99)))


def percentile(values: Sequence[float], share: float) -> float:
    """Of sorted values; 0 of none."""
    return values[min(len(values) - 1, int(share * len(values)))] if values else 0.0
