"""Whatever the machine does meanwhile, the task in hand can be gone on with, or left."""

from __future__ import annotations

from collections.abc import Callable

from hardware.values import LinkDown, LinkUp
from station import commands as do
from station.commands import Command
from station.view.action import Action
from station.view.task import TaskFace
from station.view.tray import BayFace
from tests.helpers.sample import MARA, METER
from tests.helpers.world import World

PUT: tuple[Callable[[int], Command], ...] = (
    lambda token: do.SelectCompartment(token, "D1"),
    do.DirectPut,
    lambda token: do.EnterText(token, METER.code),
    lambda token: do.EnterNumber(token, 2),
    lambda token: do.Choose(token, "return"),
)


def test_a_put_without_an_order_can_be_left_when_its_tray_is_not_known_to_be_there() -> None:
    world = at_the_tray()
    say(world, *PUT)
    world.settle()
    say(world, do.Confirm)
    assert question(world) == "which_serial"
    world.feed(LinkDown("L101"))
    world.feed(LinkUp())
    world.settle()
    assert offers(world)[Action.SKIP] == "tray_not_proven"
    assert offers(world)[Action.LEAVE_WORK] == ""
    say(world, do.LeaveWork)
    world.settle()
    assert isinstance(world.view().face, BayFace)


def test_a_question_can_be_gone_back_from_while_the_light_waits_for_a_touch() -> None:
    world = at_the_tray()
    say(world, *PUT, do.Confirm)
    assert question(world) == "which_serial"
    world.write(is_refused=True)  # that the compartment is to be lit
    assert question(world) == "which_serial"
    assert offers(world) == {Action.FETCH_AGAIN: "", Action.BACK: "", Action.LOCK: ""}
    say(world, do.Back)
    assert question(world) == ""


def at_the_tray() -> World:
    world = World()
    world.sign_on(MARA.person)
    world.settle()
    say(world, lambda _: do.CallTray(4))
    world.settle()
    return world


def say(world: World, *commands: Callable[[int], Command]) -> None:
    for command in commands:
        world.give(command(world.state.token))
        world.read_all()


def question(world: World) -> str:
    face = world.view().face
    assert isinstance(face, TaskFace)
    return face.ask.code if face.ask is not None else ""


def offers(world: World) -> dict[Action, str]:
    face = world.view().face
    assert isinstance(face, TaskFace)
    return {each.action: each.refused for each in face.offers}
