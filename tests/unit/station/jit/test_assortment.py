"""An item in its assortment, and the report on all of them."""

from __future__ import annotations

import pytest

from station.jit.assortment import Assortment, analyse, assumed
from station.jit.demand import Series
from station.jit.facts import ItemFacts, assumptions_of
from station.jit.lots import economic_lot
from station.jit.report import report_of
from station.jit.suitability import Kind
from station.jit_settings import JitSettings

GIVEN = assumptions_of(JitSettings())
EVEN = (9, 10, 11, 10) * 15
DEAR = ItemFacts(item="A", unit_value=20_000, lead_time_days=5, suppliers=2, otif=0.98, on_hand=200)


def one(values: tuple[int | None, ...], facts: ItemFacts = DEAR, *, decimals: int = 0) -> Assortment:
    return analyse([Series("A", values, decimals)], {"A": facts}, given=GIVEN, period_days=7)


def test_mean_stock_is_the_safety_stock_and_half_a_lot() -> None:
    (found,) = one(EVEN).items
    lot = economic_lot(per_year=10 / 7 * 365, order_cost=5000, unit_value=20_000, rate=0.25).quantity
    assert found.measured.lot == pytest.approx(lot)
    assert found.mean_stock == pytest.approx(found.measured.level.safety + lot / 2)
    assert found.top == pytest.approx(found.measured.level.level + lot)


def test_a_lot_is_no_more_than_a_bulk_and_no_less_than_the_supplier_sends() -> None:
    cheap, bound = ItemFacts(item="A", unit_value=1), ItemFacts(item="A", unit_value=20_000, minimum_order=500)
    assert one(EVEN, cheap).items[0].measured.lot == pytest.approx(10 / 7 * 90)
    assert one(EVEN, bound).items[0].measured.lot == 500
    assert one(EVEN, ItemFacts(item="A")).items[0].measured.lot == pytest.approx(10 / 7)


def test_a_spike_is_named_by_its_period_in_the_table() -> None:
    (found,) = one((None, None, 4, 4, 40, 4, 4)).items
    assert found.measured.spike_periods == (4,)
    assert found.measured.spike == 10


def test_quantities_with_decimals_come_out_in_stock_units() -> None:
    whole, scaled = one(EVEN).items[0], one(tuple(each * 1000 for each in EVEN), decimals=3).items[0]
    assert scaled.measured.per_day == pytest.approx(whole.measured.per_day)
    assert scaled.mean_stock == pytest.approx(whole.mean_stock)


def test_what_stays_stock_just_in_case_frees_nothing() -> None:
    far = ItemFacts(item="A", unit_value=20_000, lead_time_days=90, suppliers=2, on_hand=900)
    found = one(EVEN, far)
    assert found.items[0].verdict.kind is Kind.JIC
    report = report_of(found)
    assert report.stock is not None
    assert (report.stock.proposed_minor, report.stock.effect.cash_minor) == (report.stock.today_minor, 0)
    assert report.actions == ()


def test_the_report_counts_what_it_assumed() -> None:
    found = analyse([Series("A", EVEN), Series("B", EVEN)], {"A": DEAR}, given=GIVEN, period_days=7)
    assert assumed(found.items) == {"lead_time_days": 1, "lead_time_sd_days": 2, "order_cost": 2, "value_unknown": 1}
    accuracy, demand, suppliers, *unmeasured = report_of(found, counted=[(5, 5), (5, 4)]).gates
    assert (accuracy.figure, demand.figure, suppliers.figure) == (0.5, 1.0, 1.0)
    assert [each.figure for each in unmeasured] == [None, None]
