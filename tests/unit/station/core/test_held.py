"""A supervisor holds an order that is worked: what is in hand is booked, the rest waits, and the person is told."""

import pytest

from db.records.orders import OrderHeld, OrderLeft, OrderResumed
from db.records.people import PinConfirmed
from db.records.stock import Picked
from hardware.values import ToteKey
from station import commands as do
from station.core.inputs import SiteChanged
from station.holding import HoldError, hold, resume
from station.host_changes import HostChange, apply_waiting, change_order
from station.values import Order, OrderKind, OrderLine, OrderState, StockKey
from tests.helpers.sample import BOLT, JONAS, MARA, NUT, place
from tests.helpers.world import World


def working():
    """Two orders in totes: bolts for both in one compartment, then nuts for the first alone."""
    world = World(put_places=("T1", "T2"))
    lines = (_line("OA", "1", BOLT, 3), _line("OA", "2", NUT, 1))
    world.store.orders["OA"] = Order(order="OA", kind=OrderKind.PICK, lines=lines)
    world.store.orders["OB"] = Order(order="OB", kind=OrderKind.PICK, lines=(_line("OB", "1", BOLT, 2),))
    world.store.held[place(5, "C7"), StockKey(item=BOLT.code)] = 0
    world.sign_on(MARA.person)
    world.settle()
    world.start("OA", "OB")
    world.settle()
    for tote in ("B1", "B2"):
        world.scan(f"BLO-{tote}")
        world.settle()
    return world


def _line(order, line, item, quantity):
    return OrderLine(order=order, line=line, item=item.code, quantity=quantity)


def held(world, order="OA"):
    hold(world.store, order, "the customer called", JONAS)
    world.feed(SiteChanged())
    world.settle()


def picks(world):
    return [(each.order, each.quantity) for each in world.store.written if isinstance(each, Picked)]


def test_nothing_more_of_a_held_order_is_asked_and_the_person_is_told():
    world = working()
    assert world.view().face.confirm_quantity == 5
    hold(world.store, "OA", "the customer called", JONAS)
    world.feed(SiteChanged())
    world.settle()
    assert world.view().flashed.code == "order_held"
    assert world.view().face.confirm_quantity == 2
    world.give(do.Confirm(world.state.token))
    world.settle()
    assert picks(world) == [("OB", 2)]
    assert world.state.round is None
    assert [each.why for each in world.store.written if isinstance(each, OrderLeft)] == ["held"]
    assert world.store.orders["OA"].state is OrderState.HELD


def test_what_is_in_hand_is_still_booked():
    world = working()
    world.give(do.Confirm(world.state.token))
    held(world)
    assert world.view().face.ask.code == "into_totes"
    for key in ("T1", "T2"):
        world.feed(ToteKey(key))
        world.settle()
    if world.state.round is not None and world.view().face.ask is not None:
        world.give(do.Choose(world.state.token, "yes"))
        world.settle()
    assert picks(world) == [("OA", 3), ("OB", 2)]
    assert world.state.round is None


def test_a_held_order_is_shown_as_blocked_and_cannot_be_started():
    world = working()
    held(world)
    tag = next(each for each in world.state.orders if each.order == "OA")
    assert [each.code for each in tag.blocked] == ["missing_held_order"]


def test_it_is_resumed_once_the_bay_has_left_it():
    world = working()
    world.give(do.Confirm(world.state.token))
    held(world)
    with pytest.raises(HoldError, match="in_hand"):
        resume(world.store, "OA", "it goes on", JONAS)
    for key in ("T1", "T2"):
        world.feed(ToteKey(key))
        world.settle()
    resume(world.store, "OA", "it goes on", JONAS)
    assert world.store.orders["OA"].state is OrderState.RELEASED
    acts = [(each.person, each.act) for each in world.store.written if isinstance(each, PinConfirmed)]
    assert acts == [(JONAS.person, "order_hold"), (JONAS.person, "order_resume")]
    assert [type(each) for each in world.store.written if isinstance(each, OrderHeld | OrderResumed)] == [OrderHeld, OrderResumed]


@pytest.mark.parametrize(
    ("order", "reason", "code"), [("O9", "why", "unknown_order"), ("O1", " ", "no_reason"), ("OA", "why", "held")]
)
def test_what_cannot_be_held_says_why(order, reason, code):
    world = working()
    held(world)
    with pytest.raises(HoldError, match=code):
        hold(world.store, order, reason, JONAS)


def test_an_order_that_the_host_changes_is_held_told_and_offered_again_with_the_new_quantity():
    world = working()
    assert change_order(world.store, "OA", [HostChange(order="OA", line="1", quantity=1)]) == {}
    world.feed(SiteChanged())
    world.settle()
    assert world.view().flashed.code == "host_changes_order"
    assert world.view().face.confirm_quantity == 2
    assert apply_waiting(world.store) == ("OA",)
    order = world.store.orders["OA"]
    assert (order.state, order.lines[0].quantity) == (OrderState.RELEASED, 1)


def test_what_is_in_hand_of_an_order_that_the_host_cancels_is_still_booked():
    world = working()
    world.give(do.Confirm(world.state.token))
    change_order(world.store, "OA", [HostChange(order="OA")])
    world.feed(SiteChanged())
    world.settle()
    for key in ("T1", "T2"):
        world.feed(ToteKey(key))
        world.settle()
    assert ("OA", 3) in picks(world)
    apply_waiting(world.store)
    assert world.store.orders["OA"].state is OrderState.CANCELLED
