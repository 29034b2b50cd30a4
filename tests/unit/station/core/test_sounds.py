"""Which sound a booking has: the last one of an order is heard as such, without a look at the screen."""

from __future__ import annotations

from db.records.orders import OrderClosed
from db.records.stock import Picked
from station import commands as do
from station.core.effects import Sound
from tests.helpers.sample import MARA
from tests.helpers.world import World


def _working(order: str) -> World:
    world = World()
    world.sign_on(MARA.person)
    world.settle()
    world.start(order)
    world.settle()
    world.sounds.clear()
    return world


def _confirm(world: World) -> None:
    asks = getattr(world.view().face, "ask", None)
    world.give(do.Choose(world.state.token, "yes") if asks else do.Confirm(world.state.token))
    world.settle()


def test_only_the_booking_that_finishes_an_order_sounds_so() -> None:
    world = _working("O1")
    heard = []
    for _ in range(20):
        if world.state.round is None:
            break
        before, booked = len(world.sounds), len(world.store.written)
        _confirm(world)
        records = world.store.written[booked:]
        if any(isinstance(each, Picked | OrderClosed) for each in records):
            heard.append((any(isinstance(each, OrderClosed) for each in records), world.sounds[before:]))
    assert [ends for ends, _ in heard].count(True) == 1
    assert len(heard) > 1
    for ends, sounds in heard:
        assert (Sound.DONE in sounds) is ends
    assert heard[0][1] == [Sound.OK]


def test_leaving_the_work_is_no_finished_order() -> None:
    world = _working("O1")
    world.give(do.LeaveWork(world.state.token))
    world.settle()
    assert Sound.DONE not in world.sounds
