"""The bar tells for how long, where it is known: of the tray that comes as of the one that goes back."""

from __future__ import annotations

from dataclasses import replace

from hardware.values import LinkDown, Outcome
from station.travel_times import TravelTimes
from station.view.wait import Wait
from tests.helpers.sample import MARA
from tests.helpers.world import World


def on_its_way(times: TravelTimes) -> World:
    world = World()
    world.state = replace(world.state, travel_times=times)
    world.sign_on(MARA.person)
    world.settle()
    world.start("O1")
    world.write_all()
    world.read_all()
    world.write_all()
    world.start_motion()
    return world


def test_the_tray_that_comes_is_told_with_its_own_time() -> None:
    world = on_its_way(TravelTimes({("fetch", 4): (7.0,), ("fetch", 40): (90.0,)}))
    assert world.state.custody.motion is not None
    assert world.view().bar_wait == Wait("tray_coming", 4, world.state.custody.motion.since_s, 7.0)


def test_without_any_time_nothing_is_promised() -> None:
    world = on_its_way(TravelTimes())
    assert world.view().bar.code == "tray_coming"
    assert world.view().bar_wait is None


def test_a_lost_line_says_nothing_of_seconds() -> None:
    world = on_its_way(TravelTimes({("fetch", 4): (7.0,)}))
    world.feed(LinkDown("L101"))
    assert world.view().bar_wait is None


def test_what_a_fetch_took_is_known_the_next_time() -> None:
    world = on_its_way(TravelTimes())
    world.clock_s += 20.0
    world.end_motion(Outcome.DONE)
    assert world.state.travel_times.expected_s("fetch", 4) > 20.0
