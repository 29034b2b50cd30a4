"""What the machine waits for a person to do is said until it is done, and no time of the machine's is counted meanwhile."""

from __future__ import annotations

import pytest

from hardware.values import Instruction, LinkDown, MotionStarted, OperatorAsked, Outcome
from station import commands as do
from station.core.effects import Sound
from station.view.message import Level
from station.view.sign_on import LockedFace
from station.view.task import TaskFace
from station.view.wait import Wait
from tests.helpers.sample import MARA
from tests.helpers.world import World


def on_its_way() -> World:
    """The tray of Mara's first task is coming."""
    world = World()
    world.sign_on(MARA.person)
    world.settle()
    world.start("O1")
    world.write_all()
    world.read_all()
    world.write_all()
    world.start_motion()
    return world


def ask(world: World, instruction: Instruction) -> None:
    assert world.move is not None
    world.feed(OperatorAsked(world.move.command, instruction))


def wait_of(world: World) -> Wait | None:
    face = world.view().face
    assert isinstance(face, TaskFace | LockedFace)
    return face.wait


@pytest.mark.parametrize("instruction", Instruction)
def test_the_screen_says_what_to_do_at_the_machine(instruction: Instruction) -> None:
    world = on_its_way()
    ask(world, instruction)
    is_for_us = instruction is not Instruction.OTHER_ACCESS_BUSY
    wait, bar = wait_of(world), world.view().bar
    assert wait == Wait(f"do_{instruction.value}", 4, world.clock_s, 0.0, is_call=is_for_us)
    assert (bar.code, bar.level) == (f"do_{instruction.value}", Level.ACT if is_for_us else Level.NOTE)
    assert (world.sounds[-1:] == [Sound.WRONG]) is is_for_us


def test_it_is_said_once_and_over_when_the_machine_goes_on() -> None:
    world = on_its_way()
    ask(world, Instruction.PRESS_RETURN)
    heard = list(world.sounds)
    ask(world, Instruction.PRESS_RETURN)
    assert world.sounds == heard
    world.start_motion()
    assert (getattr(wait_of(world), "code", ""), world.view().bar.code) == ("tray_coming", "tray_coming")


def test_the_time_a_person_took_is_not_the_machines() -> None:
    world = on_its_way()
    begun_s = world.state.custody.motion.since_s if world.state.custody.motion else 0.0
    ask(world, Instruction.CLOSE_DOOR)
    world.clock_s += 600.0
    assert world.move is not None
    world.feed(MotionStarted(world.move.command))
    wait = wait_of(world)
    assert wait is not None
    assert wait.since_s == begun_s + 601.0
    world.end_motion(Outcome.DONE)
    assert world.state.travel_times.expected_s("fetch", 4) < 10.0


def test_an_end_without_a_start_ends_it_and_is_no_measure_of_a_fetch() -> None:
    world = on_its_way()
    ask(world, Instruction.INSERT_TRAY)
    world.clock_s += 600.0
    world.end_motion(Outcome.DONE)
    assert not (wait_of(world) or Wait("")).code.startswith("do_")
    assert world.state.travel_times.by_way == {}


def test_a_lost_line_goes_before_it_and_nobody_hears_it_behind_a_lock() -> None:
    world = on_its_way()
    ask(world, Instruction.PRESS_RETURN)
    world.feed(LinkDown("L101"))
    assert world.view().bar.code == "link_down_moving"
    other = on_its_way()
    other.give(do.LockScreen())
    heard = list(other.sounds)
    ask(other, Instruction.PRESS_RETURN)
    assert other.sounds == heard
    assert getattr(wait_of(other), "code", "") == "do_press_return"


def test_another_commands_instruction_is_nobodys() -> None:
    world = on_its_way()
    assert world.move is not None
    world.feed(OperatorAsked(world.move.command - 1, Instruction.PRESS_RETURN))
    assert world.view().bar.code == "tray_coming"
