"""Count orders by item, tray, area and programme: what is in them, and what is refused."""

from __future__ import annotations

import pytest

from station.count_orders import CountOrderError, WhatToCount, order_count
from station.values import Order, OrderKind, StockKey
from tests.helpers.fake_store import NOON, FakeStore
from tests.helpers.sample import BOLT, RESIN, place
from tests.helpers.world import filled_store


def lines(order: Order) -> list[tuple[int, str, str, str]]:
    return [(each.place.tray, each.place.compartment, each.item, each.lot) for each in order.lines if each.place]


def make(store: FakeStore | None = None, **what: object) -> Order:
    return order_count(store or filled_store(), WhatToCount(**what), NOON)  # type: ignore[arg-type]


def test_an_item_is_counted_wherever_it_lies() -> None:
    store = filled_store()
    order = make(store, item=BOLT.code)
    assert (order.kind, lines(order)) == (OrderKind.COUNT, [(4, "C7", BOLT.code, ""), (5, "C7", BOLT.code, "")])
    assert store.order(order.order) == order
    assert [row.kind for row in store.log] == ["imported"]


def test_a_tray_an_area_and_an_item_of_an_area() -> None:
    assert {each[0] for each in lines(make(first_tray=5))} == {5}
    assert {each[0] for each in lines(make(first_tray=4, last_tray=5))} == {4, 5}
    assert lines(make(first_tray=5, last_tray=6, item=BOLT.code)) == [(5, "C7", BOLT.code, "")]


def test_the_programme_takes_those_whose_book_is_most_likely_wrong() -> None:
    found = lines(make(riskiest=2))
    assert found == [(6, "C7", "METER-2", ""), (6, "D1", "FUSE-10A", "")], "few pieces, never counted"


def test_lots_are_lines_of_their_own_unless_some_has_none() -> None:
    store = filled_store()
    store.held[place(5, "C8"), StockKey(item=RESIN.code, lot="L2")] = 1
    assert [each[3] for each in lines(make(store, item=RESIN.code))] == ["L1", "L2"]
    store.held[place(5, "C8"), StockKey(item=RESIN.code)] = 1
    assert [each[3] for each in lines(make(store, item=RESIN.code))] == [""]


def test_two_orders_of_a_second_have_two_names() -> None:
    store = filled_store()
    assert make(store, first_tray=4).order != make(store, first_tray=4).order


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ({"machine": "X"}, "unknown_machine"),
        ({"item": "X"}, "unknown_item"),
        ({"first_tray": 99}, "unknown_tray"),
        ({"first_tray": 6, "item": BOLT.code}, "nothing_to_count"),
    ],
)
def test_what_is_not_there_is_refused_with_its_code(what: dict[str, object], code: str) -> None:
    with pytest.raises(CountOrderError) as refused:
        make(**what)
    assert refused.value.code == code


def test_a_sample_is_drawn_again_by_the_same_seed_and_holds_all_that_lies_at_a_place() -> None:
    first, again = make(sample=3, seed=5), make(sample=3, seed=5)
    assert first.order.startswith("SAMPLE-")
    assert lines(first) == lines(again)
    assert len({each[:2] for each in lines(first)}) == 3
    drawn = {tuple({each[:2] for each in lines(make(sample=3, seed=seed))}) for seed in range(8)}
    assert len(drawn) > 1


def test_a_sample_of_more_places_than_there_are_is_all_of_them() -> None:
    assert {each[:2] for each in lines(make(sample=999))} == {each[:2] for each in lines(make())}
