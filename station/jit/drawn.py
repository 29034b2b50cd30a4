"""Prices and lead times that nobody said, drawn by a seed. Whatever rests on them names them as assumed."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from station.jit.facts import ItemFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """How they are drawn: both are lognormal about a median. Money in minor units."""

    seed: int
    value_median: float = 2000.0
    value_sigma: float = 1.0
    lead_median_days: float = 14.0
    lead_sigma: float = 0.5


def drawn_facts(
    items: Iterable[str], facts: Mapping[str, ItemFacts], *, drawing: Drawing
) -> tuple[dict[str, ItemFacts], tuple[str, ...]]:
    """The facts with value and lead time where they lacked, and which of the two were drawn. An item's figures hang on the seed
    and its own code alone, not on what stands beside it."""
    found: dict[str, ItemFacts] = {}
    drawn: set[str] = set()
    for item in items:
        known = facts.get(item) or ItemFacts(item=item)
        draw = random.Random(f"{drawing.seed}/{item}")
        value = draw.lognormvariate(0.0, drawing.value_sigma) * drawing.value_median
        lead = draw.lognormvariate(0.0, drawing.lead_sigma) * drawing.lead_median_days
        drawn |= {name for name in ("unit_value", "lead_time_days") if getattr(known, name) is None}
        found[item] = replace(
            known,
            unit_value=round(value) if known.unit_value is None else known.unit_value,
            lead_time_days=round(lead, 1) if known.lead_time_days is None else known.lead_time_days,
        )
    return found, tuple(sorted(drawn))
