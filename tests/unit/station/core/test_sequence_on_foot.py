"""A sequence whose ranks lie on both sides: its next place is named and gone to, in its turn; and a row is worked alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

import pytest

from db.records.orders import LineClosed, OrderClosed
from db.records.people import PinConfirmed
from db.records.sequence import GapOpened, GapReleased
from db.records.stock import Picked
from station import commands as do
from station.core.inputs import SiteChanged
from station.values import LineState, Order, OrderKind, OrderState
from station.view.ask import AskChoice
from station.view.places import PlacesFace
from station.view.task import TaskFace
from tests.helpers.sample import BOLT, JONAS, NUT, SENSOR
from tests.helpers.world import World
from tests.helpers.zones import C1, C2, C10, D1, label, line, only, zone_world

T = TypeVar("T")


def sequence(*, start: bool = True) -> World:
    """Bolts, nuts, bolts: the nuts, second of three ranks, lie on the shelf alone."""
    world = zone_world()
    lines = tuple(replace(line("J1", str(rank), item, 1), rank=rank) for rank, item in ((1, BOLT), (2, NUT), (3, BOLT)))
    world.store.orders = {"J1": Order(order="J1", kind=OrderKind.PICK, sequence="L7", lines=lines)}
    world.feed(SiteChanged())
    world.settle()
    if start:
        world.start("J1")
        world.settle()
    return world


def task(world: World) -> TaskFace:
    shown = world.view().face
    assert isinstance(shown, TaskFace), shown
    return shown


def ask(world: World) -> AskChoice:
    found = getattr(world.view().face, "ask", None)
    assert isinstance(found, AskChoice), world.view().face
    return found


def choose(world: World, key: str) -> None:
    world.give(do.Choose(world.state.token, key))
    world.settle()


def confirm(world: World) -> None:
    world.give(do.Confirm(world.state.token))
    world.settle()


def written(world: World, kind: type[T]) -> list[T]:
    return [each for each in world.store.written if isinstance(each, kind)]


def test_the_next_rank_that_lies_on_the_shelf_is_named_and_is_no_empty_position() -> None:
    world = sequence()
    confirm(world)
    asked = ask(world)
    assert (asked.code, asked.params["rank"], asked.params["place"]) == ("gap_places", 2, "SHELF1 2-D1")
    assert [each.key for each in asked.choices] == ["go_there", "release"]
    assert (world.view().bar.code, world.view().bar.error) == ("gap_places", "O509")
    assert written(world, GapOpened) == []


def test_the_sequence_goes_on_where_its_ranks_lie_and_comes_back() -> None:
    world = sequence()
    confirm(world)
    choose(world, "go_there")
    assert (task(world).compartment, task(world).rank, world.view().bar.code) == ("D1", 2, "go_to_place")
    world.scan(label(D1))
    world.settle()
    confirm(world)
    asked = ask(world)
    assert (asked.code, asked.params["rank"]) == ("gap_lift", 3)
    choose(world, "go_there")
    assert (task(world).rank, task(world).is_here) == (3, True)
    confirm(world)
    assert [each.item for each in written(world, Picked)] == [BOLT.code, NUT.code, BOLT.code]
    assert written(world, GapOpened) == []
    assert world.store.orders["J1"].state is OrderState.CLOSED
    assert len(written(world, OrderClosed)) == 1


def test_the_list_of_the_shelf_asks_for_what_comes_before_in_the_lift() -> None:
    world = sequence(start=False)
    world.give(do.OpenPlaces())
    world.settle()
    world.give(do.StartPlaces(world.state.token))
    world.settle()
    asked = ask(world)
    assert (asked.code, asked.params["rank"], asked.params["tray"]) == ("gap_lift", 1, 5)
    assert written(world, Picked) == []


def test_a_supervisor_lets_it_go_on_without_and_only_then_it_is_an_empty_position() -> None:
    world = sequence()
    confirm(world)
    world.give(do.Choose(world.state.token, "release"))
    world.scan(JONAS.person)
    world.pass_gate()
    world.prove()
    world.settle()
    assert [(each.rank, each.reason) for each in written(world, GapOpened)] == [(2, "lies_elsewhere")]
    assert [each.rank for each in written(world, GapReleased)] == [2]
    assert len(written(world, PinConfirmed)) == 1
    assert task(world).rank == 3


def test_what_is_nowhere_is_an_empty_position_as_ever() -> None:
    world = sequence(start=False)
    world.store.items[SENSOR.code] = replace(SENSOR, proof=BOLT.proof)
    order = world.store.orders["J1"]
    lines = (order.lines[0], replace(order.lines[1], item=SENSOR.code), order.lines[2])
    world.store.orders["J1"] = replace(order, lines=lines)
    world.feed(SiteChanged())
    world.settle()
    world.start("J1", answer="leave")
    world.settle()
    confirm(world)
    assert ask(world).code == "gap"
    assert len(written(world, GapOpened)) == 1


# --- a row alone


def at_list(*orders: str) -> World:
    world = only(zone_world(), *orders)
    world.give(do.OpenPlaces())
    world.settle()
    return world


def rows(world: World) -> list[object]:
    shown = world.view().face
    assert isinstance(shown, PlacesFace), shown
    return [(each.place, each.order) for each in shown.rows]


def start_row(world: World, number: int) -> None:
    world.give(do.StartPlace(world.state.token, number))
    world.settle()


def test_a_touched_row_is_worked_alone_and_its_line_stays_open_for_the_rest() -> None:
    world = at_list("Z1")
    assert rows(world) == [(C2, "Z1"), (C10, "Z1")]
    start_row(world, 1)
    assert task(world).compartment == "C10"
    world.scan(label(C10))
    world.settle()
    confirm(world)
    choose(world, "yes")  # it is empty
    assert [(each.compartment, each.quantity) for each in written(world, Picked)] == [("C10", 2)]
    assert written(world, LineClosed) == []
    order = world.store.orders["Z1"]
    assert (order.state, order.lines[0].state, order.lines[0].done_quantity) == (OrderState.RELEASED, LineState.OPEN, 2)
    world.give(do.OpenPlaces())
    world.settle()
    assert rows(world) == [(C2, "Z1")]
    start_row(world, 0)
    world.scan(label(C2))
    world.settle()
    confirm(world)
    assert world.store.orders["Z1"].state is OrderState.CLOSED


def test_a_row_that_is_gone_by_now_says_so() -> None:
    world = at_list("Z3")
    assert rows(world) == [(C1, "Z3")]
    world.store.held = {where: each for where, each in world.store.held.items() if where[0] != C1}
    start_row(world, 0)
    assert (world.view().bar.code, world.view().bar.error) == ("place_task_gone", "O508")
    assert world.state.round is None


@pytest.mark.parametrize("number", [-1, 2, 99])
def test_no_row_is_no_work(number: int) -> None:
    world = at_list("Z1")
    start_row(world, number)
    assert world.state.round is None
    assert isinstance(world.view().face, PlacesFace)
