"""Verdicts: each rule of docs/jit.md has its case, with the figure behind it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from station.jit.demand import Classified, DemandClass
from station.jit.facts import ItemFacts, assumptions_of, known
from station.jit.shares import ValueClass
from station.jit.suitability import Candidate, Issue, Kind, Verdict, judge
from station.jit_settings import JitSettings

GIVEN = assumptions_of(JitSettings())
EVEN = Classified(item="A", periods=104, demands=100, adi=1.04, cv2=0.1, demand_class=DemandClass.SMOOTH, is_sufficient=True)
DEAR: dict[str, Any] = {"unit_value": 20_000.0, "lead_time_days": 5.0, "suppliers": 2, "otif": 0.98}


def candidate(*, seen: dict[str, Any] | None = None, rank: ValueClass = ValueClass.A, **facts: Any) -> Candidate:
    """An even, dear item from near by two good suppliers, changed by what is named."""
    of_item = known(ItemFacts(item="A", **(DEAR | facts)), GIVEN)
    more: dict[str, Any] = {"per_year": 1000.0, "period_days": 7.0, "spike": 0.0, "value_share": 0.02}
    classified = replace(EVEN, **{name: value for name, value in (seen or {}).items() if hasattr(EVEN, name)})
    more |= {name: value for name, value in (seen or {}).items() if not hasattr(EVEN, name)}
    return Candidate(known=of_item, classified=classified, value_class=rank, **more)


def verdict(**changes: Any) -> Verdict:
    return judge(candidate(**changes), GIVEN)


def codes(found: Verdict) -> set[str]:
    return {each.code for each in found.reasons}


def test_an_even_dear_item_from_near_is_just_in_time() -> None:
    found = verdict()
    assert (found.kind, found.issue) == (Kind.JIT, Issue.EXACT)
    assert codes(found) == {"demand_class", "lot_days", "lead_time", "high_value"}
    # T = 365 sqrt(2 x 5000 / (1000 x 20000 x 0.25))
    assert found.lot_days == pytest.approx(365 * (2 * 5000 / (1000 * 20_000 * 0.25)) ** 0.5)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"lead_time_days": 90.0}, "long_lead_time"),
        ({"is_overseas": True}, "overseas"),
        ({"seen": {"spike": 5.0}}, "spike"),
        ({"seen": {"demand_class": DemandClass.LUMPY, "cv2": 0.6}}, "volatile_demand"),
        ({"seen": {"demand_class": DemandClass.ERRATIC, "cv2": 0.6}}, "volatile_demand"),
    ],
)
def test_what_speaks_for_stock_just_in_case(changes: dict[str, Any], code: str) -> None:
    found = verdict(**changes)
    assert found.kind is Kind.JIC
    assert code in codes(found)


def test_firm_orders_that_cover_the_lead_time_outweigh_volatility() -> None:
    wild = {"spike": 9.0, "demand_class": DemandClass.LUMPY, "cv2": 2.0}
    assert verdict(seen=wild, firm_days=4.0).kind is Kind.JIC
    firm = verdict(seen=wild, firm_days=5.0)
    assert firm.kind is Kind.JIT
    assert "firm_orders" in codes(firm)
    assert ("firm_orders", Kind.JIT) in verdict(seen=wild).would_change


@pytest.mark.parametrize(
    ("facts", "code", "step"),
    [({"suppliers": 1}, "single_source", "second_source"), ({"otif": 0.9}, "unreliable_supplier", "raise_reliability")],
)
def test_a_weak_supply_is_not_yet_and_says_the_step(facts: dict[str, Any], code: str, step: str) -> None:
    found = verdict(**facts)
    assert (found.kind, found.step) == (Kind.SUPPLIER_FIRST, step)
    assert code in codes(found)
    assert Kind.JIT in {kind for _, kind in found.would_change}


def test_a_weak_supply_of_a_far_item_is_no_matter_of_the_supplier() -> None:
    assert verdict(suppliers=1, lead_time_days=90.0).kind is Kind.JIC


def test_washers_are_issued_from_two_bins() -> None:
    found = verdict(unit_value=2.0, is_consumable=True, rank=ValueClass.C, suppliers=1)
    assert (found.kind, found.issue) == (Kind.JIC, Issue.TWO_BIN)
    assert codes(found) == {"cheap_consumable"}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"seen": {"demand_class": DemandClass.INTERMITTENT}}, "demand_class"),
        ({"lead_time_days": 15.5}, "lead_time"),
        ({"unit_value": 400.0, "rank": ValueClass.B}, "lot_days"),
        ({"unit_value": None}, "value_unknown"),
        ({"rank": ValueClass.B}, "no_motive"),
    ],
)
def test_what_lacks_one_thing_is_pulled_with_a_buffer(changes: dict[str, Any], code: str) -> None:
    found = verdict(**changes)
    assert found.kind is Kind.HYBRID
    assert code in {each.code for each in found.reasons if each.speaks_for is Kind.HYBRID}


@pytest.mark.parametrize(
    "changes",
    [
        {"rank": ValueClass.B, "in_sequence": True},
        {"rank": ValueClass.B, "seen": {"volume_share": 0.05}},
        {"seen": {"demand_class": DemandClass.INTERMITTENT}, "in_sequence": True},
        {"unit_value": 500.0, "seen": {"turns": 13.0}},
    ],
)
def test_other_motives_and_conditions_do_as_well(changes: dict[str, Any]) -> None:
    assert verdict(**changes).kind is Kind.JIT


@pytest.mark.parametrize(("seen", "code"), [({"demands": 9}, "few_demands"), ({"periods": 50}, "short_history")])
def test_insufficient_history_is_a_verdict(seen: dict[str, Any], code: str) -> None:
    found = verdict(seen=seen)
    assert (found.kind, found.step) == (Kind.INSUFFICIENT, "keep_policy")
    assert codes(found) == {code}
    assert found.would_change == ()


def test_a_year_of_weeks_is_a_year() -> None:
    assert verdict(seen={"periods": 52, "demands": 52}).kind is Kind.JIT


def test_a_verdict_that_flips_with_half_as_much_lead_time_again_is_close() -> None:
    assert verdict(lead_time_days=11.0).close_because == ("longer_lead_time",)
    assert not verdict(lead_time_days=10.0).is_close


def test_a_verdict_that_flips_with_the_carrying_cost_is_close() -> None:
    """T at 25 % is 29 days: at 20 % it is 32 and more than 30."""
    value = 2 * 5000 / (1000 * 0.25 * (29 / 365) ** 2)
    found = verdict(unit_value=value, lead_time_days=5.0)
    assert (found.kind, found.close_because) == (Kind.JIT, ("carrying_cost_20",))
    other = verdict(unit_value=value * (29 / 32) ** 2)
    assert (other.kind, other.close_because) == (Kind.HYBRID, ("carrying_cost_30",))


def test_what_would_change_the_verdict_is_named() -> None:
    assert verdict(lead_time_days=20.0).would_change == (("short_lead_time", Kind.JIT),)
    assert ("cheaper_orders", Kind.JIT) in verdict(unit_value=1500.0).would_change
