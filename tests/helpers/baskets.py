"""Orders to plan: real baskets where the data lie beside the project, made ones anywhere. The parameters are the published
ones."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ui.bootstrap.baskets import Baskets, made_baskets, read_baskets

DATA = Path(__file__).parents[3] / "shared" / "data"
REAL = ("groceries", "online_retail")


@cache
def baskets_named(name: str) -> Baskets:
    """`made`, or a set of real ones; skips where these are not at hand."""
    if name == "made":
        return made_baskets(random.Random(1))
    path = DATA / f"{name}.csv"
    if not path.is_file():
        pytest.skip(f"no real baskets: {path} is not there")
    return read_baskets(path)


def as_file(problem: Any) -> dict[str, Any]:
    """A problem as a FILE of `baylight plan` has it."""
    lift = problem.machines[0]
    names = ("trays", "pitch_m", "bay_height_m", "speed_m_s", "acceleration_m_s2", "transfer_s", "positions")
    return {
        "machine": {name: getattr(lift, name) for name in names},
        "operator": {"visit_s": problem.operator.visit_s, "line_s": problem.operator.line_s},
        "places": problem.places,
        "stock": {item: list(homes) for item, homes in problem.stock.items()},
        "orders": [
            {
                "id": each.id,
                "lines": list(each.lines),
                "released_s": each.released_s,
                "need_by_s": each.need_by_s,
                "rank": each.rank,
            }
            for each in problem.orders
        ],
        "rules": {"sequence": problem.rules.sequence, "max_displacement": problem.rules.max_displacement},
    }
