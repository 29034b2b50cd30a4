"""`baylight bench planner`: what the planner promises, on real baskets where they are at hand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ui.demo.figures import Figure

if TYPE_CHECKING:
    from ui.bootstrap.planner_bench import SetFigures

BESIDE = Path(__file__).parents[3] / "shared" / "data"  # beside the project


def measure_planner(baskets: Path | None = None, *, seeds: int = 10) -> Sequence[Figure]:
    """Lines an hour of a dual bay with 8 places and 200 orders waiting, means over the seeds, and what decisions take.
    `baskets` is the directory of groceries.csv and online_retail.csv; made baskets where neither is there."""
    from ui.bootstrap.planner_bench import longest_slice_ms, measure_sets

    figures = [figure for each in measure_sets(baskets or BESIDE, seeds=seeds) for figure in of_set(each)]
    return (*figures, Figure("planner_longest_slice_ms", round(longest_slice_ms(), 1), "ms", 16.0))


def of_set(found: SetFigures) -> list[Figure]:
    """What was published is met within 2 % on the orders that it stands on; a ratio's target is what the planner promises."""
    from station.planner.problem import PolicyName
    from ui.bootstrap.planner_bench import PUBLISHED

    def at_least(what: str, value: float, target: float, unit: str = "") -> Figure:
        return Figure(f"{found.name}_{what}", round(value, 3), unit, target, is_ceiling=False)

    published = PUBLISHED.get(found.name, {})
    fcfs, oldest = found.rates[PolicyName.FCFS], found.rates[PolicyName.OLDEST]
    return [
        *(at_least(f"{each}_lines_per_h", rate, 0.0, "1/h") for each, rate in found.rates.items()),
        *(
            at_least(f"{each}_as_published", found.published[each], round(0.98 * rate, 1), "1/h")
            for each, rate in published.items()
        ),
        *([Figure(f"{found.name}_baselines_off_published", round(found.off_published, 3), "", 0.02)] if published else ()),
        at_least("best_known_lines_per_h", found.best_known, 0.0, "1/h"),
        at_least("auto_of_best_known", found.rates[PolicyName.AUTO] / found.best_known, 1.03),
        at_least("auto_of_fcfs", found.rates[PolicyName.AUTO] / fcfs, 2.2),
        at_least("displacement_16_of_fcfs", found.bounded / fcfs, 2.1),
        at_least("sequence_of_oldest", found.in_sequence / oldest, 0.97),
        Figure(f"{found.name}_late_at_202_per_h", round(found.late_share, 4), "", 0.03),
        Figure(f"{found.name}_rule_p99_ms", round(found.rule_p99_ms, 2), "ms", 10.0),
        Figure(f"{found.name}_planner_p99_ms", round(found.planner_p99_ms, 1), "ms", 50.0),
        *(
            Figure(f"{found.name}_{gap.name}_{policy}_of_optimum", round(gap.of(policy), 3), "", 1.01)
            for gap in found.gaps
            for policy in (PolicyName.PLANNER, PolicyName.AUTO)
        ),
    ]
