"""A load, and goods that came in, are taken back like any booking; too late, the touch does the opposite, or says why."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from db.records.loads import LoadMissed, LoadPut, LoadTaken
from db.records.orders import LineClosed, OrderLeft, OrderStarted
from db.records.record import Record
from db.records.stock import Picked
from db.records.undo import BookingUndone, LineReopened, LoadBackIn, LoadOutAgain, PutBack, TakenBack
from station import commands as do
from station.core.inputs import Elapsed
from station.core.state import SyncSeen
from station.flows.undo import AS_BOOKED, LIE_BACK, held_from
from station.values import Load, OrderState, SyncState, SyncStatus
from station.view.task import TaskFace
from tests.helpers.fake_store import NOON
from tests.helpers.receipts import accept, announced, ask, at_bay, at_receipts, choose, count, face, pick_order, scan
from tests.helpers.sample import NUT, place
from tests.helpers.world import World
from tests.unit.station.core.test_loads import CODE, at_loads, put_in

D1 = place(5, "D1")
EARLIER = NOON - timedelta(hours=3)


def written(world: World, *kinds: type[Record]) -> list[Record]:
    return [each for each in world.store.written if isinstance(each, kinds)]


def undo(world: World, answer: str = LIE_BACK) -> None:
    world.give(do.Undo(world.state.token))
    world.give(do.Choose(world.state.token, answer))
    world.settle()


def confirm(world: World) -> None:
    world.give(do.Confirm(world.state.token))
    world.settle()


def wait(world: World, seconds: float = 10.0) -> None:
    world.clock_s += seconds
    world.feed(Elapsed())
    world.settle()


def load_in_hand(mode: str) -> World:
    world = at_loads(**{"Line 3": 2})
    if mode == "load_put":
        put_in(world)
    else:
        world.store.loads_by_code[CODE] = Load(load=CODE, place=D1, consumer="Line 3", put_at=EARLIER, take_at=NOON)
        world.scan(CODE)
    world.settle()
    shown = world.view().face
    assert isinstance(shown, TaskFace)
    assert shown.mode == mode
    return world


def test_a_load_that_went_in_comes_out_again_and_is_asked_anew() -> None:
    world = load_in_hand("load_put")
    confirm(world)
    world.give(do.Undo(world.state.token))
    assert world.view().bar.code == "undo_ask_put_load"
    world.give(do.Choose(world.state.token, LIE_BACK))
    world.settle()
    assert len(written(world, LoadPut)) == len(written(world, LoadOutAgain)) == 1
    assert world.store.loads_by_code == {}
    again = world.view().face
    assert isinstance(again, TaskFace)
    assert (again.mode, again.item.code if again.item else "") == ("load_put", CODE)


def test_a_load_that_came_out_lies_back_as_old_as_it_was() -> None:
    world = load_in_hand("load_pick")
    before = world.store.loads_by_code[CODE]
    confirm(world)
    undo(world)
    assert len(written(world, LoadBackIn)) == 1
    assert world.store.loads_by_code == {CODE: before}


def test_a_load_that_was_said_to_be_gone_lies_there_after_all() -> None:
    world = load_in_hand("load_pick")
    before = world.store.loads_by_code[CODE]
    world.give(do.NotEnough(world.state.token))
    world.give(do.Choose(world.state.token, "load_not_there"))
    world.settle()
    assert len(written(world, LoadMissed)) == 1
    assert world.store.loads_by_code == {}
    undo(world)
    assert world.store.loads_by_code == {CODE: before}


def test_no_leaves_the_load_as_it_was_booked() -> None:
    world = load_in_hand("load_put")
    confirm(world)
    undo(world, AS_BOOKED)
    assert list(world.store.loads_by_code) == [CODE]
    assert written(world, BookingUndone) == []


@pytest.mark.parametrize(("mode", "then", "kind"), [("load_put", "load_pick", LoadTaken), ("load_pick", "load_put", LoadPut)])
def test_once_its_tray_has_left_the_touch_moves_the_load_the_other_way(mode: str, then: str, kind: type[Record]) -> None:
    world = load_in_hand(mode)
    confirm(world)
    assert world.state.custody.tray_here is not None
    wait(world)
    assert world.state.custody.tray_here is None
    tag = world.view().undo
    assert tag is not None
    assert (tag.seconds, tag.instead) == (0, then)
    world.give(do.Undo(world.state.token))
    assert (world.view().bar.code, world.view().bar.error) == (f"undo_no_{then}", "O507")
    world.settle()
    shown = world.view().face
    assert isinstance(shown, TaskFace)
    assert (shown.mode, shown.is_here) == (then, True)
    confirm(world)
    assert len(written(world, kind)) == 1
    assert written(world, BookingUndone) == []


def test_the_tray_of_a_load_waits_for_nobody_who_has_other_work() -> None:
    world = load_in_hand("load_put")
    confirm(world)
    tray = world.state.custody.tray_here
    world.start("O1")
    world.settle()
    assert tray is not None
    assert world.state.custody.tray_here not in (None, tray)


# --- goods that came in


def received(*, quantity: int = 40) -> World:
    world = World()
    world.store.orders = {}
    announced(world, "R1", NUT, 40)
    at_receipts(world)
    scan(world, NUT.code)
    if quantity == 40:
        accept(world)
    else:
        count(world, quantity)
    return world


def test_goods_that_came_in_are_not_received_and_their_order_waits_for_them_again() -> None:
    world = received()
    assert (at_bay(world, NUT), world.store.orders["R1"].state) == (40, OrderState.CLOSED)
    world.give(do.Undo(world.state.token))
    assert (ask(world), world.view().bar.code) == ("undo_received", "undo_ask_received")
    choose(world, LIE_BACK)
    assert at_bay(world, NUT) == 0
    order = world.store.orders["R1"]
    assert (order.state, order.lines[0].done_quantity) == (OrderState.RELEASED, 0)
    assert [each.quantity for each in world.store.written if isinstance(each, TakenBack)] == [40]
    assert [type(each) for each in world.store.written[-2:]] == [OrderStarted, OrderLeft]
    assert [each.line.order for each in face(world).announced] == ["R1"]
    assert world.view().undo is None


def test_a_part_of_a_receipt_that_is_taken_back_is_still_to_come() -> None:
    world = received(quantity=30)
    choose(world, "rest_follows")
    undo(world)
    assert (at_bay(world, NUT), world.store.orders["R1"].lines[0].done_quantity) == (0, 0)
    assert len(face(world).announced) == 1


def test_no_leaves_the_goods_received_and_the_page_as_it_was() -> None:
    world = received()
    before = face(world)
    undo(world, AS_BOOKED)
    assert (face(world).ask, at_bay(world, NUT)) == (before.ask, 40)


def test_while_it_is_asked_no_scan_begins_another_receipt() -> None:
    world = received()
    world.give(do.Undo(world.state.token))
    scan(world, NUT.code)
    assert ask(world) == "undo_received"


def test_what_was_rejected_is_taken_back_while_nobody_was_told() -> None:
    world = World()
    world.store.orders = {}
    announced(world, "R1", NUT, 40)
    at_receipts(world)
    scan(world, NUT.code)
    world.give(do.JudgeGoods(world.state.token))
    count(world, 40)
    choose(world, "reject")
    choose(world, "goods_damaged")
    world.give(do.LeaveOut(world.state.token))
    world.settle()
    assert [each.outcome for each in world.store.written if isinstance(each, LineClosed)] == ["short"]
    undo(world)
    assert world.store.orders["R1"].state is OrderState.RELEASED
    assert [each.outcome for each in world.store.written if isinstance(each, LineReopened)] == ["open"]


def test_after_ten_seconds_the_touch_says_why_not_and_what_to_do() -> None:
    world = received()
    world.clock_s += 10.0
    world.feed(Elapsed())
    tag = world.view().undo
    assert tag is not None
    assert (tag.seconds, tag.instead, tag.refused) == (0, "why", "")
    assert held_from(world.state.undo) is None
    world.give(do.Undo(world.state.token))
    world.settle()
    assert (world.view().bar.code, world.view().bar.error) == ("undo_no_received", "O504")
    assert (at_bay(world, NUT), written(world, BookingUndone)) == (40, [])


def test_a_receipt_whose_end_the_site_database_knows_is_not_taken_back() -> None:
    world = received()
    world.state = replace(world.state, sync=SyncSeen(status=SyncStatus(state=SyncState.ONLINE)))
    world.feed(Elapsed())
    world.give(do.Undo(world.state.token))
    assert world.view().bar.error == "O504"
    assert at_bay(world, NUT) == 40


def test_whoever_leaves_the_receipts_takes_nothing_back() -> None:
    world = received()
    choose(world, "goods_later")
    world.give(do.Back(world.state.token))
    world.settle()
    assert held_from(world.state.undo) is None
    assert world.view().undo is None


def passed() -> World:
    world = World()
    world.store.orders = {}
    pick_order(world, "P1", NUT, 15)
    announced(world, "R1", NUT, 40)
    at_receipts(world)
    scan(world, NUT.code)
    accept(world)
    assert ask(world) == "pass_goods"
    choose(world, "hand_over_goods")
    return world


def test_goods_that_went_straight_to_an_order_lie_at_the_bay_again_and_it_waits_for_them() -> None:
    world = passed()
    taken = next(each.quantity for each in reversed(world.store.written) if isinstance(each, Picked))
    assert at_bay(world, NUT) == 40 - taken
    undo(world)
    assert at_bay(world, NUT) == 40
    assert [each.quantity for each in world.store.written if isinstance(each, PutBack)] == [taken]
    assert (world.store.orders["P1"].state, world.store.orders["P1"].lines[0].done_quantity) == (OrderState.RELEASED, 0)
    assert (ask(world), face(world).offer.order.order if face(world).offer else "") == ("pass_goods", "P1")
    choose(world, "hand_over_goods")
    assert at_bay(world, NUT) == 40 - taken


def test_goods_that_an_order_has_for_longer_are_brought_back_by_a_work_of_their_own() -> None:
    world = passed()
    world.clock_s += 10.0
    world.feed(Elapsed())
    world.give(do.Undo(world.state.token))
    assert (world.view().bar.code, world.view().bar.error) == ("undo_no_passed", "O505")
