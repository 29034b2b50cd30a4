"""The work list: what waits, in which order, and what blocks it."""

from dataclasses import replace
from datetime import timedelta

from station.tag_memory import TagMemory
from station.values import KitPart, LineState, Order, OrderKind, OrderLine, OrderState, Stock, StockKey
from station.view.message import Level
from station.work_list import Circumstances, by_item
from tests.helpers.fake_store import NOON
from tests.helpers.sample import BOLT, NUT, place

ITEMS = {BOLT.code: BOLT, NUT.code: NUT}
BOLTS = Stock(place=place(4, "C7"), key=StockKey(item=BOLT.code), quantity=10)


def order(name, *items, **changes):
    lines = tuple(OrderLine(order=name, line=str(no), item=item, quantity=2) for no, item in enumerate(items, start=1))
    return replace(Order(order=name, kind=OrderKind.PICK, lines=lines), **changes)


def listed(*orders, stock=(BOLTS,)):
    return TagMemory().tags(orders, Circumstances(), items=ITEMS, stock=by_item(stock), now=NOON)


def test_started_orders_come_first_then_need_by_then_priority_then_name():
    soon, later = NOON + timedelta(hours=1), NOON + timedelta(hours=2)
    found = listed(
        order("E", BOLT.code),
        order("D", BOLT.code, priority=9, need_by=soon),
        order("C", BOLT.code, priority=1, need_by=soon),
        order("B", BOLT.code, need_by=later),
        order("A", BOLT.code, state=OrderState.STARTED),
    )
    assert [tag.order for tag in found] == ["A", "C", "D", "B", "E"]


def test_what_cannot_be_worked_comes_after_what_can():
    soon, later = NOON + timedelta(hours=1), NOON + timedelta(hours=2)
    found = listed(
        order("C", NUT.code, need_by=soon),
        order("D", NUT.code, priority=1),
        order("A", BOLT.code, need_by=later),
        order("B", BOLT.code, NUT.code),
        order("E", NUT.code, state=OrderState.STARTED),
    )
    assert [tag.order for tag in found] == ["A", "B", "E", "C", "D"]


def test_an_order_is_late_once_its_time_is_over():
    late, now = order("A", BOLT.code, need_by=NOON - timedelta(seconds=1)), order("B", BOLT.code, need_by=NOON)
    assert [tag.is_late for tag in listed(late, now)] == [True, False]


def test_an_order_for_which_nothing_is_there_says_so_in_amber_and_a_part_of_one_in_a_note():
    part, none = listed(order("A", NUT.code), order("B", BOLT.code, NUT.code))
    assert [(each.code, each.level) for each in none.blocked] == [("missing_no_stock", Level.ACT)]
    assert [(each.level, each.params["line"]) for each in part.blocked] == [(Level.NOTE, "2")]


def test_one_order_does_not_hide_the_stock_from_another():
    assert all(not tag.blocked for tag in listed(*(order(name, *[BOLT.code] * 5) for name in "AB")))


def test_a_finished_line_is_counted_but_not_open():
    two = order("A", BOLT.code, BOLT.code)
    done = replace(two.lines[0], state=LineState.CONFIRMED, done_quantity=2)
    (tag,) = listed(replace(two, lines=(done, two.lines[1])))
    assert (tag.lines, tag.open_lines, tag.trays) == (2, 1, 1)


def test_an_order_says_which_kits_are_still_to_be_made_up():
    kit = KitPart("KIT", "10", 2, 4)
    made = order("A", BOLT.code, BOLT.code, BOLT.code)
    lines = (
        replace(made.lines[0], kit=kit, state=LineState.CONFIRMED),
        replace(made.lines[1], kit=kit),
        replace(made.lines[2], kit=KitPart("OTHER", "20", 1, 1), state=LineState.CONFIRMED),
    )
    assert [tag.kits for tag in listed(replace(made, lines=lines))] == [(("KIT", 2),)]
