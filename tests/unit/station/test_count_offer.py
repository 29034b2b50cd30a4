"""What is worth a count while its tray is at the bay: the riskiest book that can be counted in the time, within the budget."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from db.records.record import Record
from db.records.stock import Corrected, Counted, CountHeld, CountOfferPassed, Picked, Put
from station.count_offer import Candidate, History, OfferBudget, cell_of, choose, histories, risk, spent_s
from station.values import EventRow, Item, Stock, StockKey
from tests.helpers.fake_store import NOON
from tests.helpers.sample import BOLT, place

CABLE = replace(BOLT, code="CABLE", unit="m", decimals=2)
BUDGET = OfferBudget(per_hour_s=120, each_s=8)
WHERE: dict[str, Any] = {"machine": "M1", "tray": 4, "compartment": "C7", "visit": 1, "item": BOLT.code}


def stock(label: str = "C7", quantity: int = 10, *, days: float | None = 10.0, item: Item = BOLT, serial: str = "") -> Stock:
    counted_at = None if days is None else NOON - timedelta(days=days)
    key = StockKey(item=item.code, serial=serial)
    return Stock(place=place(4, label), key=key, quantity=quantity, counted_at=counted_at)


def candidate(what: Stock, item: Item = BOLT, **history: Any) -> Candidate:
    return Candidate(stock=what, item=item, history=History(**history))


def rows(*records: Record, at: datetime = NOON) -> list[EventRow]:
    """Events of the log, newest first as they are given."""
    body = [json.dumps({"data": asdict(each)}) for each in records]
    made = EventRow(id="", station="", epoch="", seq=1, kind="", at=at, operator="", body="", prev="", hash="")
    return [replace(made, kind=each.kind, body=text) for each, text in zip(records, body, strict=True)]


def chosen(*candidates: Candidate, spent: int = 0) -> str:
    found = choose(candidates, spent_s=spent, budget=BUDGET, now=NOON)
    return "" if found is None else found.stock.place.compartment


@pytest.mark.parametrize(
    ("quantity", "days", "history", "points"),
    [
        (10, 0, {}, 0.0),
        (10, 30, {}, 1.0),
        (10, 3000, {}, 12.0),
        (10, None, {}, 12.0),
        (10, 0, {"moves": 5}, 2.5),
        (10, 0, {"moves": 500}, 10.0),
        (2, 0, {}, 4.0),
        (-3, 0, {}, 4.0),
        (10, 0, {"was_off": True}, 6.0),
        (0, None, {"moves": 500, "was_off": True}, 32.0),
    ],
)
def test_each_way_in_which_a_book_goes_wrong_adds_its_points(
    quantity: int, days: float | None, history: dict[str, Any], points: float
) -> None:
    assert risk(candidate(stock(quantity=quantity, days=days), **history), NOON) == pytest.approx(points)


def test_the_riskiest_is_offered_of_equals_the_first() -> None:
    calm, old, wrong = candidate(stock("C1", days=1)), candidate(stock("C9", days=90)), candidate(stock("C7"), was_off=True)
    assert chosen(calm, old, wrong) == "C7"
    assert chosen(candidate(stock("C9", days=90)), candidate(stock("C8", days=90))) == "C8"


def test_what_is_fresh_and_was_right_is_never_offered() -> None:
    assert chosen(candidate(stock(days=20), moves=2)) == ""


@pytest.mark.parametrize(
    "slow",
    [
        candidate(stock(quantity=21, days=None)),
        candidate(stock(days=None, item=CABLE), CABLE),
        candidate(stock(days=None, serial="S1")),
    ],
)
def test_only_what_is_counted_in_seconds_is_offered(slow: Candidate) -> None:
    assert chosen(slow) == ""


def test_the_budget_of_the_hour_ends_the_offers() -> None:
    risky = candidate(stock(days=None))
    assert (chosen(risky, spent=112), chosen(risky, spent=113)) == ("C7", "")
    assert choose([risky], spent_s=0, budget=OfferBudget(), now=NOON) is None


@pytest.mark.parametrize(("hours", "offered"), [(1, ""), (23.9, ""), (24.1, "C7")])
def test_what_was_passed_is_not_offered_for_a_day(hours: float, offered: str) -> None:
    assert chosen(candidate(stock(days=None), passed_at=NOON - timedelta(hours=hours))) == offered


def test_taken_and_passed_offers_of_the_last_hour_have_used_their_seconds() -> None:
    taken = Counted(**WHERE, counted=3, reason="offered")
    held = CountHeld(**WHERE, counted=3, reason="offered")
    passed = CountOfferPassed(**WHERE, reason="offered")
    other = Counted(**WHERE, counted=3, reason="zero_check")
    old = rows(taken, at=NOON - timedelta(hours=1))
    assert spent_s([*rows(taken, held, passed, other), *old], BUDGET, NOON) == 24


def test_the_record_says_how_often_a_stock_moved_since_its_count_and_whether_counts_were_off() -> None:
    right = Counted(**WHERE, counted=3, book=3)
    wrong = Counted(**WHERE, counted=3, book=4)
    seen = histories(rows(Picked(**WHERE, quantity=1), Put(**WHERE, quantity=1), right, Corrected(**WHERE, remaining=0)))
    assert seen[cell_of(stock())] == History(moves=2, counts=1)
    assert histories(rows(right, right, wrong))[cell_of(stock())].was_off
    assert not histories(rows(right, right, right, wrong))[cell_of(stock())].was_off, "that is long ago"
    assert histories(rows(CountHeld(**WHERE, counted=3)))[cell_of(stock())].was_off
    assert histories(rows(CountOfferPassed(**WHERE)))[cell_of(stock())].passed_at == NOON
