from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.allocation import Missing, allocate, next_home, put_task
from station.task import Mode
from station.values import (
    Item,
    LineState,
    Order,
    OrderKind,
    OrderLine,
    Place,
    Stock,
    StockKey,
    StockStatus,
)

BOLT = Item(code="BOLT", name="Bolt")
ITEMS = {"BOLT": BOLT}


def at(tray, label, quantity, **key):
    return Stock(place=Place("M1", tray, label), key=StockKey(item="BOLT", **key), quantity=quantity)


def order_of(*lines, kind=OrderKind.PICK, order="O1"):
    return Order(order=order, kind=kind, destination="Line 4", lines=lines)


def line_of(quantity, *, line="1", order="O1", **more):
    return OrderLine(order=order, line=line, item="BOLT", quantity=quantity, **more)


def allocated(orders, stock, promised=None):
    return allocate(orders, items=ITEMS, stock={"BOLT": stock}, promised=promised or {})


def parts(allocation):
    return [(task.place.tray, task.place.compartment, task.quantity) for task in allocation.tasks]


def test_one_compartment_that_covers_the_line_is_taken_and_the_smallest_such():
    stock = [at(1, "A1", 30), at(2, "A1", 100), at(3, "A1", 12)]
    assert parts(allocated([order_of(line_of(12))], stock)) == [(3, "A1", 12)]


def test_the_fewest_compartments_make_up_a_large_line():
    stock = [at(1, "A1", 5), at(2, "A1", 40), at(3, "A1", 30), at(4, "A1", 8)]
    found = allocated([order_of(line_of(45))], stock)
    assert parts(found) == [(2, "A1", 40), (1, "A1", 5)]
    assert [task.number for task in found.tasks] == [1, 2]
    assert {task.line_asked for task in found.tasks} == {45}


def test_the_oldest_lot_goes_first_even_from_more_compartments():
    stock = [at(1, "A1", 5, lot="L1"), at(2, "A1", 100, lot="L2"), at(3, "A1", 5, lot="L1")]
    assert parts(allocated([order_of(line_of(12))], stock)) == [(1, "A1", 5), (3, "A1", 5), (2, "A1", 2)]


def test_a_line_that_names_a_lot_gets_that_lot_only():
    stock = [at(1, "A1", 5, lot="L1"), at(2, "A1", 100, lot="L2")]
    assert parts(allocated([order_of(line_of(3, lot="L2"))], stock)) == [(2, "A1", 3)]


@pytest.mark.parametrize(
    ("stock", "promised", "reason"),
    [
        ([], 0, "no_stock"),
        ([at(1, "A1", 0)], 0, "no_stock"),
        ([at(1, "A1", 9, status=StockStatus.QUALITY_HOLD), at(2, "A1", 9, status=StockStatus.BLOCKED)], 0, "held"),
        ([at(1, "A1", 9, owner="ACME")], 0, "other_stock"),
        ([at(1, "A1", 9)], 9, "promised"),
    ],
)
def test_what_is_not_free_stock_of_the_owner_is_not_allocated_and_the_reason_is_said(stock, promised, reason):
    promises = {(stock[0].place, stock[0].key): promised} if stock else {}
    found = allocated([order_of(line_of(4))], stock, promises)
    assert found.tasks == ()
    assert found.missing == (Missing(order="O1", line="1", item="BOLT", quantity=4, reason=reason),)


def test_what_is_covered_in_part_is_worked_and_the_rest_is_missing():
    found = allocated([order_of(line_of(10))], [at(1, "A1", 7)])
    assert parts(found) == [(1, "A1", 7)]
    assert (found.missing[0].quantity, found.missing[0].reason) == (3, "not_enough")


def test_stock_is_given_once_the_urgent_order_first():
    orders = [order_of(line_of(6, order="O1")), order_of(line_of(6, order="O2"), order="O2")]
    found = allocated(orders, [at(1, "A1", 8)])
    assert [(task.order, task.quantity) for task in found.tasks] == [("O1", 6), ("O2", 2)]


def test_done_quantity_is_not_asked_again_and_closed_lines_not_at_all():
    lines = [
        line_of(10, done_quantity=7),
        line_of(5, line="2", state=LineState.CONFIRMED),
        line_of(5, line="3", state=LineState.SKIPPED),
        line_of(5, line="4", done_quantity=6),
    ]
    found = allocated([order_of(*lines)], [at(1, "A1", 100)])
    assert [(task.line, task.quantity, task.line_no, task.line_count) for task in found.tasks] == [("1", 3, 1, 4), ("3", 5, 3, 4)]
    assert found.missing == ()


def test_an_unknown_item_is_missing():
    unknown = OrderLine(order="O1", line="1", item="NUT", quantity=2)
    assert allocated([order_of(unknown)], []).missing[0].reason == "unknown_item"


def test_put_lines_go_to_their_place_or_wait_for_a_proposal():
    place = Place("M1", 4, "B2")
    lines = (line_of(5, place=place, lot="L9"), line_of(6, line="2"))
    found = allocated([order_of(*lines, kind=OrderKind.PUT)], [])
    assert found.tasks == (put_task(order_of(*lines, kind=OrderKind.PUT), lines[0], item=BOLT, place=place),)
    assert (found.tasks[0].mode, found.tasks[0].key.lot, found.tasks[0].quantity) == (Mode.PUT, "L9", 5)
    assert found.unplaced == (lines[1],)


def test_a_count_line_visits_every_key_at_its_place_in_every_status():
    place = Place("M1", 1, "A1")
    stock = [at(1, "A1", 5, lot="L1"), at(1, "A1", 2, lot="L2", status=StockStatus.BLOCKED), at(2, "A1", 7)]
    found = allocated([order_of(line_of(0, place=place), kind=OrderKind.COUNT)], stock)
    assert [(task.mode, task.place, task.key) for task in found.tasks] == [(Mode.COUNT, place, each.key) for each in stock[:2]]


def test_a_count_line_without_a_place_visits_all_homes_and_one_without_stock_its_place():
    assert len(allocated([order_of(line_of(0), kind=OrderKind.COUNT)], [at(1, "A1", 5), at(2, "A1", 7)]).tasks) == 2
    place = Place("M1", 9, "A1")
    found = allocated([order_of(line_of(0, place=place), kind=OrderKind.COUNT)], [])
    assert [(task.place, task.key) for task in found.tasks] == [(place, StockKey(item="BOLT"))]


def test_the_next_home_leaves_out_places_found_empty_and_what_is_promised():
    stock = [at(1, "A1", 20), at(2, "A1", 6), at(3, "A1", 9)]
    order, line = order_of(line_of(20)), line_of(20)
    tasks = next_home(
        order,
        line,
        quantity=12,
        first_number=3,
        item=BOLT,
        stock=stock,
        promised={(stock[2].place, stock[2].key): 4},
        exclude={stock[0].place},
    )
    assert [(task.place.tray, task.quantity, task.number) for task in tasks] == [(2, 6, 3), (3, 5, 4)]


def test_there_is_no_next_home_where_nothing_is_left():
    order, line = order_of(line_of(20)), line_of(20)
    common = {"quantity": 12, "first_number": 2, "item": BOLT, "promised": {}}
    assert next_home(order, line, stock=[at(1, "A1", 9)], exclude={Place("M1", 1, "A1")}, **common) == ()


KEYS = st.builds(
    StockKey,
    item=st.just("BOLT"),
    lot=st.sampled_from(["", "L1", "L2"]),
    owner=st.sampled_from(["own", "ACME"]),
    status=st.sampled_from(list(StockStatus)),
)
STOCK = st.lists(
    st.builds(
        Stock,
        place=st.builds(Place, st.just("M1"), st.integers(1, 4), st.sampled_from("ABC")),
        key=KEYS,
        quantity=st.integers(0, 9),
    ),
    unique_by=lambda each: (each.place, each.key),
    max_size=12,
)


@given(STOCK, st.lists(st.integers(0, 25), min_size=1, max_size=5), st.sampled_from(["", "L1"]))
def test_tasks_and_missing_are_exactly_what_is_asked_and_no_stock_is_given_twice(stock, asked, lot):
    lines = tuple(line_of(quantity, line=str(no), lot=lot) for no, quantity in enumerate(asked))
    found = allocated([order_of(*lines)], stock)
    given_out = Counter()
    for line in lines:
        tasks = [task for task in found.tasks if task.line == line.line]
        lack = sum(each.quantity for each in found.missing if each.line == line.line)
        assert sum(task.quantity for task in tasks) + lack == line.quantity
    for task in found.tasks:
        assert task.quantity > 0
        assert (task.key.owner, task.key.status) == ("own", StockStatus.FREE)
        assert lot in ("", task.key.lot)
        given_out[task.place, task.key] += task.quantity
    left = {(each.place, each.key): each.quantity for each in stock}
    assert all(quantity <= left[where] for where, quantity in given_out.items())
    if found.missing:
        fitting = [
            each
            for where, each in left.items()
            if where[1].owner == "own" and where[1].status is StockStatus.FREE and lot in ("", where[1].lot)
        ]
        assert sum(given_out.values()) == sum(fitting)


def test_stock_of_a_tracked_item_without_its_lot_is_taken_last():
    tracked = replace(BOLT, lot_tracked=True)
    stock = [at(1, "A1", 9), at(2, "A1", 5, lot="L2")]
    order = order_of(line_of(6))
    found = allocate([order], items={"BOLT": tracked}, stock={"BOLT": stock}, promised={})
    assert parts(found) == [(2, "A1", 5), (1, "A1", 1)]
    homes = next_home(
        order, order.lines[0], quantity=3, first_number=1, item=tracked, stock=stock, promised={}, exclude=frozenset()
    )
    assert [task.place.tray for task in homes] == [2]


# --- out of service ----------------------------------------------------------------------------------------------------


OUT = {("M1", 1): "motor noise"}


def planned(line, stock, *, kind=OrderKind.PICK):
    return allocate([order_of(line, kind=kind)], items=ITEMS, stock={"BOLT": stock}, promised={}, out_of_service=OUT)


def waiting(quantity):
    return Missing(order="O1", line="1", item="BOLT", quantity=quantity, reason="out_of_service", tray=1, why="motor noise")


def test_a_line_is_planned_from_its_homes_that_are_in_service():
    found = planned(line_of(12), [at(1, "A1", 12), at(2, "A1", 100)])
    assert (parts(found), found.missing) == ([(2, "A1", 12)], ())


def test_a_line_that_needs_what_is_out_of_service_waits_as_a_whole():
    found = planned(line_of(12), [at(1, "A1", 12), at(2, "A1", 5)])
    assert (parts(found), found.missing) == ([], (waiting(12),))


def test_a_line_that_lacks_what_is_nowhere_is_planned_from_what_is_in_service():
    found = planned(line_of(12), [at(2, "A1", 5)])
    assert parts(found) == [(2, "A1", 5)]
    assert [each.reason for each in found.missing] == ["not_enough"]


def test_a_count_of_which_one_home_is_out_of_service_waits_as_a_whole():
    found = planned(line_of(0), [at(1, "A1", 12), at(2, "A1", 5)], kind=OrderKind.COUNT)
    assert (parts(found), found.missing) == ([], (waiting(0),))


def test_a_put_into_a_tray_out_of_service_waits():
    found = planned(line_of(3, place=Place("M1", 1, "B2")), [], kind=OrderKind.PUT)
    assert (parts(found), found.missing) == ([], (waiting(3),))
    other = planned(line_of(3, place=Place("M1", 2, "B2")), [], kind=OrderKind.PUT)
    assert parts(other) == [(2, "B2", 3)]


def test_the_rest_of_a_line_is_not_looked_for_out_of_service():
    order, line = order_of(line_of(12)), line_of(12)
    found = next_home(
        order,
        line,
        quantity=5,
        first_number=2,
        item=BOLT,
        stock=[at(1, "A1", 12), at(2, "A1", 5)],
        promised={},
        exclude=set(),
        out_of_service=OUT,
    )
    assert [(each.place.tray, each.quantity) for each in found] == [(2, 5)]
