"""Why a person took less outlives the program, also when it ended while it looked for the rest elsewhere."""

from __future__ import annotations

from db.records.orders import LineClosed
from station import commands as do
from station.view.task import TaskFace
from tests.helpers.sample import MARA, NUT
from tests.helpers.world import World


def at_the_nuts() -> World:
    """The order's task for three nuts at C8 of tray 4 is in hand, tray and all."""
    world = World()
    world.sign_on(MARA.person)
    world.settle()
    world.start("O1")
    world.settle()
    while (face := world.view().face) and isinstance(face, TaskFace) and face.item != NUT:
        world.give(do.Skip(world.state.token))
        world.settle()
    return world


def test_a_short_line_keeps_its_reason_when_the_station_is_killed_while_it_looks_for_the_rest() -> None:
    world = at_the_nuts()
    world.say_not_enough(1, "damaged", 0)
    world.write_all()
    assert world.reads, "it looks for another home"
    world.restart()
    world.sign_on(MARA.person)
    world.settle()
    closed = [each for each in world.store.written if isinstance(each, LineClosed) and each.line == "2"]
    assert [(each.outcome, each.done_quantity, each.reason) for each in closed] == [("short", 1, "damaged")]
