"""Which open orders get goods straight from their receipt."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from station.receipt_offers import wanted
from station.receiving import receiving_place
from station.usable_stock import Terms
from station.values import (
    BoundTote,
    IssueRule,
    Item,
    Order,
    OrderKind,
    OrderLine,
    OrderState,
    Stock,
    StockKey,
    StockStatus,
)
from tests.helpers.fake_store import NOON
from tests.helpers.sample import BOLT, RESIN, place

TODAY = Terms(today=NOON.date(), rights=frozenset())
FEFO = replace(RESIN, issue_rule=IssueRule.FEFO)
LIFO = replace(RESIN, issue_rule=IssueRule.LIFO)


def order(
    name: str, quantity: int, *, item: Item = BOLT, need_h: float | None = None, priority: int = 5, **more: object
) -> Order:
    of_line = {key: more.pop(key) for key in ("lot", "owner", "rank", "min_remaining_days", "done_quantity") if key in more}
    line = replace(OrderLine(order=name, line="1", item=item.code, quantity=quantity), **of_line)
    need_by = None if need_h is None else NOON + timedelta(hours=need_h)
    made = Order(order=name, kind=OrderKind.PICK, need_by=need_by, priority=priority, lines=(line,))
    return replace(made, **more)


def lying(quantity: int, *, item: Item = BOLT, lot: str = "", status: StockStatus = StockStatus.FREE, **more: object) -> Stock:
    key = StockKey(item=item.code, lot=lot, status=status)
    made = Stock(place=place(4, "C7"), key=key, quantity=quantity, received_at=NOON - timedelta(days=3))
    return replace(made, **more)


def new(quantity: int, *, item: Item = BOLT, lot: str = "", expiry: date | None = None, came: datetime = NOON) -> Stock:
    return Stock(
        place=receiving_place("S1"), key=StockKey(item=item.code, lot=lot), quantity=quantity, expiry=expiry, received_at=came
    )


def found(goods: Stock, item: Item, orders: list[Order], stock: list[Stock] | None = None) -> list[tuple[str, int]]:
    return [(each.order.order, each.quantity) for each in wanted(goods, item, orders=orders, stock=stock or [], terms=TODAY)]


def test_need_by_goes_before_priority_and_both_before_the_name() -> None:
    orders = [order("D", 1), order("C", 1, priority=1), order("B", 1, need_h=5, priority=9), order("A", 1, need_h=2)]
    assert found(new(9), BOLT, orders) == [("A", 1), ("B", 1), ("C", 1), ("D", 1)]


def test_no_more_is_offered_than_there_is() -> None:
    assert found(new(5), BOLT, [order("A", 3, need_h=1), order("B", 4), order("C", 1)]) == [("A", 3), ("B", 2)]


def test_what_lies_in_the_machine_serves_the_most_urgent_lines_first() -> None:
    orders = [order("A", 3, need_h=1), order("B", 4)]
    assert found(new(9), BOLT, orders, [lying(5)]) == [("B", 2)]


def test_an_order_that_is_worked_on_keeps_its_stock_and_gets_no_offer() -> None:
    orders = [order("A", 3, need_h=1, state=OrderState.STARTED), order("B", 4)]
    assert found(new(9), BOLT, orders, [lying(3)]) == [("B", 4)]


@pytest.mark.parametrize(
    ("item", "old_expiry", "offered"),
    [
        (FEFO, date(2026, 6, 1), []),  # what lies there expires first
        (FEFO, date(2027, 6, 1), [("A", 3)]),  # the new goods do
        (FEFO, None, [("A", 3)]),  # nobody knows: it leaves last
        (RESIN, date(2027, 6, 1), []),  # first in first out, whatever the label says
        (LIFO, date(2026, 6, 1), [("A", 3)]),  # last in first out
    ],
)
def test_the_issue_rule_says_whose_turn_it_is(item: Item, old_expiry: date | None, offered: list[tuple[str, int]]) -> None:
    goods = new(5, item=item, lot="L9", expiry=date(2026, 12, 1))
    assert found(goods, item, [order("A", 3, item=item)], [lying(9, item=item, lot="L1", expiry=old_expiry)]) == offered


def test_stock_that_is_held_or_promised_to_another_bay_covers_nothing() -> None:
    held = lying(9, status=StockStatus.QUALITY_HOLD)
    assert found(new(5), BOLT, [order("A", 3)], [held, lying(9, held=8)]) == [("A", 2)]


def test_what_is_not_good_for_long_enough_is_offered_to_nobody_who_needs_it_longer() -> None:
    goods = new(5, item=FEFO, lot="L9", expiry=NOON.date() + timedelta(days=10))
    orders = [order("A", 2, item=FEFO, min_remaining_days=30), order("B", 2, item=FEFO, min_remaining_days=5)]
    assert found(goods, FEFO, orders) == [("B", 2)]
    assert found(replace(goods, expiry=NOON.date() - timedelta(days=1)), FEFO, orders) == []


@pytest.mark.parametrize(
    "unfit",
    [
        {"kind": OrderKind.PUT},
        {"kind": OrderKind.RECEIPT},
        {"state": OrderState.HELD},
        {"rank": 1},
        {"lot": "L8"},
        {"owner": "ACME"},
        {"done_quantity": 3},
    ],
)
def test_who_cannot_have_these_goods_is_not_offered_them(unfit: dict[str, object]) -> None:
    assert found(new(5), BOLT, [order("A", 3, **unfit), order("B", 1)]) == [("B", 1)]


def test_held_goods_are_offered_to_nobody() -> None:
    goods = new(5)
    goods = replace(goods, key=replace(goods.key, status=StockStatus.QUALITY_HOLD))
    assert found(goods, BOLT, [order("A", 3)]) == []


def test_what_takes_two_persons_or_a_right_goes_by_the_compartment() -> None:
    for item in (replace(BOLT, two_person=True), replace(BOLT, access="poison")):
        assert found(new(5), item, [order("A", 3, item=item)]) == []
    locked, allowed = replace(BOLT, access="poison"), Terms(today=NOON.date(), rights=frozenset({"poison"}))
    assert len(wanted(new(5), locked, orders=[order("A", 3)], stock=[], terms=allowed)) == 1


def test_the_tote_that_stands_for_the_order_is_named() -> None:
    tote = BoundTote(order="A", tote="B7", position="T1")
    (only,) = wanted(new(5), BOLT, orders=[order("A", 3)], stock=[], terms=TODAY, totes={"A": tote})
    assert only.tote == tote


@pytest.mark.parametrize("seed", range(100))
def test_nothing_is_promised_twice(seed: int) -> None:
    rng = random.Random(seed)
    orders = [order(f"O{number}", rng.randint(1, 6), need_h=rng.choice([None, 1, 2])) for number in range(5)]
    stock, goods = [lying(rng.randint(0, 6)), lying(rng.randint(0, 4), place=place(5, "C7"))], new(rng.randint(1, 12))
    offers = wanted(goods, BOLT, orders=orders, stock=stock, terms=TODAY)
    asked, there = sum(each.lines[0].quantity for each in orders), sum(each.quantity for each in stock)
    assert sum(each.quantity for each in offers) == min(goods.quantity, max(0, asked - there))
    assert all(each.quantity <= each.line.quantity for each in offers)


@pytest.mark.parametrize(
    ("item", "old_expiry", "came_h", "offered"),
    [
        (FEFO, date(2026, 6, 1), 1, []),  # what lies at the bay expires first
        (FEFO, date(2027, 6, 1), -1, [("A", 3)]),
        (RESIN, None, -1, []),  # it came first
        (RESIN, None, 0, [("A", 3)]),  # at the same time: none of them waits for the other
        (LIFO, None, -1, [("A", 3)]),
    ],
)
def test_goods_at_the_receiving_place_leave_in_their_turn_too(
    item: Item, old_expiry: date | None, came_h: int, offered: list[tuple[str, int]]
) -> None:
    goods = new(5, item=item, lot="L9", expiry=date(2026, 12, 1))
    beside = new(9, item=item, lot="L1", expiry=old_expiry, came=NOON + timedelta(hours=came_h))
    assert found(goods, item, [order("A", 3, item=item)], [beside]) == offered
