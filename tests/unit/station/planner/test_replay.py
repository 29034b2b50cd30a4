"""What a plan says of itself is what another simulator makes of its visits."""

from __future__ import annotations

from typing import Any

import pytest

from station.planner.plan import plan
from station.planner.problem import Lift, PolicyName, Problem, Rules
from tests.helpers.baskets import as_file, baskets_named
from tests.helpers.plan_replay import Replayed, leg, replay
from ui.bootstrap.baskets import STANDARD, problem_of
from ui.cli.plan import as_json

SINGLE = Lift(60, 0.25, 1.0, 1.0, 0.5, 4.0, 1)
RULES = (Rules(), Rules(sequence=True), Rules(max_displacement=16), Rules(max_displacement=0))


def replayed(problem: Problem, policy: PolicyName) -> tuple[dict[str, object], Replayed]:
    said = as_json(plan(problem, policy))
    return said, replay(as_file(problem), said["visits"])  # type: ignore[arg-type]


def agree(said: dict[str, object], found: Replayed) -> None:
    assert found.errors == ()
    assert said["lines_per_hour"] == pytest.approx(found.lines_per_hour, rel=1e-9)
    assert said["trays_per_line"] == pytest.approx(found.trays_per_line, rel=1e-9)
    assert said["wait_share"] == pytest.approx(found.wait_share, abs=1e-9)
    assert said["late"] == found.late
    assert said["displacement"] == {"mean": pytest.approx(found.mean), "max": found.most}


@pytest.mark.parametrize("policy", PolicyName)
@pytest.mark.parametrize("lift", [SINGLE, STANDARD], ids=["single", "dual"])
def test_all_waiting(policy: PolicyName, lift: Lift) -> None:
    agree(*replayed(problem_of(baskets_named("made"), 3, orders=40, lift=lift), policy))


@pytest.mark.parametrize("policy", PolicyName)
def test_orders_that_come_one_by_one(policy: PolicyName) -> None:
    agree(*replayed(problem_of(baskets_named("made"), 4, orders=60, lines_per_hour=202), policy))


@pytest.mark.parametrize("rules", RULES, ids=str)
@pytest.mark.parametrize("policy", [PolicyName.OLDEST, PolicyName.OVERLAP, PolicyName.AUTO])
def test_the_rules_are_kept(policy: PolicyName, rules: Rules) -> None:
    said, found = replayed(problem_of(baskets_named("made"), 5, orders=50, rules=rules), policy)
    agree(said, found)
    if rules.max_displacement is not None:
        assert found.most <= rules.max_displacement


def test_the_oracle_knows_a_leg_by_hand() -> None:
    assert leg(0.5, 1.0, 0.5) == pytest.approx(2.0)
    assert leg(6.5, 1.0, 0.5) == pytest.approx(8.5)
    wrong = as_file(problem_of(baskets_named("made"), 3, orders=2))
    lines = [[wrong["orders"][0]["id"], "nothing"]]
    assert replay(wrong, [{"tray": 0, "lines": lines}, *_whole(wrong)]).errors


def _whole(problem: dict[str, Any]) -> list[dict[str, Any]]:
    stock, orders = problem["stock"], problem["orders"]
    return [{"tray": stock[item][0], "lines": [[order["id"], item]]} for order in orders for item in order["lines"]]
