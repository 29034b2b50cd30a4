"""How much work in progress a consumer's loop may hold: constant work in progress, by formula, with all that it was made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from station.jit.kanban import conwip_limit, practical_worst_case

FORMULA = "TH (W0 - 1) / (r_b - TH), W0 = r_b T0"


@dataclass(frozen=True, slots=True)
class WipCount:
    """A limit with what it was made from. `reached_per_hour`: the throughput that it gives in the practical worst case."""

    limit: int
    formula: str
    inputs: Mapping[str, float]
    reached_per_hour: float


def wip_count(*, bottleneck_per_hour: float, raw_hours: float, wanted_per_hour: float) -> WipCount:
    """The limit for the wanted throughput in containers an hour (`conwip_limit`). ValueError when more is wanted than the
    bottleneck can ever do."""
    limit = conwip_limit(bottleneck_per_hour=bottleneck_per_hour, raw_hours=raw_hours, wanted_per_hour=wanted_per_hour)
    inputs = {"bottleneck_per_hour": bottleneck_per_hour, "raw_hours": raw_hours, "wanted_per_hour": wanted_per_hour}
    reached = practical_worst_case(limit, bottleneck_per_hour=bottleneck_per_hour, raw_hours=raw_hours)
    return WipCount(limit, FORMULA, inputs, reached)
