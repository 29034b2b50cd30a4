"""Whatever stands in the file: every line is taken once, the places suffice, and another simulator gets the same figures."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from station.planner.plan import plan
from station.planner.problem import PolicyName
from station.planner.problem_file import problem_from
from tests.helpers.plan_replay import replay
from ui.cli.plan import as_json

BATCHES = (PolicyName.FCFS, PolicyName.ORDER, PolicyName.WAVE)
TRAYS = st.integers(1, 12)
SECONDS = st.integers(0, 400)


@st.composite
def files(draw: st.DrawFn, *, released: st.SearchStrategy[int] = SECONDS) -> dict[str, Any]:
    """A file of `baylight plan`, small and awkward."""
    trays = draw(TRAYS)
    homes = st.lists(st.integers(0, trays - 1), min_size=1, max_size=3)
    stock = {f"I{number}": draw(homes) for number in range(draw(st.integers(1, 10)))}
    lines = st.lists(st.sampled_from(sorted(stock)), min_size=1, max_size=6)
    is_waiting = draw(st.booleans())
    orders = [
        {
            "id": f"o{number}",
            "lines": draw(lines),
            "released_s": 0 if is_waiting else draw(released),
            "need_by_s": draw(st.none() | SECONDS),
            "rank": draw(st.none() | st.integers(0, 5)),
        }
        for number in range(draw(st.integers(0, 9)))
    ]
    return {
        "machine": {
            "trays": trays,
            "pitch_m": draw(st.sampled_from([0.1, 0.25, 1.0])),
            "bay_height_m": draw(st.sampled_from([0.0, 1.0])),
            "speed_m_s": 1.0,
            "acceleration_m_s2": 0.5,
            "transfer_s": draw(st.sampled_from([0.0, 4.0])),
            "positions": draw(st.integers(1, 2)),
        },
        "operator": {"visit_s": 4.0, "line_s": 9.0},
        "places": draw(st.integers(1, 5)),
        "stock": stock,
        "orders": orders,
        "rules": {"sequence": draw(st.booleans()), "max_displacement": draw(st.none() | st.integers(0, 4))},
    }


def checked(file: dict[str, Any], policy: PolicyName) -> dict[str, Any]:
    """What `baylight plan` says of the file, once it is proved."""
    said = as_json(plan(problem_from(json.dumps(file)), policy))
    visits: Any = said["visits"]
    taken = Counter((order, item) for visit in visits for order, item in visit["lines"])
    assert taken == Counter((order["id"], item) for order in file["orders"] for item in order["lines"])
    assert all(visit["lines"] and visit["tray"] in file["stock"][item] for visit in visits for _, item in visit["lines"])
    found = replay(file, visits)
    assert found.errors == ()
    assert said["late"] == found.late
    assert said["trays_per_line"] == pytest.approx(found.trays_per_line)
    assert said["displacement"] == {"mean": pytest.approx(found.mean), "max": found.most}
    if policy not in BATCHES or _is_plain(file):
        assert said["lines_per_hour"] == pytest.approx(found.lines_per_hour)
        assert said["wait_share"] == pytest.approx(found.wait_share, abs=1e-9)
    most = file["rules"]["max_displacement"] if file.get("rules") else None
    if most is not None and not file["rules"]["sequence"]:
        assert found.most <= most
    return said


def _is_plain(file: dict[str, Any]) -> bool:
    """One home for each item, and all orders wait: else a rule that works batch by batch lets a lift stand that could have gone,
    and a replay, which knows nothing of batches, does not."""
    has_one_home = all(len(set(homes)) == 1 for homes in file["stock"].values())
    return has_one_home and not any(each.get("released_s") for each in file["orders"])


@pytest.mark.parametrize("policy", PolicyName)
@settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(file=files())
def test_any_file_is_worked_and_replays_to_the_same_figures(policy: PolicyName, file: dict[str, Any]) -> None:
    said = checked(file, policy)
    again = as_json(plan(problem_from(json.dumps(file)), policy))
    assert again["visits"] == said["visits"]


ONE_TRAY = {"A": [0], "B": [0]}
MACHINE = {
    "trays": 60,
    "pitch_m": 0.25,
    "bay_height_m": 1.0,
    "speed_m_s": 1.0,
    "acceleration_m_s2": 0.5,
    "transfer_s": 4.0,
    "positions": 2,
}


def a_file(orders: list[dict[str, Any]], stock: dict[str, list[int]], **more: Any) -> dict[str, Any]:
    return {"machine": MACHINE, "operator": {"visit_s": 4.0, "line_s": 9.0}, "places": 8, "stock": stock, "orders": orders} | more


@pytest.mark.parametrize("policy", PolicyName)
def test_no_orders_are_a_plan_of_nothing(policy: PolicyName) -> None:
    said = checked(a_file([], {}), policy)
    assert said["visits"] == []
    assert said["lines_per_hour"] == 0.0


@pytest.mark.parametrize("policy", PolicyName)
def test_the_same_item_twice_is_two_lines(policy: PolicyName) -> None:
    said = checked(a_file([{"id": "o1", "lines": ["A", "B", "A"]}], ONE_TRAY), policy)
    assert sum(len(visit["lines"]) for visit in said["visits"]) == 3


@pytest.mark.parametrize("policy", PolicyName)
def test_what_is_released_later_is_not_worked_before(policy: PolicyName) -> None:
    file = a_file([{"id": "o1", "lines": ["A"], "released_s": 500}, {"id": "o2", "lines": ["B"]}], {"A": [3], "B": [9]})
    assert [visit["lines"][0][0] for visit in checked(file, policy)["visits"]] == ["o2", "o1"]
