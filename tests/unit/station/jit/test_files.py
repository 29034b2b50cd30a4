"""History by periods, the names of periods, and the file of facts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from station.jit.demand import Series
from station.jit.facts import ItemFacts
from station.jit.facts_table import read_facts
from station.jit.history import series_of
from station.jit.period_names import period_days_of
from station.jit.stock_days import by_item, daily
from station.values import AskedDay, Demand, StockChange

FIRST = date(2026, 5, 4)


def test_a_period_without_service_is_marked_and_not_zero() -> None:
    asked = (AskedDay("A", FIRST, 2), AskedDay("A", FIRST + timedelta(days=6), 3), AskedDay("B", FIRST + timedelta(days=22), 4))
    demand = Demand(asked=asked, undated=0, first=FIRST, in_service=frozenset({0, 8}))
    found = series_of(demand, {"A": 1, "C": 0}, period_days=7, periods=4)
    assert found == (
        Series("A", (5, 0, None, 0), 1),
        Series("B", (0, 0, None, 4), 0),
        Series("C", (0, 0, None, 0), 0),
    )


def test_more_returns_than_demand_are_no_demand() -> None:
    demand = Demand(asked=(AskedDay("A", FIRST, -2),), undated=0, first=FIRST, in_service=frozenset({0}))
    assert series_of(demand, {}, period_days=7, periods=1) == (Series("A", (0,)),)


@pytest.mark.parametrize(
    ("names", "days"),
    [
        (("Jan-98", "Feb-98", "Mar-98"), 29.5),
        (("2026-05-04", "2026-05-11", "2026-05-18"), 7),
        (("2026-W01", "2026-W02"), 7),
        (("2025-12", "2026-01"), 31),
        (("December 2025", "January 2026"), 31),
        (("1", "2"), None),
        (("2026-05-04",), None),
        (("2026-02-31", "2026-03-01"), None),
        (("2026-05-11", "2026-05-04"), None),
        (("2020-01", "2026-01"), None),
    ],
)
def test_the_names_of_periods_tell_their_length(names: tuple[str, ...], days: float | None) -> None:
    assert period_days_of(names) == days


def test_facts_are_read_by_name() -> None:
    content = b"item,unit_value,lead_time_days,suppliers,otif,is_overseas,note\nA,1250,5.5,2,0.97,yes,hello\nB,,,,,,\n"
    found = read_facts(content, file="facts.csv")
    assert found.errors == ()
    assert found.ignored == ("note",)
    assert found.facts == {
        "A": ItemFacts(item="A", unit_value=1250, lead_time_days=5.5, suppliers=2, otif=0.97, is_overseas=True),
        "B": ItemFacts(item="B"),
    }


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ("A,-1,,", "unit_value"),
        ("A,x,,", "unit_value"),
        ("A,,1.5,", "suppliers"),
        ("A,,,1.1", "otif"),
        (",,,", ""),
        ("A,nan,,", "unit_value"),
    ],
)
def test_a_wrong_fact_leaves_its_line_out(row: str, field: str) -> None:
    found = read_facts(f"item,unit_value,suppliers,otif\n{row}\nZ,1,1,1\n".encode(), file="facts.csv")
    assert list(found.facts) == ["Z"]
    assert [each.field for each in found.errors] == ([field] if field else [])


def test_a_file_of_facts_names_its_items_once() -> None:
    assert [each.reason for each in read_facts(b"item\nA\nA\n", file="f").errors] == ["duplicate"]
    assert [each.reason for each in read_facts(b"code\nA\n", file="f").errors] == ["missing_column"]


def test_stock_is_walked_back_from_what_is_there_now() -> None:
    changes = (
        StockChange("A", FIRST, -4, False),
        StockChange("A", FIRST - timedelta(days=2), 10, False),
        StockChange("B", FIRST, 1, False),
    )
    assert daily(20, by_item(changes)["A"], days=5, today=FIRST) == [14, 14, 24, 24, 20]
    assert daily(20, (), days=3, today=FIRST) == [20, 20, 20]


def test_before_an_opening_stock_nobody_knows() -> None:
    changes = (StockChange("A", FIRST - timedelta(days=1), 5, True), StockChange("A", FIRST, 2, False))
    assert daily(20, changes, days=9, today=FIRST) == [18, 20]
