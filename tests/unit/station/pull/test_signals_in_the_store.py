"""The life of a signal as the record tells it: raised by a card, worked as an order, undone, short, delivered; rebuildable."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest

from db.records.orders import LineClosed
from db.records.undo import LineReopened
from station.jit.signal import Step
from station.pull.cards import Scanned
from station.values import OrderKind, PullPosition

from .made import ITEM, Pull


def test_a_card_asks_once_for_exactly_its_container_and_its_second_scan_shows_the_first(pull: Pull) -> None:
    pull.loop()
    first, second = pull.scan(), pull.scan()
    assert (first.came_to, second.came_to) == (Scanned.RAISED, Scanned.OPEN)
    assert first.signal == second.signal == "K12-1.1"
    orders = pull.store.open_orders()
    assert [(each.order, each.destination, each.reference) for each in orders] == [("K12-1.1", "Line 3", "K12-1.1")]
    assert [(each.item, each.quantity) for each in orders[0].lines] == [(ITEM.code, 40)]
    signal = pull.signal("K12-1.1")
    assert signal.need_by is not None
    assert abs((signal.need_by - signal.raised_at) - timedelta(minutes=120)) < timedelta(seconds=5)


def test_the_steps_follow_the_order_and_each_has_its_time(pull: Pull) -> None:
    pull.loop()
    pull.scan()
    pull.start("K12-1.1")
    pull.leave("K12-1.1")
    pull.start("K12-1.1")
    pull.pick("K12-1.1", 40)
    assert pull.scan(said="handed_over").came_to is Scanned.HANDED_OVER
    steps = pull.signal("K12-1.1").steps
    states = ["signalled", "released", "picking", "released", "picking", "picked", "handed_over"]
    assert [state for state, _ in steps] == states
    assert all(one < two for (_, one), (_, two) in pairwise(steps[1:]))
    assert pull.signal("K12-1.1").done == 40


def test_a_returned_card_delivers_and_asks_for_the_next_but_never_at_the_hand_over(pull: Pull) -> None:
    pull.loop()
    pull.scan()
    pull.start("K12-1.1")
    pull.pick("K12-1.1", 40)
    assert pull.scan().came_to is Scanned.ASK
    assert pull.states() == {"K12-1.1": "picked"}
    pull.scan(said="handed_over")
    assert pull.scan().came_to is Scanned.OPEN  # the same scan once more, at the same counter
    pull.clock.now += timedelta(minutes=5)
    back = pull.scan()
    assert (back.came_to, back.signal) == (Scanned.RETURNED, "K12-1.2")
    assert pull.signal("K12-1.1").state == "delivered"
    assert pull.states() == {"K12-1.2": "released"}


def test_an_undone_pick_is_being_picked_again(pull: Pull) -> None:
    pull.loop()
    pull.scan()
    pull.start("K12-1.1")
    pull.pick("K12-1.1", 40)
    again = LineReopened(order="K12-1.1", line="1", outcome="open", asked=40, done_quantity=0, undoes=("x",))
    pull.store.append([again]).result()
    assert (pull.signal("K12-1.1").state, pull.signal("K12-1.1").done) == ("picking", 0)


def test_what_was_short_is_asked_for_anew_once(pull: Pull) -> None:
    pull.loop()
    pull.scan()
    pull.start("K12-1.1")
    pull.pick("K12-1.1", 25)
    for _ in range(3):
        pull.keeper.keep()
    assert pull.states() == {"K12-1.1": "picked", "K12-1.1/2": "released"}
    rest = pull.signal("K12-1.1/2")
    assert (rest.quantity, rest.rest_of, rest.card) == (15, "K12-1.1", "")
    pull.start("K12-1.1/2")
    pull.pick("K12-1.1/2", 0, asked=15)
    pull.keeper.keep()
    assert pull.signal("K12-1.1/2").state == "cancelled"
    assert (pull.signal("K12-1.1/2/2").quantity, pull.signal("K12-1.1/2/2").state) == (15, "released")


def test_an_order_that_is_cancelled_ends_its_signal_and_asks_for_no_rest(pull: Pull) -> None:
    pull.loop()
    pull.scan()
    assert pull.step("K12-1.1", Step.CANCEL) == "no_reason"
    assert pull.step("K12-1.1", Step.CANCEL, "wrong card") == ""
    pull.keeper.keep()
    assert pull.states() == {}
    assert pull.signal("K12-1.1").state == "cancelled"
    assert pull.store.open_orders() == ()
    assert pull.scan().signal == "K12-1.2"


def test_constant_work_in_progress_lets_the_next_go_when_one_has_arrived(pull: Pull) -> None:
    pull.loop(wip_limit=1)
    assert pull.scan("K12-1").pulled.orders
    assert not pull.scan("K12-2").pulled.orders
    pull.keeper.keep()
    assert pull.states() == {"K12-1.1": "released", "K12-2.1": "signalled"}
    pull.start("K12-1.1")
    pull.pick("K12-1.1", 40)
    pull.keeper.keep()
    assert pull.states()["K12-2.1"] == "signalled"
    assert pull.step("K12-1.1", Step.DELIVER) == ""
    pull.keeper.keep()
    assert pull.states() == {"K12-2.1": "released"}


def test_cards_that_the_loop_does_not_have_ask_for_nothing_and_are_seen(pull: Pull) -> None:
    pull.loop()
    assert pull.scan("K12-4").came_to is Scanned.SURPLUS
    assert pull.scan("K99-1").came_to is Scanned.UNKNOWN
    pull.loop(is_active=False)
    assert pull.scan("K12-2").came_to is Scanned.IDLE
    assert pull.states() == {}
    assert [(each.card, each.scans) for each in pull.store.cards()] == [("K12-2", 1), ("K12-4", 1)]


@pytest.mark.parametrize("again", ["count", "pick", "nothing"])
def test_a_stock_at_its_trigger_asks_once_whatever_comes_after(pull: Pull, again: str) -> None:
    pull.loop(loop="S1", consumer="VLM1", supplier="Brandt", container=50, cards=0, trigger_at=30, up_to=200)
    pull.stock(31)
    pull.keeper.keep()
    assert pull.states() == {}
    pull.stock(30)
    pull.keeper.keep()
    assert pull.states() == {"S1.1": "signalled"}
    assert pull.signal("S1.1").quantity == 200  # 170 are missing, in whole containers of 50
    if again != "nothing":
        pull.stock(28 if again == "count" else 5)
    pull.keeper.keep()
    pull.keeper.keep()
    assert pull.states() == {"S1.1": "signalled"}


def test_a_supplier_signal_ends_when_its_goods_have_left_the_receiving_place(pull: Pull) -> None:
    from db.records.stock import Picked, Put

    pull.loop(loop="S1", consumer="VLM1", supplier="Brandt", container=50, cards=0, trigger_at=30, up_to=80)
    pull.stock(30)
    pull.keeper.keep()
    assert pull.step("S1.1", Step.SHIP) == "not_now"
    assert pull.step("S1.1", Step.SEND) == ""
    announced = pull.store.order("S1.1")
    assert announced is not None
    assert (announced.kind, announced.supplier, announced.lines[0].quantity) == (OrderKind.RECEIPT, "Brandt", 50)
    assert pull.store.positions([ITEM.code])[ITEM.code] == PullPosition(on_hand=30, on_order=50)  # it counts once
    pull.receive("S1.1", 20)
    assert (pull.signal("S1.1").state, pull.signal("S1.1").done) == ("shipped", 20)
    pull.receive("S1.1", 30)
    assert pull.signal("S1.1").state == "received"
    bay = {"machine": "receiving-S1", "tray": 1, "compartment": "BAY", "visit": 0, "item": ITEM.code}
    pull.store.append([Put(**bay, quantity=50)]).result()  # type: ignore[arg-type]
    pull.store.append([Picked(**bay, quantity=50, reason="put_away")]).result()  # type: ignore[arg-type]
    assert [state for state, _ in pull.signal("S1.1").steps][-3:] == ["received", "stored", "closed"]
    assert not pull.signal("S1.1").is_open


def test_a_rebuild_finds_the_same(pull: Pull) -> None:
    pull.loop(wip_limit=2)
    for card in ("K12-1", "K12-2", "K12-3", "K12-9"):
        pull.scan(card)
    pull.start("K12-1.1")
    pull.pick("K12-1.1", 25)
    pull.keeper.keep()
    pull.store.append([LineClosed(order="K12-2.1", line="1", outcome="cancelled", asked=40, done_quantity=0)]).result()
    before = pull.digest()
    pull.store.rebuild().result()
    assert pull.digest() == before
