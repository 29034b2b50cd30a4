from station.put_proposal import propose
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
    return propose(item, key or StockKey(item=item.code), quantity, trays=trays, stock=stock, items=ITEMS, **more)


def test_the_same_stock_comes_before_the_same_item_and_that_before_an_empty_compartment():
    stock = [at(1, "A", lot="L1"), at(2, "B"), at(1, "C", item="PAINT")]
    found = proposed(stock, [tray(1), tray(2, "AB")])
    assert [(each.place.tray, each.place.compartment, each.reasons) for each in found] == [
        (2, "B", ("same_stock",)),
        (1, "A", ("same_item",)),
        (1, "B", ("empty", "same_tray")),
        (2, "A", ("empty", "same_tray")),
    ]


def test_the_tray_at_the_bay_is_preferred_among_equals_only():
    stock = [at(1, "A"), at(2, "A")]
    assert places(proposed(stock, [tray(1), tray(2), tray(3)], tray_at_bay=2))[:3] == [(2, "A"), (1, "A"), (2, "B")]
    assert proposed([], [tray(1), tray(3)], tray_at_bay=3)[0].reasons == ("empty", "at_bay")


def test_another_owner_another_status_and_another_item_are_never_mixed_in():
    stock = [at(1, "A", owner="ACME"), at(1, "B", status=StockStatus.BLOCKED), at(1, "C", item="PAINT")]
    assert proposed(stock, [tray(1)]) == ()


def test_another_lot_of_a_tracked_item_is_the_last_resort():
    stock = [at(1, "A", item="PAINT", lot="L1")]
    key = StockKey(item="PAINT", lot="L2")
    assert places(proposed(stock, [tray(1, "AB")], item=PAINT, key=key)) == [(1, "B"), (1, "A")]


def test_a_tray_does_not_pass_its_weight_limit():
    stock = [at(1, "A", 90)]  # 900 g
    assert places(proposed(stock, [tray(1, max_weight_g=1000)], quantity=10))[0] == (1, "A")
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
