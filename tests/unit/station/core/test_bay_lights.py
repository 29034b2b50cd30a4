"""What the lights of their own show: only for somebody who is here, at a tray that is here, after DONE."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from hardware.values import LightLink, LinkDown, LinkUp, Outcome, PointAt, SafetyCleared, SafetyStopped
from station import commands as do
from station.core.bay_lights import DARK, BayLights, BayText, LitPlace, LitTote, bay_lights
from station.core.inputs import LightRefused
from station.core.state import StationState
from station.custody import Here, Motion, NotKnown, Verb
from station.flows.sign_on import SignedOut, WentIdle
from station.view.status import DeviceLight, Light
from tests.helpers.sample import BOLT, MARA
from tests.helpers.world import World
from tests.unit.station.core.test_said import at_work

LIT = LitPlace(4, PointAt(50, 100))
TEXT = BayText("C7", BOLT.code, "6 pcs")


def working(destination: str = "") -> World:
    """At the first line's compartment, lit."""
    world = at_work()
    if destination:
        _send_to(world, destination)
    return world


def _send_to(world: World, destination: str) -> None:
    work = world.state.round
    assert work is not None
    assert work.current is not None
    task = replace(work.current.task, destination=destination)
    world.state = replace(world.state, round=replace(work, current=replace(work.current, task=task)))


def test_the_place_is_lit_after_the_machine_has_said_done() -> None:
    assert bay_lights(working().state).place == LIT


def test_the_tote_of_what_is_picked_is_lit_with_its_quantity() -> None:
    assert bay_lights(working("T7").state).totes == (LitTote("T7", "6 pcs"),)
    assert bay_lights(working().state).totes == ()


def test_the_text_says_the_place_how_much_and_of_what() -> None:
    assert bay_lights(working().state).text == TEXT


def test_at_a_machine_without_a_light_the_text_stands_alone() -> None:
    state = without_light(working().state)
    assert bay_lights(state) == BayLights(text=TEXT)
    assert bay_lights(replace(state, session=SignedOut())) == DARK


def test_a_light_that_was_refused_has_no_text() -> None:
    state = without_light(working().state)
    assert bay_lights(replace(state, custody=replace(state.custody, refused_code="L301"))) == DARK


def without_light(state: StationState) -> StationState:
    """The same at a machine that has done it and shows nothing."""
    return replace(state, custody=replace(state.custody, lit="", unlit=state.custody.lit))


@pytest.mark.parametrize(
    "ends",
    [
        lambda world: world.feed(LinkDown("L101")),
        lambda world: world.feed(SafetyStopped("1001")),
        lambda world: world.feed(WentIdle()),
        lambda world: world.give(do.LockScreen()),
        lambda world: world.give(do.LeaveWork(world.state.token)),
    ],
    ids=["link lost", "machine stopped", "idle", "locked", "work left"],
)
def test_whatever_ends_it_makes_the_lights_dark(ends) -> None:
    world = working("T7")
    ends(world)
    lights = bay_lights(world.state)
    assert (lights.place, lights.totes, lights.text) == (None, (), None)


@pytest.mark.parametrize(
    "change",
    [
        {"is_linked": False},
        {"safety_code": "1001"},
        {"safety_code": "1001", "is_stop_unclear": True},
        {"motion": Motion(9, Verb.POINT, 4, "", 0.0)},
        {"where": Here(5, 1)},
        {"where": NotKnown()},
        {"lit": ""},
    ],
    ids=lambda change: next(iter(change)),
)
def test_each_condition_alone_keeps_the_lights_dark(change: dict[str, Any]) -> None:
    state = working("T7").state
    lights = bay_lights(replace(state, custody=replace(state.custody, **change)))
    assert (lights.place, lights.totes, lights.text) == (None, (), None)


def test_nobody_signed_on_keeps_the_lights_dark_whatever_else_is_so() -> None:
    assert bay_lights(replace(working("T7").state, session=SignedOut())) == DARK


def test_the_light_comes_back_with_the_person_and_not_by_itself_with_the_line() -> None:
    world = working()
    world.give(do.LockScreen())
    assert bay_lights(world.state) == DARK
    world.settle()
    world.sign_on(MARA.person)
    world.settle()
    assert bay_lights(world.state).place == LIT
    world.feed(LinkDown("L101"))
    world.feed(LinkUp())
    assert bay_lights(world.state).place is None


def test_another_compartment_is_dark_until_the_machine_has_done_it() -> None:
    world = working()
    world.give(do.Skip(world.state.token))
    while world.writes or world.reads or world.answers:
        world.read_all()
        if world.writes:
            world.write()
    assert world.move is not None
    assert bay_lights(world.state) == DARK
    world.end_motion(Outcome.DONE)
    assert bay_lights(world.state).place not in (None, LIT)


def test_a_stop_is_an_alarm_with_the_machines_own_code() -> None:
    world = World()
    assert bay_lights(world.state) == DARK
    world.feed(SafetyStopped("1001"))
    assert bay_lights(world.state) == BayLights(alarm="! 1001")
    world.feed(SafetyCleared())
    assert bay_lights(world.state) == DARK


@pytest.mark.parametrize("name", ["pointer", "totes"])
def test_a_light_that_fails_is_said_once_and_shown(name: str) -> None:
    world = working()
    before = world.view().bar
    assert name not in [each.device for each in world.view().lights]
    world.feed(LightLink(name, False, "L101"))
    assert world.view().bar == before  # it was never up
    world.feed(LightLink(name, True))
    assert DeviceLight(name, Light.GOOD) in world.view().lights
    world.feed(LightLink(name, False, "L101"))
    assert world.view().bar.code == f"{name}_down"
    assert DeviceLight(name, Light.BAD, "L101") in world.view().lights
    world.feed(LightLink(name, True))
    assert world.view().bar == before


@pytest.mark.parametrize("name", ["pointer", "totes"])
def test_a_place_that_cannot_be_lit_is_said_and_shown(name: str) -> None:
    world = working()
    before = world.view().bar
    world.feed(LightLink(name, True))
    world.feed(LightRefused(name, "L302"))
    assert world.view().bar.code == f"{name}_unlit"
    assert DeviceLight(name, Light.BAD, "L302") in world.view().lights
    world.feed(LightRefused(name, ""))
    assert (world.view().bar, DeviceLight(name, Light.GOOD) in world.view().lights) == (before, True)
