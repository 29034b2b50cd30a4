"""The whole assortment at once: every item with its class, its ranks, the level it needs and the verdict on it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from station.jit.demand import Classified, DemandClass, Series, classify
from station.jit.facts import Assumptions, ItemFacts, Known, known
from station.jit.forecast import sba
from station.jit.lots import economic_lot
from station.jit.safety import Level, Method, Uncertain, level
from station.jit.shares import ValueClass, VariationClass, abc, variation, xyz
from station.jit.suitability import Candidate, Verdict, judge
from station.jit.trend import Trend, spikes, trend

DAYS_A_YEAR = 365.0
RARE = frozenset({DemandClass.INTERMITTENT, DemandClass.LUMPY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What the demand of one item alone tells. `per_day` in stock units; `level` in scaled integers of the item. `lot`: what is
    asked for at once under the proposal, in stock units."""

    series: Series
    known: Known
    classified: Classified
    per_day: float
    spread: float | None
    spike: float
    spike_periods: tuple[int, ...]
    trend: Trend
    level: Level
    lot: float

    @property
    def per_year(self) -> float:
        return self.per_day * DAYS_A_YEAR

    @property
    def value_per_year(self) -> float | None:
        value: float | None = self.known.facts.unit_value
        return None if value is None else value * self.per_year


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysed:
    """An item in its assortment. `value_class` None: nobody said what it is worth."""

    measured: Measured
    value_class: ValueClass | None
    variation_class: VariationClass
    value_share: float | None
    verdict: Verdict

    @property
    def item(self) -> str:
        return self.measured.classified.item

    @property
    def mean_stock(self) -> float | None:
        """Mean stock under the proposal, in stock units: the safety stock and half a lot (Silver, Pyke, Peterson 1998, 7.4); None
        where the history is too short for a proposal."""
        found = self.measured.level
        return None if found.method is Method.NONE else found.safety / self.measured.series.scale + self.measured.lot / 2

    @property
    def top(self) -> float | None:
        """The most that there should be: the level at which is ordered, and the lot; None as `mean_stock`."""
        found = self.measured.level
        return None if found.method is Method.NONE else found.level / self.measured.series.scale + self.measured.lot


@dataclass(frozen=True, slots=True, kw_only=True)
class Assortment:
    """All items, and how long a period of their demand is."""

    items: tuple[Analysed, ...]
    period_days: float
    given: Assumptions
    drawn: tuple[str, ...] = field(default=())  # facts that were drawn by a seed

    def of_verdict(self, kind: str) -> tuple[Analysed, ...]:
        return tuple(each for each in self.items if each.verdict.kind.value == kind)


def analyse(
    series: Sequence[Series],
    facts: Mapping[str, ItemFacts],
    *,
    given: Assumptions,
    period_days: float,
    drawn: tuple[str, ...] = (),
) -> Assortment:
    """Every item of the demand with what is known of it."""
    measured = [
        measure(each, facts.get(each.item) or ItemFacts(item=each.item), given=given, period_days=period_days) for each in series
    ]
    limits = given.settings
    values = {each.series.item: value for each in measured if (value := each.value_per_year) is not None}
    ranks = abc(values, a_share=limits.a_percent / 100, b_share=limits.b_percent / 100)
    whole_value = math.fsum(values.values())
    whole_volume = math.fsum(_volume(each) or 0.0 for each in measured)
    found = []
    for each in measured:
        value = values.get(each.series.item)
        value_share = value / whole_value if whole_value and value is not None else None
        volume = _volume(each)
        candidate = Candidate(
            known=each.known,
            classified=each.classified,
            per_year=each.per_year,
            period_days=period_days,
            spike=each.spike,
            value_class=ranks.get(each.series.item),
            turns=_turns(each),
            value_share=value_share,
            volume_share=volume / whole_volume if volume is not None and whole_volume else None,
        )
        found.append(
            Analysed(
                measured=each,
                value_class=candidate.value_class,
                variation_class=xyz(each.spread, x_limit=limits.x_limit, y_limit=limits.y_limit),
                value_share=value_share,
                verdict=judge(candidate, given),
            )
        )
    return Assortment(items=tuple(found), period_days=period_days, given=given, drawn=drawn)


def measure(series: Series, facts: ItemFacts, *, given: Assumptions, period_days: float) -> Measured:
    """What one item's demand tells, with its lead time and the service that is wanted."""
    values = series.known
    classified = classify(series, given.definition)
    of_item = known(facts, given)
    counted = [place for place, value in enumerate(series.values) if value is not None]
    sticking = spikes(values, ratio=given.settings.spike_ratio)
    asked = Uncertain(
        lead=of_item.lead_time_days / period_days,
        review=given.settings.review_days / period_days,
        lead_sd=of_item.lead_time_sd_days / period_days,
        service=given.service,
    )
    per_day = _per_period(values, classified.demand_class) / series.scale / period_days
    return Measured(
        series=series,
        known=of_item,
        classified=classified,
        per_day=per_day,
        spread=variation(values),
        spike=max((each.ratio for each in sticking), default=0.0),
        spike_periods=tuple(counted[each.period] for each in sticking),
        trend=trend(values),
        level=level(values, classified.demand_class, asked=asked),
        lot=_lot(of_item, per_day, given),
    )


def assumed(items: Iterable[Analysed]) -> dict[str, int]:
    """Of how many items each figure was assumed, and of how many the value is not known."""
    found: dict[str, int] = {}
    for each in items:
        facts = each.measured.known
        for name in (*facts.assumed, *(("value_unknown",) if facts.facts.unit_value is None else ())):
            found[name] = found.get(name, 0) + 1
    return dict(sorted(found.items()))


def _per_period(values: Sequence[int], demand_class: DemandClass) -> float:
    """Rare demand by the Syntetos-Boylan figure, the rest by its mean."""
    if not values:
        return 0.0
    return sba(values) if demand_class in RARE else sum(values) / len(values)


def _lot(known: Known, per_day: float, given: Assumptions) -> float:
    """The economic lot, no more than a bulk's days of use; the use between two reviews or the supplier's least where that is
    more, or where nobody said the value."""
    limits, facts = given.settings, known.facts
    least = max(per_day * limits.review_days, facts.minimum_order)
    if not facts.unit_value or per_day <= 0 or given.cost.rate <= 0:
        return least
    economic = economic_lot(
        per_year=per_day * DAYS_A_YEAR, order_cost=known.order_cost, unit_value=facts.unit_value, rate=given.cost.rate
    )
    return max(least, min(economic.quantity, per_day * limits.bulk_lot_days))


def _volume(measured: Measured) -> float | None:
    facts = measured.known.facts
    return None if facts.volume_dm3 is None or facts.on_hand is None else facts.volume_dm3 * facts.on_hand


def _turns(measured: Measured) -> float | None:
    on_hand = measured.known.facts.on_hand
    return measured.per_year / on_hand if on_hand else None
