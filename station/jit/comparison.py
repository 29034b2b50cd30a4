"""Today's rules and the proposal side by side, item by item and in money."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from station.jit.assortment import DAYS_A_YEAR, Measured, measure
from station.jit.demand import Series
from station.jit.facts import Assumptions, ItemFacts
from station.jit.replay import Outcome, Policy, Supply, by_days, play, proposed_rule, todays_rule
from station.jit.safety import Method


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What one of the two rules came to, over all items; money in minor units. `items_short`: items that were short at all.
    `carrying_minor` and `ordering_minor` are of a year."""

    items_short: int
    stock_outs: int
    fill_rate: float | None
    mean_stock_minor: float
    moves_per_day: float
    carrying_minor: float
    avoidable_minor: float
    ordering_minor: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """One item under both rules."""

    item: str
    today: Outcome
    proposal: Outcome
    policy_today: Policy
    policy_proposed: Policy
    unit_value: float | None
    order_cost: float
    scale: int
    is_today_assumed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Both sides, and what was left out: items with too little history before the months that were played
    (half the demands of a sure class, and twenty lead times for rare demand)."""

    played: tuple[Played, ...]
    left_out: tuple[str, ...]
    days: int
    today: Side
    proposal: Side

    @property
    def assumed_today(self) -> int:
        return sum(each.is_today_assumed for each in self.played)


def compare(
    series: Iterable[Series],
    facts: Mapping[str, ItemFacts],
    *,
    given: Assumptions,
    period_days: float,
    last: int,
    seed: int,
) -> Comparison:
    """Play the last so many periods of every item that has enough history before them."""
    days_each = max(1, round(period_days))
    played, left_out = [], []
    for each in series:
        of_item = facts.get(each.item) or ItemFacts(item=each.item)
        found = _one(each, of_item, given=given, period_days=period_days, days_each=days_each, last=last, seed=seed)
        if found is None:
            left_out.append(each.item)
        else:
            played.append(found)
    return Comparison(
        played=tuple(played),
        left_out=tuple(left_out),
        days=days_each * last,
        today=_side([(each, each.today) for each in played], given, days=days_each * last),
        proposal=_side([(each, each.proposal) for each in played], given, days=days_each * last),
    )


def _one(
    series: Series, facts: ItemFacts, *, given: Assumptions, period_days: float, days_each: int, last: int, seed: int
) -> Played | None:
    known = series.known
    before = replace(series, values=known[:-last])
    if len(known) != len(series.values) or len(before.values) < last:
        return None
    found = measure(before, facts, given=given, period_days=period_days)
    if found.level.method is Method.NONE or 2 * found.classified.demands < given.definition.enough_demands:
        return None
    return _play(found, known[-last:], days_each=days_each, seed=seed, review_days=given.settings.review_days)


def _play(found: Measured, periods: tuple[int, ...], *, days_each: int, seed: int, review_days: int) -> Played:
    scale, facts = found.series.scale, found.known.facts
    item = found.series.item
    supply = Supply(item=item, mean_days=found.known.lead_time_days, sd_days=found.known.lead_time_sd_days, seed=seed)
    days = by_days(periods, period_days=days_each, item=item, seed=seed, piece=scale)
    today, is_assumed = todays_rule(
        minimum=None if facts.minimum is None else round(facts.minimum * scale),
        maximum=None if facts.maximum is None else round(facts.maximum * scale),
        per_day=found.per_day * scale,
        lead_days=found.known.lead_time_days,
    )
    proposed = proposed_rule(found.level.level, review_days=review_days, lot=found.lot * scale)
    return Played(
        item=item,
        today=play(days, today, supply, start=today.rule.up_to),
        proposal=play(days, proposed, supply, start=proposed.rule.up_to),
        policy_today=today,
        policy_proposed=proposed,
        unit_value=facts.unit_value,
        order_cost=found.known.order_cost,
        scale=scale,
        is_today_assumed=is_assumed,
    )


def _side(outcomes: list[tuple[Played, Outcome]], given: Assumptions, *, days: int) -> Side:
    asked = sum(each.asked / item.scale for item, each in outcomes)
    short = sum(each.short / item.scale for item, each in outcomes)
    value = sum(each.mean_stock / item.scale * (item.unit_value or 0.0) for item, each in outcomes)
    ordering = sum(each.orders * item.order_cost for item, each in outcomes)
    return Side(
        items_short=sum(each.short > 0 for _, each in outcomes),
        stock_outs=sum(each.days_out for _, each in outcomes),
        fill_rate=1 - short / asked if asked else None,
        mean_stock_minor=value,
        moves_per_day=sum(each.moves for _, each in outcomes) / days if days else 0.0,
        carrying_minor=value * given.cost.rate,
        avoidable_minor=value * given.cost.avoidable_rate,
        ordering_minor=ordering * DAYS_A_YEAR / days if days else 0.0,
    )
