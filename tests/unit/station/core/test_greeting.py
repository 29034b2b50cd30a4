"""The greeting hides nothing that a person is to do, and no wait."""

from __future__ import annotations

from hardware.values import LinkDown, LinkUp
from station import commands as do
from tests.helpers.sample import MARA
from tests.helpers.world import World
from tests.unit.station.core.test_said import at_work


def come_back(world: World) -> None:
    """Mara locks her screen, the line is lost and found, and she signs on again."""
    world.give(do.LockScreen())
    world.settle()
    world.feed(LinkDown("L101"))
    world.feed(LinkUp())
    world.settle()
    world.sign_on(MARA.person)


def test_it_is_said_where_nothing_is_due() -> None:
    world = World()
    world.sign_on(MARA.person)
    assert world.view().bar.code == "signed_on"


def test_it_gives_way_to_the_touch_that_a_tray_waits_for() -> None:
    world = at_work()
    come_back(world)
    world.settle()
    assert world.view().bar.code == "touch_to_prove"


def test_it_gives_way_to_a_tray_that_moves() -> None:
    world = at_work()
    world.give(do.LeaveWork(world.state.token))
    world.write_all()
    assert world.is_moving
    world.give(do.LockScreen())
    world.sign_on(MARA.person)
    world.read_all()
    assert world.view().bar.code == "tray_leaving"
