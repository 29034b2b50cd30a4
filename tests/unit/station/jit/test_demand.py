"""Demand classes against Syntetos, Boylan and Croston 2005 (JORS 56, 495-503), and against Python's own statistics."""

from __future__ import annotations

import statistics
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.jit.demand import Definition, DemandClass, Series, class_of, classify
from station.jit.period_table import read_periods
from tests.helpers.converters import DATA

CARPARTS = DATA / "carparts.csv"
needs_carparts = pytest.mark.skipif(not CARPARTS.exists(), reason="the car parts lie beside the project")


@pytest.mark.parametrize(
    ("values", "adi", "cv2", "demand_class"),
    [
        ((2, 2, 2, 2), 1.0, 0.0, DemandClass.SMOOTH),
        ((1, 9, 1, 9), 1.0, 0.8533333333333334, DemandClass.ERRATIC),
        ((0, 5, 0, 5), 2.0, 0.0, DemandClass.INTERMITTENT),
        ((0, 1, 0, 9), 2.0, 1.28, DemandClass.LUMPY),
        ((0, 0, 0, 0), None, None, DemandClass.NONE),
        ((0, 7, 0, 0), 4.0, None, DemandClass.INTERMITTENT),
    ],
)
def test_each_class_has_its_case(
    values: tuple[int, ...], adi: float | None, cv2: float | None, demand_class: DemandClass
) -> None:
    found = classify(Series("A", values))
    assert (found.adi, found.demand_class) == (adi, demand_class)
    assert found.cv2 == (None if cv2 is None else pytest.approx(cv2))


def test_a_period_in_which_it_was_not_sold_is_no_period() -> None:
    found = classify(Series("A", (None, None, 0, 3, None, 3)))
    assert (found.periods, found.demands, found.adi) == (3, 2, 1.5)


def test_the_limit_itself_is_beyond_it() -> None:
    # 33 periods with 25 demands are 1.32 exactly.
    assert classify(Series("A", (1,) * 25 + (0,) * 8)).demand_class is DemandClass.INTERMITTENT
    assert classify(Series("A", (1,) * 25 + (0,) * 7)).demand_class is DemandClass.SMOOTH
    assert class_of(1.0, 0.49) is DemandClass.ERRATIC
    assert class_of(1.0, 0.4899999) is DemandClass.SMOOTH


def test_a_cv2_on_the_limit_is_found_there() -> None:
    # s = 7, mean = 10: three demands of 3, 10 and 17.
    assert classify(Series("A", (3, 10, 17))).cv2 == 0.49


@pytest.mark.parametrize(("demands", "is_sufficient"), [(9, False), (10, True)])
def test_a_class_of_few_demands_is_not_sure(demands: int, is_sufficient: bool) -> None:
    assert classify(Series("A", (1,) * demands)).is_sufficient is is_sufficient
    assert not classify(Series("A", (1,) * demands), Definition(enough_demands=11)).is_sufficient


@given(st.lists(st.integers(min_value=1, max_value=10**6), min_size=2, max_size=60))
def test_the_squared_variation_is_that_of_python(sizes: list[int]) -> None:
    expected = statistics.variance(sizes) / statistics.mean(sizes) ** 2
    assert classify(Series("A", tuple(sizes))).cv2 == pytest.approx(float(expected), abs=1e-12)


@given(st.lists(st.integers(min_value=0, max_value=99), min_size=1, max_size=30), st.integers(min_value=2, max_value=1000))
def test_the_unit_of_the_quantity_does_not_matter(values: list[int], factor: int) -> None:
    one, other = classify(Series("A", tuple(values))), classify(Series("A", tuple(each * factor for each in values)))
    assert (one.adi, one.cv2, one.demand_class) == (other.adi, other.cv2, other.demand_class)


@needs_carparts
def test_car_parts_are_classed_as_statistics_says() -> None:
    """The set is Hyndman's `carparts`; the 1,300 here are a part of the 2,674 of which 2,236 are intermittent and 435 lumpy."""
    series = read_periods(CARPARTS.read_bytes()).series
    found = {each.item: each for each in map(classify, series)}
    assert Counter(each.demand_class.value for each in found.values()) == {"intermittent": 1206, "lumpy": 94}
    for each in series:
        sizes = [value for value in each.known if value]
        assert found[each.item].adi == pytest.approx(len(each.known) / len(sizes))
        if len(sizes) > 1:
            assert found[each.item].cv2 == pytest.approx((statistics.stdev(sizes) / statistics.mean(sizes)) ** 2)
