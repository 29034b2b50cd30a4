"""The programme of counts, and when the financial year began."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from station.accuracy.desk import CountRules, count_rules_of, year_began
from station.accuracy.programme import programme
from station.record_settings import CountSettings
from station.values import ItemCounted

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)


def lies(item: str, value: int, *due: int) -> ItemCounted:
    return ItemCounted(item=item, places=4, value=value, due=due or (0, 0, 0))


def test_the_classes_are_by_worth_and_each_has_its_own_days() -> None:
    a, b, c = programme([lies("dear", 9000, 3, 2, 1), lies("middle", 900, 3, 2, 1), lies("cheap", 100, 3, 2, 1)], (30, 90, 365))
    assert [(each.name, each.days, each.due) for each in (a, b, c)] == [("A", 30, 3), ("B", 90, 2), ("C", 365, 1)]
    assert (a.due_items, b.due_items, c.due_items) == (("dear",), ("middle",), ("cheap",))


def test_what_is_not_due_is_in_no_order() -> None:
    a, _, _ = programme([lies("dear", 9000)], (30, 90, 365))
    assert (a.places, a.due, a.due_items) == (4, 0, ())


def test_stock_without_a_value_and_a_negative_book_are_c() -> None:
    _, _, c = programme([lies("dear", 9000), lies("unknown", 0), lies("owed", -5)], (30, 90, 365))
    assert c.items == 2


@pytest.mark.parametrize(
    ("begins", "year"), [((1, 1), 2026), ((11, 26), 2026), ((12, 1), 2025)], ids=["calendar", "today", "still to come"]
)
def test_the_financial_year_began_at_or_before_now(begins: tuple[int, int], year: int) -> None:
    began = year_began(CountRules(year_begins=begins), NOW).astimezone()
    assert (began.year, began.month, began.day, began.hour) == (year, *begins, 0)


def test_the_rules_are_those_of_the_settings() -> None:
    rules = count_rules_of(CountSettings(year_begins="07-01", class_days="10, 20,30"))
    assert (rules.year_begins, rules.class_days) == ((7, 1), (10, 20, 30))
