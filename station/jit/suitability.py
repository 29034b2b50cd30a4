"""May an item run just-in-time? A verdict with the figure behind every reason, and what would change it.

The rules are those of the trade as docs/jit.md lists them; every limit is a setting.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from station.jit.demand import Classified, DemandClass
from station.jit.facts import Assumptions, Known
from station.jit.lots import time_supply_days
from station.jit.shares import ValueClass

TRIED_RATES = (0.20, 0.30)  # of carrying cost a year
LONGER = 1.5  # times the lead time
MONTH_DAYS = 365 / 12


class Kind(StrEnum):
    JIT = "jit"
    HYBRID = "hybrid"  # pull, with a buffer
    JIC = "jic"  # stock, just in case
    SUPPLIER_FIRST = "supplier_first"  # not yet: the supplier comes first
    INSUFFICIENT = "insufficient_history"


class Issue(StrEnum):
    """How it is handed out."""

    EXACT = "exact"
    TWO_BIN = "two_bin"  # a box of it at the line, and a second one


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that fired: its figure against its limit (None where there is none), and the verdict it speaks for."""

    code: str
    figure: float | str | None
    limit: float | str | None
    speaks_for: Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An item with all that the rules ask. `per_year` in stock units; `turns` None: no stock is known; the shares are of the
    whole assortment, None where volume or value is not known."""

    known: Known
    classified: Classified
    per_year: float
    period_days: float
    spike: float  # the largest demand by the usual one; 0: no spike
    value_class: ValueClass | None  # None: nobody said what it is worth
    turns: float | None = None
    value_share: float | None = None
    volume_share: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """`close_because`: what would turn it (carrying cost of 20 or 30 %, half as much lead time again). `would_change`: each
    change of a fact that alone gives another verdict, with that verdict. `step`: what to do first, a code."""

    item: str
    kind: Kind
    reasons: tuple[Reason, ...]
    issue: Issue = Issue.EXACT
    step: str = ""
    close_because: tuple[str, ...] = ()
    would_change: tuple[tuple[str, Kind], ...] = ()
    lot_days: float | None = None

    @property
    def is_close(self) -> bool:
        return bool(self.close_because)


def judge(candidate: Candidate, given: Assumptions) -> Verdict:
    """The verdict, how firm it is, and what would change it."""
    verdict = decide(candidate, given, rate=given.cost.rate)
    if verdict.kind is Kind.INSUFFICIENT:
        return verdict
    close = tuple(_close(candidate, given, verdict.kind))
    changes = tuple(_changes(candidate, given, verdict.kind))
    return replace(verdict, close_because=close, would_change=changes)


def decide(candidate: Candidate, given: Assumptions, *, rate: float) -> Verdict:
    """The verdict at this carrying cost a year."""
    item = candidate.classified.item
    if missing := tuple(_too_little(candidate, given)):
        return Verdict(item=item, kind=Kind.INSUFFICIENT, reasons=missing, step="keep_policy")
    lot_days = lot_days_of(candidate, rate)
    cheap = tuple(_cheap(candidate, given, lot_days))
    if cheap:
        return Verdict(item=item, kind=Kind.JIC, reasons=cheap, issue=Issue.TWO_BIN, lot_days=lot_days)
    hard = tuple(_hard(candidate, given))
    if hard:
        return Verdict(item=item, kind=Kind.JIC, reasons=hard, lot_days=lot_days)
    supply = tuple(_supplier(candidate, given))
    kind, reasons = _pull(candidate, given, lot_days)
    if supply:
        step = "second_source" if supply[0].code == "single_source" else "raise_reliability"
        return Verdict(item=item, kind=Kind.SUPPLIER_FIRST, reasons=(*supply, *reasons), step=step, lot_days=lot_days)
    return Verdict(item=item, kind=kind, reasons=reasons, lot_days=lot_days)


def lot_days_of(candidate: Candidate, rate: float) -> float | None:
    """For how many days an economic lot lasts; None while the value is not known or nothing was asked."""
    value = candidate.known.facts.unit_value
    if not value or candidate.per_year <= 0 or rate <= 0:
        return None
    return time_supply_days(per_year=candidate.per_year, order_cost=candidate.known.order_cost, unit_value=value, rate=rate)


def is_firm(candidate: Candidate) -> bool:
    """Whether firm orders or a call-off cover the lead time: then volatility is known beforehand and outweighed."""
    firm = candidate.known.facts.firm_days
    return firm > 0 and firm >= candidate.known.lead_time_days


def _too_little(candidate: Candidate, given: Assumptions) -> Iterator[Reason]:
    limits, classified = given.settings, candidate.classified
    months = classified.periods * candidate.period_days / MONTH_DAYS
    if classified.demands < limits.enough_demands:
        yield Reason("few_demands", classified.demands, limits.enough_demands, Kind.INSUFFICIENT)
    if months < limits.enough_months * 0.98:  # 52 weeks are a year
        yield Reason("short_history", months, limits.enough_months, Kind.INSUFFICIENT)


def _cheap(candidate: Candidate, given: Assumptions, lot_days: float | None) -> Iterator[Reason]:
    is_cheap = candidate.known.facts.is_consumable and candidate.value_class is ValueClass.C
    if is_cheap and lot_days is not None and lot_days > given.settings.bulk_lot_days:
        yield Reason("cheap_consumable", lot_days, given.settings.bulk_lot_days, Kind.JIC)


def _hard(candidate: Candidate, given: Assumptions) -> Iterator[Reason]:
    limits, classified, facts = given.settings, candidate.classified, candidate.known.facts
    if candidate.known.lead_time_days > limits.long_lead_days:
        yield Reason("long_lead_time", candidate.known.lead_time_days, limits.long_lead_days, Kind.JIC)
    if facts.is_overseas:
        yield Reason("overseas", "yes", None, Kind.JIC)
    if is_firm(candidate):
        return
    if candidate.spike >= limits.spike_ratio:
        yield Reason("spike", candidate.spike, limits.spike_ratio, Kind.JIC)
    if classified.demand_class in (DemandClass.LUMPY, DemandClass.ERRATIC):
        yield Reason("volatile_demand", classified.cv2, limits.cv_squared_limit, Kind.JIC)


def _supplier(candidate: Candidate, given: Assumptions) -> Iterator[Reason]:
    facts, target = candidate.known.facts, given.settings.on_time_percent / 100
    if facts.suppliers == 1:
        yield Reason("single_source", 1, 2, Kind.SUPPLIER_FIRST)
    if facts.otif is not None and facts.otif < target:
        yield Reason("unreliable_supplier", facts.otif, target, Kind.SUPPLIER_FIRST)


def _pull(candidate: Candidate, given: Assumptions, lot_days: float | None) -> tuple[Kind, tuple[Reason, ...]]:
    """JIT when every condition holds, else hybrid, with what holds and what does not."""
    conditions = (_predictable(candidate), _small_lots(candidate, given, lot_days), _near(candidate, given))
    motives = tuple(_motives(candidate, given))
    is_jit = all(each.speaks_for is Kind.JIT for each in conditions) and bool(motives)
    reasons = (*conditions, *(motives or (Reason("no_motive", None, None, Kind.HYBRID),)))
    return (Kind.JIT if is_jit else Kind.HYBRID), reasons


def _predictable(candidate: Candidate) -> Reason:
    found = candidate.classified.demand_class
    if is_firm(candidate):
        return Reason("firm_orders", candidate.known.facts.firm_days, candidate.known.lead_time_days, Kind.JIT)
    is_even = found is DemandClass.SMOOTH or (found is DemandClass.INTERMITTENT and candidate.known.facts.in_sequence)
    return Reason("demand_class", found.value, DemandClass.SMOOTH.value, Kind.JIT if is_even else Kind.HYBRID)


def _small_lots(candidate: Candidate, given: Assumptions, lot_days: float | None) -> Reason:
    limits, moves = given.settings, candidate.turns
    if lot_days is None:
        return Reason("value_unknown", None, None, Kind.HYBRID)
    if lot_days > limits.small_lot_days and candidate.value_class is ValueClass.A and moves is not None and moves >= limits.turns:
        return Reason("busy_and_dear", moves, limits.turns, Kind.JIT)
    return Reason("lot_days", lot_days, limits.small_lot_days, Kind.JIT if lot_days <= limits.small_lot_days else Kind.HYBRID)


def _near(candidate: Candidate, given: Assumptions) -> Reason:
    reach = given.settings.review_days + given.settings.fence_days
    lead = candidate.known.lead_time_days
    return Reason("lead_time", lead, reach, Kind.JIT if lead <= reach else Kind.HYBRID)


def _motives(candidate: Candidate, given: Assumptions) -> Iterator[Reason]:
    if candidate.value_class is ValueClass.A:
        yield Reason("high_value", candidate.value_share, None, Kind.JIT)
    if candidate.known.facts.in_sequence:
        yield Reason("in_sequence", "yes", None, Kind.JIT)
    volume, value, ratio = candidate.volume_share, candidate.value_share, given.settings.space_ratio
    if volume is not None and value is not None and volume > ratio * value:
        yield Reason("takes_space", volume, ratio * value, Kind.JIT)


def _close(candidate: Candidate, given: Assumptions, kind: Kind) -> Iterator[str]:
    for rate in TRIED_RATES:
        if decide(candidate, given, rate=rate).kind is not kind:
            yield f"carrying_cost_{rate:.0%}".rstrip("%")
    longer = _with(candidate, lead_time_days=candidate.known.lead_time_days * LONGER)
    if decide(longer, given, rate=given.cost.rate).kind is not kind:
        yield "longer_lead_time"


def _changes(candidate: Candidate, given: Assumptions, kind: Kind) -> Iterator[tuple[str, Kind]]:
    for name, changed in _alternatives(candidate, given):
        found = decide(changed, given, rate=given.cost.rate).kind
        if found is not kind and found is not Kind.INSUFFICIENT:
            yield name, found


def _alternatives(candidate: Candidate, given: Assumptions) -> Iterator[tuple[str, Candidate]]:
    """The item with one thing better than it is, as far as it is not that good already."""
    facts, limits = candidate.known.facts, given.settings
    reach = limits.review_days + limits.fence_days
    if candidate.known.lead_time_days > min(reach, limits.long_lead_days):
        yield "short_lead_time", _with(candidate, lead_time_days=min(reach, limits.long_lead_days), is_overseas=False)
    if not is_firm(candidate):
        yield "firm_orders", _with(candidate, firm_days=max(1.0, candidate.known.lead_time_days))
    if facts.suppliers == 1:
        yield "second_source", _with(candidate, suppliers=2)
    if facts.otif is not None and facts.otif < limits.on_time_percent / 100:
        yield "reliable_supplier", _with(candidate, otif=1.0)
    yield "cheaper_orders", replace(candidate, known=replace(candidate.known, order_cost=candidate.known.order_cost / 4))


def _with(candidate: Candidate, *, lead_time_days: float | None = None, **facts: object) -> Candidate:
    changed = replace(candidate.known.facts, **facts)  # type: ignore[arg-type]
    lead = candidate.known.lead_time_days if lead_time_days is None else lead_time_days
    return replace(candidate, known=replace(candidate.known, facts=changed, lead_time_days=lead))
