"""The report on an assortment: what a planner acts on, with every assumed input named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from station.jit.assortment import Analysed, Assortment, assumed
from station.jit.capacity import PULLED, Capacity, capacity
from station.jit.money import Effect, days_of_supply, effect, turns
from station.jit.readiness import Gate, Measured, accuracy
from station.jit.suitability import Issue, Kind, Reason
from station.jit.trend import Direction
from station.values import EventFact

LIMIT_ACCURACY, LIMIT_DEMAND, LIMIT_SUPPLIERS, LIMIT_LOAD = 0.98, 0.80, 0.95, 0.85
MOST_ACTIONS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A verdict's part of the assortment; `value_share` of the annual value, None while no value is known."""

    kind: Kind
    items: int
    close: int
    value_share: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StockMoney:
    """Stock today and under the proposal, minor units, over the items of which stock and value are known. The proposal counts
    only where the verdict is pull; the rest stays as it is."""

    items: int
    today_minor: float
    proposed_minor: float
    effect: Effect
    carrying_minor: float
    turns: float | None
    days_of_supply: float | None
    above_minor: float  # today's stock over the proposal's top, all items


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """What to do about one item first, with the reason that speaks for it most. `code`: start_jit, start_pull, second_source,
    raise_reliability or two_bin. Money in minor units: cash that it frees, None where stock or value are not known, else value a
    year."""

    item: str
    code: str
    is_close: bool
    cash_minor: float | None
    value_minor: float | None
    why: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything about one assortment."""

    items: int
    periods: int
    period_days: float
    undated: int
    classes: dict[str, int]
    unsure: int
    value_classes: dict[str, int]
    variation_classes: dict[str, int]
    growing: int
    falling: int
    spiking: int
    parts: tuple[Part, ...]
    two_bin: int
    stock: StockMoney | None
    actions: tuple[Action, ...]
    steps: int  # items that ask for a step; `actions` are the first of them
    gates: tuple[Measured, ...]
    capacity: Capacity | None
    assumed: dict[str, int]
    drawn: tuple[str, ...]


def report_of(
    assortment: Assortment,
    *,
    undated: int = 0,
    counted: Iterable[tuple[int, int]] = (),
    internal: float | None = None,
    worked: Iterable[EventFact] = (),
) -> Report:
    """The report. `counted` are the newest counts as (book, counted); `undated` lines of orders that have no day; `internal` how
    long deliveries inside the house take, as a share of the time that there is for them; `worked` the record of what the bay's
    time went into."""
    items = assortment.items
    found = capacity(worked, items)
    actions = _actions(items)
    return Report(
        items=len(items),
        periods=max((len(each.measured.series.values) for each in items), default=0),
        period_days=assortment.period_days,
        undated=undated,
        classes=_counted(each.measured.classified.demand_class.value for each in items),
        unsure=sum(not each.measured.classified.is_sufficient for each in items),
        value_classes=_counted(each.value_class.value for each in items if each.value_class is not None),
        variation_classes=_counted(each.variation_class.value for each in items),
        growing=sum(each.measured.trend.direction is Direction.UP for each in items),
        falling=sum(each.measured.trend.direction is Direction.DOWN for each in items),
        spiking=sum(bool(each.measured.spike_periods) for each in items),
        parts=tuple(_part(kind, items) for kind in Kind),
        two_bin=sum(each.verdict.issue is Issue.TWO_BIN for each in items),
        stock=_stock(assortment),
        actions=actions[:MOST_ACTIONS],
        steps=len(actions),
        gates=gates_of(assortment, tuple(counted), internal, found),
        capacity=found,
        assumed=assumed(items),
        drawn=assortment.drawn,
    )


def _counted(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(names).items()))


def _part(kind: Kind, items: Sequence[Analysed]) -> Part:
    own = [each for each in items if each.verdict.kind is kind]
    is_valued = any(each.value_share is not None for each in items)
    return Part(
        kind=kind,
        items=len(own),
        close=sum(each.verdict.is_close for each in own),
        value_share=sum(each.value_share or 0.0 for each in own) if is_valued else None,
    )


def stock_value(each: Analysed) -> float | None:
    """Today's stock of an item in minor units; None where stock or value are not known."""
    facts = each.measured.known.facts
    return None if facts.on_hand is None or facts.unit_value is None else facts.on_hand * facts.unit_value


def proposed_value(each: Analysed) -> float | None:
    """Its mean stock under the proposal; today's where it stays as it is; None where that is not known."""
    today, mean = stock_value(each), each.mean_stock
    if today is None or each.verdict.kind not in PULLED or mean is None:
        return today
    return mean * (each.measured.known.facts.unit_value or 0.0)


def _stock(assortment: Assortment) -> StockMoney | None:
    own = [each for each in assortment.items if stock_value(each) is not None]
    if not own:
        return None
    today = sum(stock_value(each) or 0.0 for each in own)
    proposed = sum(proposed_value(each) or 0.0 for each in own)
    issued = sum(each.measured.value_per_year or 0.0 for each in own)
    cost = assortment.given.cost
    return StockMoney(
        items=len(own),
        today_minor=today,
        proposed_minor=proposed,
        effect=effect(today, proposed, cost=cost),
        carrying_minor=today * cost.rate,
        turns=turns(issued_per_year=issued, mean_stock=today),
        days_of_supply=days_of_supply(issued_per_year=issued, mean_stock=today),
        above_minor=sum(_above(each) for each in own),
    )


def _above(each: Analysed) -> float:
    facts, top = each.measured.known.facts, each.top
    return 0.0 if top is None else max(0.0, (facts.on_hand or 0.0) - top) * (facts.unit_value or 0.0)


def _actions(items: Sequence[Analysed]) -> tuple[Action, ...]:
    found = [action for each in items if (action := _action(each)) is not None]
    return tuple(sorted(found, key=lambda each: (-(each.cash_minor or 0.0), -(each.value_minor or 0.0), each.item)))


def _action(each: Analysed) -> Action | None:
    codes = {Kind.JIT: "start_jit", Kind.HYBRID: "start_pull", Kind.SUPPLIER_FIRST: each.verdict.step}
    code = "two_bin" if each.verdict.issue is Issue.TWO_BIN else codes.get(each.verdict.kind, "")
    if not code:
        return None
    today, proposed = stock_value(each), proposed_value(each)
    return Action(
        item=each.item,
        code=code,
        is_close=each.verdict.is_close,
        cash_minor=None if today is None or proposed is None or each.verdict.kind not in PULLED else today - proposed,
        value_minor=each.measured.value_per_year,
        why=next((reason for reason in each.verdict.reasons if reason.speaks_for is each.verdict.kind), None),
    )


def gates_of(
    assortment: Assortment, counted: Sequence[tuple[int, int]], internal: float | None, bay: Capacity | None
) -> tuple[Measured, ...]:
    """The gates, measured where there is something to measure."""
    items = assortment.items
    unsure = tuple(each.item for each in items if each.verdict.kind is Kind.INSUFFICIENT)
    target = assortment.given.settings.on_time_percent / 100
    supplied = [each for each in items if each.measured.known.facts.otif is not None]
    weak = tuple(each.item for each in supplied if (each.measured.known.facts.otif or 0.0) < target)
    return (
        Measured(gate=Gate.ACCURACY, figure=accuracy(counted), limit=LIMIT_ACCURACY, is_at_least=True),
        Measured(
            gate=Gate.DEMAND,
            figure=1 - len(unsure) / len(items) if items else None,
            limit=LIMIT_DEMAND,
            is_at_least=True,
            items=unsure,
        ),
        Measured(
            gate=Gate.SUPPLIERS,
            figure=1 - len(weak) / len(supplied) if supplied else None,
            limit=LIMIT_SUPPLIERS,
            is_at_least=True,
            items=weak,
        ),
        Measured(gate=Gate.INTERNAL, figure=internal, limit=1.0, is_at_least=False),
        Measured(gate=Gate.CAPACITY, figure=bay.load_planned if bay else None, limit=LIMIT_LOAD, is_at_least=False),
    )
