"""Formulas of stock against published examples: Snyder and Shen (the figures of the package stockpyl 1.0.2, MIT), the table of
G(k) of Silver, Pyke and Peterson, the Theory of Constraints Handbook, and Python's own statistics."""

from __future__ import annotations

import math
import random
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.jit.buffers import (
    DynamicBuffer,
    Reason,
    Zone,
    internal_buffer,
    penetration,
    propose,
    zone_of,
)
from station.jit.demand import DemandClass
from station.jit.forecast import croston, sba
from station.jit.lots import cost_of_lots, economic_lot, time_supply_days
from station.jit.normal import fill_rate, loss, z_of
from station.jit.percentile import percentile
from station.jit.safety import Method, Uncertain, distribution_level, level, normal_level, window_sums
from station.jit.shares import ValueClass, VariationClass, abc, variation, xyz
from station.jit.trend import Direction, Spike, spikes, trend, two_sided_chance

# Part 21031994 of Hyndman's car parts: two pieces in month 4, one in month 15, of 51.
PART_21031994 = [0, 0, 0, 2, *[0] * 10, 1, *[0] * 36]


def test_economic_lot_of_snyder_and_shen_example_3_1() -> None:
    lot = economic_lot(per_year=1300, order_cost=8, unit_value=0.225, rate=1.0)
    assert lot.quantity == pytest.approx(304.0467800264, abs=1e-9)
    assert lot.cost_per_year == pytest.approx(68.4105255059, abs=1e-9)
    assert cost_of_lots(per_year=1300, order_cost=8, unit_value=0.225, rate=1.0, lot=lot.quantity) == pytest.approx(
        lot.cost_per_year
    )


def test_time_supply_is_how_long_the_lot_lasts() -> None:
    given_ = {"per_year": 1300.0, "order_cost": 8.0, "unit_value": 0.225, "rate": 1.0}
    assert time_supply_days(**given_) == pytest.approx(365 * economic_lot(**given_).quantity / 1300)


def test_newsvendor_of_snyder_and_shen_example_4_3() -> None:
    """h 0.18, p 0.70, demand 50 with a standard deviation of 8: the level is 56.6039559274."""
    asked = Uncertain(lead=1, service=0.70 / 0.88)
    assert normal_level(mean=50, sd=8, asked=asked).level == pytest.approx(56.6039559274, abs=1e-8)


def test_reorder_point_with_spread_of_demand_and_lead_time() -> None:
    found = normal_level(mean=100, sd=30, asked=Uncertain(lead=9, lead_sd=2, service=0.95))
    assert (found.level, found.safety) == (pytest.approx(1260.745, abs=1e-3), pytest.approx(360.745, abs=1e-3))


@pytest.mark.parametrize(("k", "expected"), [(0, 0.398942), (1, 0.083315), (1.645, 0.020886)])
def test_table_of_silver_pyke_and_peterson(k: float, expected: float) -> None:
    assert loss(k) == pytest.approx(expected, abs=1e-6)


def test_fill_rate() -> None:
    assert fill_rate(sigma=90, k=1, lot=200) == pytest.approx(0.962508, abs=1e-6)


@pytest.mark.parametrize("share", [0, 1, -0.1, 1.1])
def test_no_service_level_is_all_or_nothing(share: float) -> None:
    with pytest.raises(ValueError, match="service"):
        z_of(share)


def test_croston_and_sba_as_statsforecast_2_1_1_has_them() -> None:
    assert croston(PART_21031994) == pytest.approx(0.404255, abs=1e-6)
    assert sba(PART_21031994) == pytest.approx(0.384043, abs=1e-6)
    assert croston([0, 0, 0]) == 0


@given(st.lists(st.floats(min_value=-1e6, max_value=1e6), min_size=2, max_size=40))
def test_percentiles_are_those_of_python(values: list[float]) -> None:
    cuts = statistics.quantiles(values, n=20, method="inclusive")
    assert [percentile(values, place / 20) for place in range(1, 20)] == pytest.approx(cuts)


def test_abc_by_cumulated_value() -> None:
    values = {"a": 800.0, "b": 100.0, "c": 60.0, "d": 40.0, "e": 0.0}
    assert abc(values) == {"a": "A", "b": "B", "c": "B", "d": "C", "e": "C"}
    assert abc({"only": 5.0}) == {"only": ValueClass.A}
    assert abc({"none": 0.0}) == {"none": ValueClass.C}


@given(st.lists(st.integers(min_value=0, max_value=500), min_size=2, max_size=40).filter(any))
def test_variation_is_that_of_python(values: list[int]) -> None:
    assert variation(values) == pytest.approx(statistics.stdev(values) / statistics.fmean(values))


@pytest.mark.parametrize(("cv", "expected"), [(0.49, "X"), (0.5, "Y"), (0.99, "Y"), (1.0, "Z"), (None, "Z")])
def test_xyz(cv: float | None, expected: VariationClass) -> None:
    assert xyz(cv) == expected


def test_sign_test_has_the_binomial_table() -> None:
    """B(10, 1/2): P(X <= 1) is 0.0107 in every table."""
    assert two_sided_chance(1, 10) / 2 == pytest.approx(0.0107, abs=5e-5)
    assert two_sided_chance(5, 10) == 1.0
    assert two_sided_chance(0, 0) == 1.0


def test_trend_up_down_and_none() -> None:
    assert trend([1] * 8 + [3] * 8).direction is Direction.UP
    assert trend([3] * 8 + [1] * 8).direction is Direction.DOWN
    assert trend([1, 3] * 8).direction is Direction.NONE
    assert trend([1] * 5 + [9] * 5).direction is Direction.NONE  # five pairs: 2/32 is more than 5 %
    # Seven of eight pairs: 18/256 is more than 5 %.
    assert trend([2] * 8 + [3] * 7 + [1]).direction is Direction.NONE
    assert trend([2] * 6 + [5] * 6).ratio == 2.5


def test_a_spike_of_500_percent_is_called_one() -> None:
    assert spikes([4, 4, 20, 4]) == (Spike(2, 5.0),)
    assert spikes([4, 4, 19, 4]) == ()
    assert spikes([1, 50]) == ()
    assert [each.period for each in spikes([0, 30, 1, 0, 1, 1, 25, 1])] == [1, 6]


def test_regular_demand_has_the_normal_formula_and_rare_demand_has_not() -> None:
    asked = Uncertain(lead=2, review=1)
    assert level([5, 6, 5, 6] * 10, DemandClass.SMOOTH, asked=asked).method is Method.NORMAL
    assert level([0, 0, 0, 9] * 10, DemandClass.LUMPY, asked=asked).method is Method.DISTRIBUTION
    assert level([0, 0, 0, 9] * 5, DemandClass.LUMPY, asked=asked).method is Method.NONE


def test_the_distribution_is_that_of_the_lead_times_of_the_past() -> None:
    values = [0, 0, 0, 9] * 10
    found = distribution_level(values, Uncertain(lead=3, service=0.95))
    assert (found.level, found.mean) == (9, 6.75)
    assert found.safety == 2.25
    assert distribution_level(values, Uncertain(lead=5, service=0.95)).level == 18


@given(st.lists(st.integers(min_value=0, max_value=50), min_size=30, max_size=60), st.integers(min_value=1, max_value=6))
def test_the_level_holds_in_so_many_of_the_windows(values: list[int], length: int) -> None:
    found = distribution_level(values, Uncertain(lead=length, service=0.9))
    sums = [sum(values[place : place + length]) for place in range(len(values) - length + 1)]
    assert window_sums(values, length) == sums
    assert sum(each <= found.level for each in sums) >= 0.9 * len(sums)
    assert sum(each < found.level for each in sums) < 0.9 * len(sums)


def test_the_level_serves_compound_poisson_demand_as_asked() -> None:
    """An independent check by drawing: the level of 5,000 periods serves about 95 % of later lead times."""
    draw = random.Random(8)
    demand = [draw.randint(1, 9) if draw.random() < 0.2 else 0 for _ in range(10_000)]
    found = distribution_level(demand[:5000], Uncertain(lead=4, service=0.95))
    later = window_sums(demand[5000:], 4)
    assert sum(each <= found.level for each in later) / len(later) == pytest.approx(0.95, abs=0.02)


def test_a_spread_of_the_lead_time_asks_for_more() -> None:
    values = [0, 0, 3, 0, 5] * 12
    sure, unsure = (distribution_level(values, Uncertain(lead=4, lead_sd=sd)).level for sd in (0, 2))
    assert unsure > sure


def test_internal_buffer_lasts_for_replenishment_and_stops() -> None:
    found = internal_buffer(40, [0.1, 0.1, 0.1, 0.1, 0.5], stop_cover_days=0.25)
    assert found.replenishment_p95_days == pytest.approx(0.42)
    assert found.size == math.ceil(40 * 0.67)
    with pytest.raises(ValueError, match="percentile"):
        internal_buffer(40, [], stop_cover_days=0.25)


@pytest.mark.parametrize(
    ("on_hand", "zone"),
    [(95, "green"), (61, "green"), (60, "yellow"), (31, "yellow"), (30, "red"), (1, "red"), (0, "black"), (-3, "black")],
)
def test_zones_of_the_theory_of_constraints_handbook(on_hand: int, zone: Zone) -> None:
    assert zone_of(on_hand, 90) == zone


def test_penetration() -> None:
    assert [penetration(each, 90) for each in (120, 90, 45, 0)] == [0, 0, 0.5, 1]


def test_too_much_red_makes_a_buffer_larger_by_a_third() -> None:
    """A red zone of 30; on three of five days 10 below its line: 30 in one replenishment time."""
    found = propose(DynamicBuffer(size=90, replenishment_days=5), [60, 20, 20, 40, 20], unit_value_minor=250)
    assert (found.reason, found.after, found.pieces, found.money_minor) == (Reason.TOO_MUCH_RED, 120, 30, 7500)
    assert (found.red_sum, found.red_limit) == (30, 30)
    assert propose(DynamicBuffer(size=90, replenishment_days=5), [60, 20, 20, 40, 21]).reason is Reason.FITS


def test_too_much_green_makes_it_smaller_by_a_third() -> None:
    buffer = DynamicBuffer(size=90, replenishment_days=5)
    assert propose(buffer, [61] * 9).reason is Reason.FITS
    found = propose(buffer, [61] * 10)
    assert (found.reason, found.after, found.pieces, found.money_minor) == (Reason.TOO_MUCH_GREEN, 60, -30, None)
    assert propose(buffer, [*[61] * 9, 60, *[61] * 9]).reason is Reason.FITS


def test_after_a_change_it_is_left_alone_for_one_replenishment_time() -> None:
    changed = DynamicBuffer(size=90, replenishment_days=5, changed_days_ago=4)
    assert propose(changed, [0] * 5).reason is Reason.COOLING
    assert propose(DynamicBuffer(size=90, replenishment_days=5, changed_days_ago=5), [0] * 5).reason is Reason.TOO_MUCH_RED


def test_without_history_nothing_is_proposed() -> None:
    assert propose(DynamicBuffer(size=90, replenishment_days=5), [80]).reason is Reason.NO_HISTORY
    with pytest.raises(ValueError, match="size"):
        propose(DynamicBuffer(size=0, replenishment_days=5), [80])
