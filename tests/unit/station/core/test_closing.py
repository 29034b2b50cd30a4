"""While the end of a line is on its way to the disk, or refused by it, no button is dead and no wait unexplained."""

from __future__ import annotations

from station import commands as do
from station.core.inputs import StoreChanged
from station.view.action import Action
from station.view.task import TaskFace
from station.view.work import WorkFace
from tests.helpers.sample import BOLT, MARA
from tests.helpers.world import World


def at_the_last_line() -> World:
    """One sensor is asked and there is none: the only thing to do is to report it."""
    world = World()
    world.sign_on(MARA.person)
    world.settle()
    world.start("O5")
    assert world.state.round is not None
    return world


def offered(world: World) -> list[Action]:
    return [each.action for each in getattr(world.view().face, "offers", ()) if each.is_allowed]


def test_the_end_of_the_last_line_is_waited_for_and_nothing_else_is_offered() -> None:
    world = at_the_last_line()
    view = world.view()
    assert isinstance(view.face, WorkFace)
    assert view.face.wait is not None
    assert (view.face.wait.code, view.bar.code) == ("booking", "booking")
    assert offered(world) == [Action.LOCK]


def test_with_the_disk_full_the_work_may_be_left() -> None:
    world = at_the_last_line()
    world.write(is_refused=True)
    world.feed(StoreChanged("D401"))
    assert offered(world) == [Action.LEAVE_WORK, Action.LOCK]
    world.give(do.LeaveWork(world.state.token))
    assert world.state.round is None


def test_a_book_that_cannot_be_read_leaves_a_way_out() -> None:
    world = World()
    world.sign_on(MARA.person)
    world.settle()
    world.start("O4")
    world.write()
    face = world.view().face
    assert isinstance(face, TaskFace)
    assert face.wait is not None
    assert face.wait.code == "reading"
    assert {Action.LEAVE_WORK, Action.LOCK} <= set(offered(world))


def test_a_booking_that_is_tried_again_keeps_its_name() -> None:
    world = World()
    world.sign_on(MARA.person)
    world.settle()
    world.store.held = {key: quantity for key, quantity in world.store.held.items() if key[0].tray == 4}
    world.start("O1")
    world.settle()
    world.say_not_enough(0, "damaged", 0)
    world.write_all()
    world.read_all()  # no other place has it: the line's end is asked for
    world.write(is_refused=True)
    world.feed(StoreChanged(""))
    world.write_all()
    flashed = world.view().flashed
    assert flashed is not None
    assert (flashed.code, flashed.params["item"]) == ("booked_short", BOLT.code)


def test_while_another_home_is_looked_for_the_bar_says_so() -> None:
    world = World()
    world.sign_on(MARA.person)
    world.settle()
    world.start("O4")
    world.settle()
    face = world.view().face
    assert isinstance(face, TaskFace)
    while isinstance(face, TaskFace) and face.item != BOLT:
        world.give(do.Skip(world.state.token))
        world.settle()
        face = world.view().face
    world.say_not_enough(1, "damaged", 3)
    world.write_all()
    assert world.view().bar.code == "searching"
    assert Action.BACK not in offered(world)
