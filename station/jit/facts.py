"""What is known of an item beside its demand, and what is assumed where nobody said it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from station.jit.demand import Definition
from station.jit.money import CarryingCost, CostPart
from station.jit_settings import JitSettings

PARTS = ("capital", "space", "climate", "insurance", "depreciation", "security", "obsolescence")


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFacts:
    """Of one item. None: nobody said. Money in minor units of one stock unit, quantities in stock units.

    `suppliers`: how many can deliver it; `otif`: the share of deliveries on time and in full; `firm_days`: so far ahead its
    demand is firm orders or a call-off in sequence; `minimum`, `maximum`: today's static rule.
    """

    item: str
    unit_value: float | None = None
    lead_time_days: float | None = None
    lead_time_sd_days: float | None = None
    supplier: str = ""
    lane: str = ""  # the way that it comes by
    suppliers: int | None = None
    otif: float | None = None
    is_overseas: bool = False
    is_consumable: bool = False
    in_sequence: bool = False
    firm_days: float = 0.0
    order_cost: float | None = None
    minimum_order: float = 0.0
    volume_dm3: float | None = None
    on_hand: float | None = None
    on_order: float = 0.0
    committed: float = 0.0
    minimum: float | None = None
    maximum: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An item's facts with what was missing filled in; `assumed` names what was."""

    facts: ItemFacts
    lead_time_days: float
    lead_time_sd_days: float
    order_cost: float
    assumed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumptions:
    """What stands in for what nobody said, and every limit of a judgement: the settings, as the formulas take them."""

    settings: JitSettings
    cost: CarryingCost
    definition: Definition

    @property
    def service(self) -> float:
        return self.settings.service_percent / 100


def assumptions_of(settings: JitSettings) -> Assumptions:
    """The settings as values."""
    avoidable = settings.avoidable.split(",")
    parts = tuple(CostPart(name, getattr(settings, f"{name}_percent") / 100, name in avoidable) for name in PARTS)
    definition = Definition(
        adi_limit=settings.adi_limit, cv2_limit=settings.cv_squared_limit, enough_demands=settings.enough_demands
    )
    return Assumptions(settings=settings, cost=CarryingCost(parts), definition=definition)


def known(facts: ItemFacts, given: Assumptions) -> Known:
    """The facts with the settings' figures in the gaps. Value, stock and suppliers are never assumed: rules that need them say
    so."""
    lead = given.settings.lead_time_days if facts.lead_time_days is None else facts.lead_time_days
    spread = given.settings.lead_time_spread_percent / 100
    gaps = ("lead_time_days", "lead_time_sd_days", "order_cost")
    return Known(
        facts=facts,
        lead_time_days=lead,
        lead_time_sd_days=lead * spread if facts.lead_time_sd_days is None else facts.lead_time_sd_days,
        order_cost=given.settings.order_cost if facts.order_cost is None else facts.order_cost,
        assumed=tuple(name for name in gaps if getattr(facts, name) is None),
    )


def how_often(assumed: Iterable[Known]) -> dict[str, int]:
    """Of how many items each figure was assumed."""
    found: dict[str, int] = {}
    for each in assumed:
        for name in each.assumed:
            found[name] = found.get(name, 0) + 1
    return found
