"""What a row of the machine panel says of its device: an open port is not an answer, and the machine has the last word."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hardware.values import LightLink, LineHealth, LinkDown, LinkUp, SafetyCleared, SafetyStopped, SafetyUnclear
from station import commands as do
from station.core.effects import AskStatus
from station.core.inputs import DevicesRead, StatusAnswered
from station.devices import DeviceState
from station.view.devices import DeviceRow, DevicesFace
from tests.helpers.sample import ELIF
from tests.helpers.world import World


def opened(*, reports_tray: bool = False) -> World:
    world = World(reports_tray=reports_tray)
    world.state = replace(world.state, rules=replace(world.state.rules, stop_causes={"1002": "e_stop"}))
    world.feed(LightLink("pointer", True))
    world.sign_on(ELIF.person)
    world.settle()
    world.give(do.OpenDevices())
    world.settle()
    return world


def read(world: World, *, is_up: bool = True) -> None:
    kinds = {"M1": "machine", "pointer": "pointer"}
    health = {name: LineHealth(name=name, url="x", is_up=is_up) for name in kinds}
    world.feed(DevicesRead(devices=tuple(DeviceState(name, kind, health[name]) for name, kind in kinds.items())))


def row(world: World, name: str = "M1") -> DeviceRow:
    shown = world.view().face
    assert isinstance(shown, DevicesFace)
    assert shown.devices is not None
    return next(each for each in shown.devices if each.name == name)


def test_an_open_port_without_an_answer_is_no_line_that_works() -> None:
    world = opened()
    read(world)
    assert (row(world).line, row(world, "pointer").line) == ("line_up", "line_up")
    world.feed(LinkDown("L102"))
    world.feed(LightLink("pointer", False, "L102"))
    assert (row(world).line, row(world).code) == ("line_silent", "L102")
    assert row(world, "pointer").line == "line_silent"
    read(world, is_up=False)
    assert (row(world).line, row(world).code) == ("line_down", "")


@pytest.mark.parametrize(("code", "word"), [("1002", "e_stop"), ("77", "machine_stopped")])
def test_a_stop_stands_in_the_machines_row_with_its_code(code: str, word: str) -> None:
    world = opened()
    read(world)
    world.feed(SafetyStopped(code))
    assert (row(world).word, row(world).code) == (word, code)
    world.feed(SafetyCleared())
    assert (row(world).word, row(world).code) == ("", "")


@pytest.mark.parametrize(("reports_tray", "word"), [(False, "stop_unclear"), (True, "stop_ready")])
def test_a_stop_that_nobody_knows_of_is_no_fact_in_the_row(reports_tray: bool, word: str) -> None:
    world = opened(reports_tray=reports_tray)
    read(world)
    world.feed(SafetyStopped("1002"))
    world.feed(SafetyUnclear("1002"))
    world.settle()
    read(world)
    assert (row(world).word, row(world).code) == (word, "1002")


def test_a_manual_key_that_a_status_tells_is_shown_while_nobody_asks() -> None:
    world = opened(reports_tray=True)
    world.reads.clear()
    read(world)
    assert world.reads == [AskStatus(is_by_hand=False)]
    read(world)
    assert world.reads == [AskStatus(is_by_hand=False)], "one question at a time"
    world.feed(StatusAnswered(is_ready=False, code="L209", is_by_hand=False))
    assert (row(world).word, row(world).code) == ("not_ready", "L209")
    shown = world.view().face
    assert isinstance(shown, DevicesFace)
    assert shown.result is None, "nobody asked"
    read(world)
    world.feed(StatusAnswered(is_ready=True, is_by_hand=False))
    assert row(world).word == "ready"
    world.feed(LinkDown("L102"))
    read(world)
    world.feed(LinkUp())
    assert row(world).word == "", "an answer from before the line was lost is too old"


def test_a_machine_whose_ping_tells_nothing_is_not_said_to_be_ready() -> None:
    world = opened()
    world.reads.clear()
    read(world)
    assert not world.reads
    world.give(do.StatusByHand(world.state.token))
    world.read_all()
    shown = world.view().face
    assert isinstance(shown, DevicesFace)
    assert shown.result is not None
    assert shown.result.outcome == "answers"
    assert row(world).word == ""
