"""What becomes of open work when a tray or the bay goes out of service."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from station.outage_work import OutageWork, work_of_bay, work_of_tray
from station.values import Item, Order, OrderKind, OrderLine, Place, Stock, StockKey

ITEMS = {"BOLT": Item(code="BOLT", name="Bolt")}


def order(*quantities: int, kind: OrderKind = OrderKind.PICK, place: Place | None = None) -> Order:
    lines = tuple(
        OrderLine(order="O1", line=str(number), item="BOLT", quantity=quantity, place=place)
        for number, quantity in enumerate(quantities, 1)
    )
    return Order(order="O1", kind=kind, lines=lines)


def on(tray: int, quantity: int) -> Stock:
    return Stock(place=Place("M1", tray, "A1"), key=StockKey(item="BOLT"), quantity=quantity)


def work(orders: list[Order], stock: list[Stock], tray: int, *, out: tuple[int, ...] = ()) -> OutageWork:
    is_out = {("M1", each): "bent" for each in out}
    return work_of_tray(orders, items=ITEMS, stock={"BOLT": stock}, out_of_service=is_out, machine="M1", tray=tray)


def test_a_line_with_another_home_comes_from_there_and_one_without_waits() -> None:
    assert work([order(5)], [on(1, 5), on(2, 9)], 1) == OutageWork(waits=0, elsewhere=1)
    assert work([order(5)], [on(1, 5), on(2, 4)], 1) == OutageWork(waits=1, elsewhere=0)


def test_a_line_that_does_not_use_the_tray_is_not_counted() -> None:
    assert work([order(5)], [on(1, 5), on(2, 9)], 2) == OutageWork(waits=0)


def test_what_waits_for_another_tray_already_is_not_counted_again() -> None:
    assert work([order(12)], [on(1, 5), on(2, 9)], 2, out=(1,)) == OutageWork(waits=0)


def test_a_put_that_names_the_tray_waits() -> None:
    put = order(3, kind=OrderKind.PUT, place=Place("M1", 1, "B2"))
    assert work([put], [], 1) == OutageWork(waits=1)


def test_of_a_bay_every_line_counts_that_could_be_worked() -> None:
    unplaced = order(3, kind=OrderKind.PUT)
    lines = work_of_bay([order(5, 2), unplaced], items=ITEMS, stock={"BOLT": [on(1, 9)]}, out_of_service={})
    assert lines == OutageWork(waits=3)


@given(st.lists(st.integers(1, 9), max_size=5), st.lists(st.integers(1, 9), min_size=1, max_size=4))
def test_no_line_is_counted_twice(quantities: list[int], held: list[int]) -> None:
    found = work([order(*quantities)], [on(tray, quantity) for tray, quantity in enumerate(held, 1)], 1)
    assert 0 <= found.waits + found.elsewhere <= len(quantities)
