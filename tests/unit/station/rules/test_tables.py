"""Each rule with its table of cases: what binds the planner and the person."""

from datetime import UTC, date, datetime

import pytest

from station.rules import handling, look_alike, mixing, rights, shelf_life, storage
from station.rules.issue import batch_of, in_turn
from station.values import Compartment, IssueRule, Item, Lock, Order, OrderKind, OrderLine, Place, Stock, StockKey, Tray

TODAY = date(2026, 3, 3)
MILK = Item(code="MILK", name="Milk", lot_tracked=True, issue_rule=IssueRule.FEFO)


def day(number):
    return datetime(2026, 1, number, 8, tzinfo=UTC)


def lot(name, *, expiry=None, received=None, item="MILK", **key):
    return Stock(
        place=Place("M1", 1, "A"), key=StockKey(item=item, lot=name, **key), quantity=1, expiry=expiry, received_at=received
    )


LOTS = (
    lot("new", expiry=date(2026, 5, 1), received=day(9)),
    lot("old", expiry=date(2026, 6, 1), received=day(2)),
    lot("unknown", received=day(5)),
)


@pytest.mark.parametrize(
    ("rule", "order"),
    [
        (IssueRule.FIFO, ["old", "unknown", "new"]),
        (IssueRule.LIFO, ["new", "unknown", "old"]),
        (IssueRule.FEFO, ["new", "old", "unknown"]),
    ],
)
def test_the_rule_says_which_lot_leaves_first(rule, order):
    item = Item(code="MILK", name="Milk", lot_tracked=True, issue_rule=rule)
    assert [each.key.lot for each in in_turn(item, LOTS)] == order


def test_lots_of_one_day_leave_as_they_came_and_what_is_equal_keeps_its_order():
    same = [
        lot("b", expiry=TODAY, received=day(4)),
        lot("a", expiry=TODAY, received=day(3)),
        lot("c", expiry=TODAY, received=day(3)),
    ]
    assert [each.key.lot for each in in_turn(MILK, same)] == ["a", "c", "b"]


def test_without_a_lot_what_came_on_one_day_leaves_together():
    morning, evening = lot("", received=day(3)), lot("", received=day(3).replace(hour=20))
    assert batch_of(morning) == batch_of(evening) != batch_of(lot("", received=day(4)))
    assert batch_of(lot("L1", received=day(3))) == batch_of(lot("L1", received=day(4)))


@pytest.mark.parametrize(
    ("expiry", "days", "need_by", "why"),
    [
        (TODAY, 0, None, ""),  # good through its last day
        (date(2026, 3, 2), 0, None, "expired"),
        (date(2026, 4, 2), 30, None, ""),
        (date(2026, 4, 1), 30, None, "too_short_life"),
        (date(2026, 4, 2), 30, datetime(2026, 3, 4, tzinfo=UTC), "too_short_life"),  # counted from when it is needed
        (date(2026, 4, 2), 30, datetime(2026, 1, 1, tzinfo=UTC), ""),  # late already: from today
        (None, 0, None, ""),
        (None, 1, None, "expiry_not_known"),
    ],
)
def test_how_long_goods_must_be_good(expiry, days, need_by, why):
    order = Order(order="O1", kind=OrderKind.PICK, need_by=need_by)
    assert shelf_life.why_not(expiry, today=TODAY, day=shelf_life.day_of(order, TODAY), days=days) == why


@pytest.mark.parametrize(("item_days", "line_days", "days"), [(0, 0, 0), (30, 0, 30), (30, 60, 60), (60, 30, 60)])
def test_the_longer_of_what_item_and_order_ask_counts(item_days, line_days, days):
    item = Item(code="MILK", name="Milk", min_remaining_days=item_days)
    assert (
        shelf_life.remaining_days(item, OrderLine(order="O", line="1", item="MILK", quantity=1, min_remaining_days=line_days))
        == days
    )


def test_what_nobody_said_follows_from_the_receipt_where_the_item_keeps_for_some_days():
    keeps = Item(code="MILK", name="Milk", lot_tracked=True, shelf_life_days=10)
    assert shelf_life.expiry_of(keeps, lot("L1", received=day(5))) == date(2026, 1, 15)
    assert shelf_life.expiry_of(keeps, lot("L1", received=day(5), expiry=TODAY)) == TODAY
    assert shelf_life.expiry_of(MILK, lot("L1", received=day(5))) is None
    assert shelf_life.is_expired(keeps, lot("L1", received=day(5)), TODAY)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("20270331", date(2027, 3, 31)),
        ("2027-03-31", date(2027, 3, 31)),
        ("270331", date(2027, 3, 31)),
        ("270300", date(2027, 3, 31)),  # GS1: the month's last day
        ("271200", date(2027, 12, 31)),
        ("270230", None),
        ("20270000", None),
        ("12345", None),
        ("L26-03", None),
        ("", None),
        ("²²²²²²", None),
    ],
)
def test_a_day_as_labels_say_it(text, found):
    assert shelf_life.day_of_code(text) == found


@pytest.mark.parametrize(
    ("mixes", "lying", "why"),
    [
        (False, [], ""),
        (False, [{"lot": "L1"}], ""),
        (False, [{"lot": "L2"}], "mixing_lot"),
        (False, [{"lot": ""}], "mixing_lot"),
        (False, [{"lot": "L1", "owner": "ACME"}], "mixing_owner"),
        (False, [{"item": "TEA", "lot": "L9"}], ""),
        (False, [{"item": "TEA", "lot": "L9", "owner": "ACME"}], "mixing_owner"),
        (True, [{"lot": "L2"}, {"lot": "L1", "owner": "ACME"}], ""),
    ],
)
def test_one_lot_and_one_owner_lie_in_a_compartment(mixes, lying, why):
    item = Item(code="MILK", name="Milk", mixing=mixes)
    keys = [StockKey(**{"item": "MILK", **each}) for each in lying]
    assert mixing.why_not(item, StockKey(item="MILK", lot="L1"), keys) == why


@pytest.mark.parametrize(
    ("needs", "of_tray", "of_cell", "why"),
    [
        ((), (), (), ""),
        ((), ("esd",), (), ""),
        (("esd",), (), (), "unfit_class"),
        (("esd",), ("esd", "moisture"), (), ""),
        (("esd", "dangerous"), ("esd",), (), "unfit_class"),
        (("esd",), ("esd",), ("moisture",), "unfit_class"),  # the compartment's own word counts
        (("esd",), (), ("esd",), ""),
    ],
)
def test_goods_of_a_class_lie_in_places_of_it(needs, of_tray, of_cell, why):
    cell = Compartment(label="A", x_mm=0, y_mm=0, width_mm=1, depth_mm=1, storage_class=of_cell)
    tray = Tray(machine="M1", number=1, width_mm=1, depth_mm=1, storage_class=of_tray)
    assert storage.why_not(Item(code="I", name="I", storage_class=needs), tray, cell) == why


@pytest.mark.parametrize(
    ("right", "rights_of", "may"), [("", (), True), ("drugs", (), False), ("drugs", ("tools", "drugs"), True)]
)
def test_what_asks_for_a_right_is_for_those_who_have_it(right, rights_of, may):
    assert rights.may(right, rights_of) is may


def test_one_locked_thing_closes_its_tray():
    locks = [Lock(4, "drugs", "item"), Lock(4, "tools", "tray"), Lock(5, "tools", "compartment")]
    assert rights.closed_trays(locks, ("tools",)) == {4: locks[0]}
    assert rights.closed_trays(locks, ("drugs", "tools")) == {}
    assert set(rights.closed_trays(locks, ())) == {4, 5}


@pytest.mark.parametrize(("quantity", "heavy"), [(14_999, False), (15_000, True)])
def test_what_weighs_much_is_heavy(quantity, heavy):
    assert handling.is_heavy(Item(code="I", name="I", weight_g=1), quantity) is heavy
    assert handling.weight_g(Item(code="I", name="I", weight_g=1000, decimals=1), 15) == 1500


def test_a_load_is_what_lies_there_and_the_highest_of_it():
    items = {"A": Item(code="A", name="A", weight_g=10, height_mm=80), "B": Item(code="B", name="B", height_mm=40)}
    lying = [lot("", item="A"), lot("", item="B"), lot("", item="GONE")]
    found = handling.load_of(Tray(machine="M1", number=1, width_mm=1, depth_mm=1, max_weight_g=500), lying, items)
    assert found == handling.Load(weight_g=10, height_mm=80, max_g=500)


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("4762-0148", "4762-0149", "code"),  # one character
        ("4762-0148", "4762-0184", "code"),  # changed places
        ("4762-0148", "47620148A", "code"),  # one more
        ("AB-100", "A8-1O0", "code"),  # read for each other
        ("4762-0148", "4763-0250", ""),
        ("AB1", "AB2", ""),  # too short to say anything
        ("SAME-1", "SAME-1", ""),
    ],
)
def test_codes_that_are_taken_for_each_other(one, other, why):
    assert look_alike.why_alike(Item(code=one, name="Hose"), Item(code=other, name="Gear wheel")) == why


@pytest.mark.parametrize(
    ("names", "pictures", "why"),
    [
        (("Hex bolt M8 × 40", "Hex bolt M8 × 45"), ("", ""), "name"),
        (("Hex bolt M8", "Hex bolt M8"), ("", ""), "name"),
        (("Hex bolt M8", "Hex nut M10"), ("a.svg", "a.svg"), "picture"),
        (("Hex bolt M8", "Hex nut M10"), ("a.svg", "b.svg"), ""),
        (("Hex bolt M8", "Hex nut M10"), ("", ""), ""),
    ],
)
def test_names_and_pictures_that_are_taken_for_each_other(names, pictures, why):
    one = Item(code="X100", name=names[0], picture=pictures[0])
    other = Item(code="Q777", name=names[1], picture=pictures[1])
    assert look_alike.why_alike(one, other) == look_alike.why_alike(other, one) == why


def grid():
    places = [(f"{row}{column}", column * 100, number * 200) for number, row in enumerate("ABC") for column in range(3)]
    cells = [Compartment(label=label, x_mm=x_mm, y_mm=y_mm, width_mm=100, depth_mm=200) for label, x_mm, y_mm in places]
    return Tray(machine="M1", number=1, width_mm=300, depth_mm=600, compartments=tuple(cells))


@pytest.mark.parametrize(("label", "found"), [("A1", True), ("B2", True), ("A2", False), ("C0", False)])
def test_only_what_lies_in_a_compartment_that_touches_is_taken_for_it(label, found):
    items = {"X101": Item(code="X101", name="Hose")}
    lying = [Stock(place=Place("M1", 1, label), key=StockKey(item="X101"), quantity=3)]
    asked = look_alike.find(Item(code="X100", name="Gear"), grid(), "A0" if label != "B2" else "A1", contents=lying, items=items)
    assert asked == (look_alike.LookAlike("X101", "code", label) if found else None)


def test_what_a_person_took_for_it_before_counts_both_ways():
    wrong = {("X100", "Q777"), ("Z1", "Z2")}
    assert look_alike.mistaken("X100", wrong) == look_alike.LookAlike("Q777", "mistaken")
    assert look_alike.mistaken("Q777", wrong) == look_alike.LookAlike("X100", "mistaken")
    assert look_alike.mistaken("A", wrong) is None
