"""The order page at the bay: held, let go on, taken over, split and cancelled by a supervisor's PIN, and what is booked then."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from db.records.orders import (
    LineClosed,
    OrderCancelled,
    OrderHeld,
    OrderLeft,
    OrderSplit,
    OrderStarted,
    OrderTakenOver,
    TakenSettled,
)
from db.records.people import PinConfirmed
from db.records.program import StationStarted
from db.records.stock import Picked
from station import commands as do
from station.core.state import OrdersPage
from station.order_acts import Act, OrderAct, OrderActError, carry_out
from station.order_reading import order_seen
from station.values import LineState, Order, OrderKind, OrderLine, OrderState, Person
from station.view.action import Action
from station.view.orders import OrdersFace
from station.view.sign_on import PinAgainFace
from station.view.task import TaskFace
from tests.helpers.guards import ExpectLog
from tests.helpers.sample import BOLT, FUSE, JONAS, MARA, NUT
from tests.helpers.world import World


def token(world: World) -> int:
    return world.state.token


def begun(by: Person = JONAS) -> World:
    """Mara has taken the bolts of the first compartment for OA and gone; `by` looks at the order."""
    world = World()
    lines = tuple(
        OrderLine(order="OA", line=str(number), item=item.code, quantity=quantity)
        for number, (item, quantity) in enumerate(((BOLT, 2), (NUT, 2), (FUSE, 1)), start=1)
    )
    world.store.orders = {"OA": Order(order="OA", kind=OrderKind.PICK, host_key="H-1", lines=lines)}
    world.sign_on(MARA.person)
    world.settle()
    world.start("OA")
    world.settle()
    world.give(do.Confirm(token(world)))
    world.settle()
    world.give(do.LeaveWork(token(world)))
    world.settle()
    world.give(do.SignOff())
    world.settle()
    world.sign_on(by.person)
    world.settle()
    return world


def page(world: World) -> OrdersFace:
    world.give(do.OpenOrder("OA"))
    world.settle()
    face = world.view().face
    assert isinstance(face, OrdersFace)
    return face


def said(world: World, *steps: type[do.Command] | str) -> None:
    """Buttons and answers one after another, each for the screen that the one before has left."""
    for step in steps:
        world.give(do.Choose(token(world), step) if isinstance(step, str) else step(token(world)))  # type: ignore[call-arg]


def confirmed(world: World) -> None:
    assert isinstance(world.view().face, PinAgainFace)
    world.give(do.EnterPin("482915"))
    world.settle()


def written(world: World, kind: type) -> list:
    return [each for each in world.store.written if isinstance(each, kind)]


def test_the_page_says_what_is_done_by_whom_and_puts_the_taking_over_first() -> None:
    world = begun()
    face = page(world)
    assert face.seen is not None
    first = face.lines[0].seen
    assert (first.line.done_quantity, first.workers) == (2, (MARA.name,))
    assert (face.seen.owner, face.primary) == (MARA.person, Action.TAKE_OVER)
    assert {each.action for each in face.offers} == {
        *(Action.BACK, Action.LOCK, Action.TAKE_OVER, Action.HOLD_ORDER, Action.SPLIT_ORDER, Action.CANCEL_ORDER)
    }


def test_who_booked_and_took_it_back_has_done_nothing_of_it() -> None:
    world = begun()
    world.give(do.SignOff())
    world.settle()
    world.sign_on(MARA.person)
    world.settle()
    world.start("OA")
    world.settle()
    if world.state.custody.needs_touch:
        world.give(do.FetchAgain(token(world)))
        world.settle()
    world.give(do.Confirm(token(world)))
    world.write_all()
    world.give(do.Undo(token(world)))
    world.give(do.Choose(token(world), "lie_back"))
    world.settle()
    first, second, _ = order_seen(world.store, "OA").lines
    assert (first.workers, second.workers) == ((MARA.name,), ())
    assert [each.line for each in order_seen(world.store, "OA").taken] == ["1"]


def test_it_is_taken_over_and_begun_at_once_and_what_was_booked_stays_with_who_booked_it() -> None:
    world = begun()
    page(world)
    said(world, do.TakeOverOrder, "order_person_left")
    assert not written(world, OrderTakenOver)
    confirmed(world)
    (over,) = written(world, OrderTakenOver)
    assert (over.from_person, over.reason) == (MARA.person, "order_person_left")
    assert [(each.person, each.act) for each in written(world, PinConfirmed)] == [(JONAS.person, "order_take_over")]
    assert isinstance(world.view().face, TaskFace)
    for _ in range(8):
        if world.state.round is None or world.state.round.task is None:
            break
        ask = getattr(world.view().face, "ask", None)
        if ask is not None:
            world.give(do.Choose(token(world), "yes"))
        else:
            world.scan(world.state.round.task.item.code)
            world.give(do.Confirm(token(world)))
        world.settle()
    who = [(json.loads(row.body)["data"]["line"], row.operator) for row in world.store.log if row.kind == "picked"]
    assert who == [("1", MARA.person), ("2", JONAS.person), ("3", JONAS.person)]
    assert world.store.orders["OA"].state is OrderState.CLOSED


def test_an_order_that_stood_started_when_its_person_went_is_left_by_him_before_it_is_taken_over() -> None:
    world = begun()
    world.store.write((OrderStarted(order="OA"),), operator=MARA.person)
    with pytest.raises(OrderActError, match="in_hand"):
        carry_out(world.store, OrderAct(act=Act.TAKE_OVER, order="OA", reason="gone", operator=JONAS.person))
    world.store.write((StationStarted(sqlite="3", was_clean=False),))
    carry_out(world.store, OrderAct(act=Act.TAKE_OVER, order="OA", reason="gone", operator=JONAS.person))
    assert [each.why for each in written(world, OrderLeft)][-1] == "taken_over"
    assert world.store.orders["OA"].state is OrderState.RELEASED


def test_an_operator_needs_a_supervisor_beside_him() -> None:
    world = begun(MARA)
    page(world)
    said(world, do.HoldOrder, "order_later")
    face = world.view().face
    assert isinstance(face, PinAgainFace)
    assert (face.step, face.name) == ("badge", "")
    world.give(do.EnterPin("482915"))
    world.settle()
    assert not written(world, OrderHeld)


def test_chosen_lines_become_an_order_of_their_own_and_the_host_keys_stay() -> None:
    world = begun()
    page(world)
    said(world, do.SplitOrder)
    world.give(do.ChooseLine(token(world), "3"))
    said(world, do.SplitOrder, "order_share")
    confirmed(world)
    made = world.store.orders["OA/2"]
    assert (made.split_of, made.host_key, [each.line for each in made.lines]) == ("OA", "H-1", ["3"])
    assert world.store.orders["OA"].lines[2].state is LineState.MOVED
    (split,) = written(world, OrderSplit)
    assert (split.into, split.lines) == ("OA/2", ("3",))
    assert {each.order for each in world.state.orders or ()} == {"OA", "OA/2"}


def test_a_second_split_takes_the_next_name_also_of_a_part() -> None:
    world = begun()
    carry_out(world.store, OrderAct(act=Act.SPLIT, order="OA", reason="why", lines=("2",)))
    world.store.orders["OA/2"] = Order(
        order="OA/2",
        kind=OrderKind.PICK,
        split_of="OA",
        lines=tuple(OrderLine(order="OA/2", line=each, item=NUT.code, quantity=1) for each in "89"),
    )
    assert carry_out(world.store, OrderAct(act=Act.SPLIT, order="OA/2", reason="why", lines=("9",))).made == "OA/3"
    assert world.store.orders["OA/3"].split_of == "OA"


def test_a_begun_order_is_cancelled_with_what_was_taken_and_the_goods_are_asked_back() -> None:
    world = begun()
    page(world)
    said(world, do.CancelOrder, "order_wrong")
    assert not written(world, OrderCancelled)
    said(world, "put_back")
    confirmed(world)
    ends = [(each.line, each.outcome, each.done_quantity, each.reason) for each in written(world, LineClosed)]
    assert ends == [("1", "confirmed", 2, ""), ("2", "cancelled", 0, "order_wrong"), ("3", "cancelled", 0, "order_wrong")]
    (settled,) = written(world, TakenSettled)
    assert (settled.quantity, settled.item, settled.goes_on, settled.put_back) == (2, BOLT.code, False, "OA/back")
    back = world.store.orders["OA/back"]
    place = written(world, Picked)[0]
    assert (back.kind, [(each.item, each.quantity) for each in back.lines]) == (OrderKind.PUT, [(BOLT.code, 2)])
    assert back.lines[0].place is not None
    assert back.lines[0].place.compartment == place.compartment
    assert world.store.orders["OA"].state is OrderState.CANCELLED


def test_what_goes_on_asks_nothing_back() -> None:
    world = begun()
    page(world)
    said(world, do.CancelOrder, "order_wrong", "goes_on")
    confirmed(world)
    assert [each.goes_on for each in written(world, TakenSettled)] == [True]
    assert set(world.store.orders) == {"OA"}


def test_an_order_that_the_site_gave_away_is_not_taken_over_here() -> None:
    world = begun()
    world.store.taken_away.add("OA")
    face = page(world)
    assert {each.action for each in face.offers} == {Action.BACK, Action.LOCK}
    world.give(do.TakeOverOrder(token(world)))
    assert (world.view().bar.code, world.view().bar.error) == ("cannot_island", "O408")
    with pytest.raises(OrderActError, match="island"):
        carry_out(world.store, OrderAct(act=Act.TAKE_OVER, order="OA", reason="why", operator=JONAS.person))


def test_what_changed_meanwhile_is_said_and_nothing_is_written() -> None:
    world = begun()
    page(world)
    said(world, do.HoldOrder, "order_later")
    world.give(do.EnterPin("482915"))
    world.store.write((OrderCancelled(order="OA", reason="by the host"),))
    world.settle()
    assert not written(world, OrderHeld)
    assert world.view().bar.error == "O406"


def test_the_page_leads_back_to_the_work_list() -> None:
    world = begun()
    page(world)
    world.give(do.Back(token(world)))
    world.settle()
    assert isinstance(world.state.page, OrdersPage)
    assert not world.state.page.order
    world.give(do.ClosePage())
    assert world.state.page is None


def test_the_disk_that_is_full_writes_nothing_and_the_page_stays(expect_log: ExpectLog) -> None:
    expect_log("what was done to an order was not written: D401")
    world = begun()
    page(world)
    said(world, do.HoldOrder, "order_later")
    world.store.refuses = "D401"
    confirmed(world)
    assert not written(world, OrderHeld)
    assert isinstance(world.state.page, OrdersPage)
    assert world.view().is_read_only


def test_where_the_site_is_reached_it_is_asked_for_the_order_of_another_bay_and_what_it_gives_is_begun() -> None:
    world = begun()
    world.reading = replace(world.reading, has_site=True)
    world.store.taken_away.add("OA")
    asked: list[tuple[str, str]] = []

    def give(order: str, why: str) -> str:
        asked.append((order, why))
        world.store.taken_away.discard(order)
        return ""

    world.ask_site = give
    face = page(world)
    assert (face.primary, {each.action for each in face.offers}) == (
        Action.TAKE_OVER,
        {Action.BACK, Action.LOCK, Action.TAKE_OVER},
    )
    said(world, do.TakeOverOrder, "order_person_left")
    confirmed(world)
    assert asked == [("OA", "order_person_left")]
    assert [each.from_person for each in written(world, OrderTakenOver)] == [MARA.person]
    assert isinstance(world.view().face, TaskFace)


@pytest.mark.parametrize(("answer", "error"), [("island", "O408"), ("order_ended", "O406")])
def test_what_the_site_does_not_give_is_not_taken_over(answer: str, error: str) -> None:
    world = begun()
    world.reading = replace(world.reading, has_site=True)
    world.store.taken_away.add("OA")
    world.ask_site = lambda order, why: answer
    page(world)
    said(world, do.TakeOverOrder, "order_person_left")
    confirmed(world)
    assert not written(world, OrderTakenOver)
    assert (world.view().bar.code, world.view().bar.error) == (f"cannot_{answer}", error)
