from dataclasses import replace
from time import process_time

import pytest

from station.put_proposal import fits_anywhere, propose, survey
from station.rules import storage
from station.values import Compartment, Item, Place, Stock, StockKey, StockStatus, Tray

BOLT = Item(code="BOLT", name="Bolt", weight_g=10)
PAINT = Item(code="PAINT", name="Paint", weight_g=1000, lot_tracked=True, decimals=1)
ITEMS = {"BOLT": BOLT, "PAINT": PAINT}


def tray(number, labels="ABC", max_weight_g=0):
    cells = tuple(Compartment(label=label, x_mm=no * 100, y_mm=0, width_mm=100, depth_mm=400) for no, label in enumerate(labels))
    return Tray(machine="M1", number=number, width_mm=400, depth_mm=400, max_weight_g=max_weight_g, compartments=cells)


def at(number, label, quantity=5, item="BOLT", **key):
    return Stock(place=Place("M1", number, label), key=StockKey(item=item, **key), quantity=quantity)


def places(proposals):
    return [(each.place.tray, each.place.compartment) for each in proposals]


def proposed(stock, trays, *, item=BOLT, key=None, quantity=10, **more):
    limits = {name: more.pop(name) for name in ("rights", "busy") if name in more}
    on = survey(trays, stock, ITEMS, **limits)
    return propose(item, key or StockKey(item=item.code), quantity, on=on, **{"limit": 5, **more})


def test_the_same_stock_comes_before_the_same_item_and_that_before_an_empty_compartment():
    mixed = replace(BOLT, mixing=True)
    stock = [at(1, "A", lot="L1"), at(2, "B"), at(1, "C", item="PAINT")]
    found = proposed(stock, [tray(1), tray(2, "AB")], item=mixed)
    assert [(each.place.tray, each.place.compartment, each.reasons) for each in found] == [
        (2, "B", ("same_item", "consolidation")),
        (1, "A", ("same_item",)),
        (1, "B", ("empty", "consolidation")),
        (2, "A", ("empty", "consolidation")),
    ]


def test_the_tray_at_the_bay_is_preferred_among_equals_only():
    stock = [at(1, "A"), at(2, "A")]
    assert places(proposed(stock, [tray(1), tray(2), tray(3)], tray_at_bay=2))[:3] == [(2, "A"), (1, "A"), (2, "B")]
    assert proposed([], [tray(1), tray(3)], tray_at_bay=3)[0].reasons == ("empty", "at_bay")


def test_another_owner_another_status_and_another_item_are_never_mixed_in():
    stock = [at(1, "A", owner="ACME"), at(1, "B", status=StockStatus.BLOCKED), at(1, "C", item="PAINT")]
    assert proposed(stock, [tray(1)]) == ()


def test_another_lot_lies_beside_the_first_only_where_the_item_allows_it_and_last():
    stock = [at(1, "A", item="PAINT", lot="L1")]
    key = StockKey(item="PAINT", lot="L2")
    assert places(proposed(stock, [tray(1, "AB")], item=PAINT, key=key)) == [(1, "B")]
    mixed = replace(PAINT, mixing=True)
    assert places(proposed(stock, [tray(1, "AB")], item=mixed, key=key)) == [(1, "B"), (1, "A")]
    assert places(proposed(stock, [tray(1, "AB")], item=mixed, key=replace(key, owner="ACME"))) == [(1, "B"), (1, "A")]


def test_a_lot_that_is_not_known_yet_gets_a_compartment_of_its_own():
    assert places(proposed([at(1, "A", item="PAINT", lot="L1")], [tray(1, "AB")], item=PAINT)) == [(1, "B")]


def test_goods_of_a_class_go_to_places_of_that_class_only():
    esd = replace(BOLT, storage_class=("esd", "moisture"))
    trays = [tray(1), replace(tray(2), storage_class=("dangerous", "esd", "moisture")), replace(tray(3), storage_class=("esd",))]
    found = proposed([at(1, "A")], trays, item=esd)
    assert {place for place, _ in places(found)} == {2}
    assert found[0].reasons == ("empty", "fits")


@pytest.mark.parametrize(("tray_mm", "cell_mm", "fits"), [(0, 0, True), (99, 0, False), (100, 0, True), (300, 99, False)])
def test_goods_are_never_higher_than_their_place(tray_mm, cell_mm, fits):
    cell = Compartment(label="A", x_mm=0, y_mm=0, width_mm=10, depth_mm=10, max_height_mm=cell_mm)
    low = Tray(machine="M1", number=1, width_mm=10, depth_mm=10, max_height_mm=tray_mm, compartments=(cell,))
    assert bool(proposed([], [low], item=replace(BOLT, height_mm=100))) is fits


@pytest.mark.parametrize(
    ("width_mm", "depth_mm", "fits"),
    [(0, 0, True), (200, 100, True), (100, 200, True), (201, 100, False), (100, 201, False), (150, 150, False), (0, 150, True)],
)
def test_a_piece_goes_only_where_it_lies_within_the_dividers_perhaps_turned(width_mm, depth_mm, fits):
    cell = Compartment(label="A", x_mm=0, y_mm=0, width_mm=200, depth_mm=100)
    flat = Tray(machine="M1", number=1, width_mm=200, depth_mm=100, compartments=(cell,))
    large = replace(BOLT, width_mm=width_mm, depth_mm=depth_mm)
    found = proposed([], [flat], item=large)
    assert bool(found) is fits
    if found:
        assert ("fits" in found[0].reasons) is bool(width_mm or depth_mm)
    assert storage.why_not(large, flat, cell) == ("" if fits else "unfit_size")
    assert fits_anywhere(large, 1, on=survey([flat], [], {})) is fits


def test_a_locked_item_goes_where_its_right_is_asked_anyway_and_locks_no_other_tray():
    locked = replace(BOLT, access="tools")
    trays = [tray(1, "A"), tray(2, "A"), tray(3, "A")]
    found = proposed([], trays, item=locked, rights={2: {"tools"}, 3: {"drugs"}})
    assert [(each.place.tray, "rights" in each.reasons) for each in found] == [(2, True), (1, False), (3, False)]
    assert places(proposed([], trays, rights={1: {"tools"}})) == [(2, "A"), (3, "A"), (1, "A")]


def test_what_is_used_often_goes_to_a_tray_that_is_called_often():
    found = proposed([], [tray(1, "A"), tray(2, "A")], busy={2}, is_used_often=True)
    assert [(each.place.tray, each.reasons) for each in found] == [(2, ("empty", "used_often")), (1, ("empty",))]
    assert places(proposed([], [tray(1, "A"), tray(2, "A")], busy={2})) == [(1, "A"), (2, "A")]


def test_a_tray_does_not_pass_its_weight_limit():
    stock = [at(1, "A", 90)]  # 900 g
    assert places(found := proposed(stock, [tray(1, max_weight_g=1000)], quantity=10))[0] == (1, "A")
    assert "weight" in found[0].reasons
    assert proposed(stock, [tray(1, max_weight_g=1000)], quantity=11) == ()


def test_parts_of_a_unit_weigh_what_they_weigh():
    key = StockKey(item="PAINT", lot="L1")
    assert proposed([], [tray(1, max_weight_g=1500)], item=PAINT, key=key, quantity=15) != ()
    assert proposed([], [tray(1, max_weight_g=1500)], item=PAINT, key=key, quantity=16) == ()


def test_refused_places_are_left_out_and_the_list_is_short():
    found = proposed([], [tray(1, "ABCDEFGH")], exclude={Place("M1", 1, "A")})
    assert places(found) == [(1, label) for label in "BCDEF"]


def test_a_compartment_that_was_emptied_counts_as_empty():
    assert proposed([at(1, "A", 0, item="PAINT")], [tray(1, "A")])[0].reasons == ("empty",)


def test_of_fifty_thousand_compartments_only_the_best_trays_are_looked_at():
    labels = [f"{row}{column}" for row in "ABCDE" for column in range(10)]
    trays = [tray(number, labels) for number in range(1, 1001)]
    stock = [at(each.number, label, item=f"I{each.number}") for each in trays for label in labels[:45]]
    began_s = process_time()
    on = survey(trays, stock, ITEMS)
    looked_s = process_time() - began_s
    found = [propose(BOLT, StockKey(item="BOLT", lot=f"L{n}"), 1, on=on) for n in range(10)]
    assert {len(each) for each in found} == {3}
    assert looked_s < 2.0
    assert process_time() - began_s - looked_s < 0.5
