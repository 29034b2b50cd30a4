"""A compartment whose stock cannot be taken is not offered to its line again; the next order sees it as the book has it."""

from dataclasses import replace

import pytest

from station import commands as do
from station.values import OrderLine, StockKey
from station.view.task import TaskFace
from tests.helpers.sample import BOLT, MARA, place
from tests.helpers.world import World

KEY = StockKey(item=BOLT.code)


def ask(world: World, order: str, quantity: int) -> None:
    """An order of one line of bolts."""
    line = OrderLine(order=order, line="1", item=BOLT.code, quantity=quantity)
    world.store.orders[order] = replace(world.store.orders[order], lines=(line,))


def start(world: World, order: str) -> None:
    world.give(do.StartOrders((order,)))
    world.settle()


def at(world: World) -> tuple[int, str]:
    face = world.view().face
    assert isinstance(face, TaskFace), face
    return face.tray, face.compartment


@pytest.mark.parametrize("reason", ["damaged", "not_reachable"])
def test_what_cannot_be_taken_is_looked_for_elsewhere_and_stays_in_the_book(reason):
    world = World()
    ask(world, "O4", 5)
    ask(world, "O5", 2)
    world.sign_on(MARA.person)
    world.settle()
    start(world, "O4")
    assert at(world) == (4, "C7")
    for answer in (do.NotEnough, lambda token: do.EnterNumber(token, 0), lambda token: do.Choose(token, reason)):
        world.give(answer(world.state.token))
    world.give(do.EnterNumber(world.state.token, 6))
    world.settle()
    assert at(world) == (5, "C7")
    world.give(do.Confirm(world.state.token))
    world.settle()
    if isinstance(world.view().face, TaskFace):  # "is it empty?"
        world.give(do.Choose(world.state.token, "yes"))
        world.settle()
    (line,) = world.store.orders["O4"].lines
    assert (str(line.state), line.done_quantity) == ("short", 4)
    assert world.store.held[place(4, "C7"), KEY] == 6
    start(world, "O5")
    assert at(world) == (4, "C7")


def test_a_line_with_no_other_home_ends_short_at_once():
    world = World()
    world.store.held.pop((place(5, "C7"), KEY))
    ask(world, "O4", 5)
    world.sign_on(MARA.person)
    world.settle()
    start(world, "O4")
    for answer in (do.NotEnough, lambda token: do.EnterNumber(token, 2), lambda token: do.Choose(token, "damaged")):
        world.give(answer(world.state.token))
    world.give(do.EnterNumber(world.state.token, 4))
    world.settle()
    (line,) = world.store.orders["O4"].lines
    assert (str(line.state), line.done_quantity, world.store.held[place(4, "C7"), KEY]) == ("short", 2, 4)
