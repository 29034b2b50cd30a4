"""An order that the host cancels while somebody starts it: it is worked by nobody, and the person is told."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from db.records.machine import MotionIntended
from db.records.orders import OrderStarted
from station import commands as do
from station.core.effects import Append
from station.core.inputs import StoreChanged
from station.values import OrderState
from station.view.message import Level
from station.view.task import TaskFace
from station.view.work import WorkFace
from tests.helpers.sample import MARA, NUT
from tests.helpers.world import World


def starting(*orders: str) -> World:
    """Somebody has signed on, and just touched Start for these orders."""
    world = World()
    world.sign_on(MARA.person)
    world.settle()
    if orders:
        world.give(do.StartOrders(orders))
    return world


def is_start(append: Append) -> bool:
    return isinstance(append.records[0], OrderStarted)


@pytest.mark.parametrize("order", ["O1", "O5"])  # with tasks; without any, which is started only to be reported short
def test_an_order_cancelled_before_its_start_is_written_is_not_worked_and_the_person_is_told(order: str) -> None:
    world = starting()
    world.start(order)
    assert any(is_start(each) for each in world.writes)
    assert world.cancel(order)
    world.settle()
    view = world.view()
    assert isinstance(view.face, WorkFace)
    assert (view.bar.code, view.bar.level, view.bar.error) == ("order_ended", Level.ACT, "D411")
    assert order not in {each.order for each in view.face.orders}
    assert not view.is_read_only
    assert not [each for each in world.store.written if isinstance(each, MotionIntended | OrderStarted)]


@pytest.mark.parametrize(
    "change",
    [{"quantity": 1}, {"item": NUT.code}, {"lot": "L1"}, {"owner": "host"}, {"note": "the long ones"}],
    ids=lambda change: next(iter(change)),
)
def test_an_order_that_a_file_replaced_before_its_start_is_not_worked_as_it_was(change: dict[str, Any]) -> None:
    world = starting()
    world.start("O4")
    order = world.store.orders["O4"]
    world.store.orders["O4"] = replace(order, lines=(replace(order.lines[0], **change), *order.lines[1:]))
    world.settle()
    view = world.view()
    assert isinstance(view.face, WorkFace)
    assert (view.bar.code, view.bar.error) == ("order_ended", "D411")
    assert not [each for each in world.store.written if isinstance(each, MotionIntended | OrderStarted)]
    world.start("O4")
    world.settle()
    assert world.store.orders["O4"].state is OrderState.STARTED


def test_a_line_that_was_taken_out_before_the_start_is_not_worked() -> None:
    world = starting()
    world.start("O4")
    order = world.store.orders["O4"]
    world.store.orders["O4"] = replace(order, lines=order.lines[1:])
    world.settle()
    assert world.view().bar.code == "order_ended"


def test_a_start_that_waited_for_room_on_the_disk_is_held_against_the_order_too() -> None:
    world = starting()
    world.start("O4")
    world.write(is_refused=True)
    order = world.store.orders["O4"]
    world.store.orders["O4"] = replace(order, lines=order.lines[1:])
    world.feed(StoreChanged(""))
    world.settle()
    assert world.view().bar.code == "order_ended"


def test_orders_started_together_are_started_all_or_none() -> None:
    world = starting()
    world.start("O1", "O4")
    assert world.cancel("O4")
    world.settle()
    assert world.store.orders["O1"].state is OrderState.RELEASED
    world.start("O1")
    world.settle()
    assert isinstance(world.view().face, TaskFace)


def test_an_order_cancelled_before_its_tasks_are_found_is_told_too() -> None:
    world = starting("O1")
    assert world.cancel("O1")
    world.settle()
    assert isinstance(world.view().face, WorkFace)
    assert world.view().bar.code == "order_ended"


def test_an_order_whose_start_is_written_is_not_cancelled_before_it_is_left() -> None:
    world = starting()
    world.start("O1")
    world.write()
    assert not world.cancel("O1")
    world.settle()
    world.give(do.LeaveWork(world.state.token))
    assert not world.cancel("O1")
    world.settle()
    assert world.cancel("O1")


def test_a_start_is_flashed_as_no_booking() -> None:
    world = starting("O4")
    flash = world.view().flash
    world.settle()
    assert isinstance(world.view().face, TaskFace)
    assert world.view().flash == flash
