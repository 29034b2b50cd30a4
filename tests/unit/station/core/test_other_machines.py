"""A line that names a place of another machine never brings this machine's tray of the same number."""

from __future__ import annotations

import pytest

from db.records.stock import Put
from station import commands as do
from station.receiving import RECEIVING
from station.values import Order, OrderKind, OrderLine, Place
from station.view.task import TaskFace
from station.view.work import WorkFace
from tests.helpers.sample import MACHINE, MARA, NUT
from tests.helpers.world import World


def world_with(kind: OrderKind, place: Place) -> World:
    world = World()
    line = OrderLine(order="X", line="1", item=NUT.code, quantity=0 if kind is OrderKind.COUNT else 3, place=place)
    world.store.orders = {"X": Order(order="X", kind=kind, lines=(line,))}
    world.sign_on(MARA.person)
    world.settle()
    return world


@pytest.mark.parametrize("kind", [OrderKind.PUT, OrderKind.COUNT])
def test_work_of_another_machine_is_shown_with_its_name_and_not_begun(kind: OrderKind) -> None:
    world = world_with(kind, Place("M2", 4, "C7"))
    (tag,) = world.state.orders
    assert [(each.code, each.params["why"]) for each in tag.blocked] == [("missing_other_machine", "M2")]
    world.give(do.StartOrders(("X",)))
    world.settle()
    assert isinstance(world.view().face, WorkFace)
    assert world.move is None
    assert world.state.custody.tray_here is None


def test_what_never_had_a_home_gets_one_of_this_machine() -> None:
    """Goods that were handed on at their receipt come back: their order names the receiving place."""
    world = world_with(OrderKind.PUT, Place(f"{RECEIVING}S1", 1, "BAY"))
    world.start("X")
    world.settle()
    face = world.view().face
    assert isinstance(face, TaskFace)
    world.give(do.Confirm(world.state.token))
    world.settle()
    put = next(each for each in world.store.written if isinstance(each, Put))
    assert (put.machine, put.tray, put.compartment) == (MACHINE, face.tray, face.compartment)
