"""What a person says is at the bay must be a tray of this machine; a slip of the finger is asked again."""

from __future__ import annotations

import pytest

from db.records.machine import TrayTold
from hardware.values import Outcome
from station import commands as do
from station.custody import Here, NotKnown
from station.view.tray import UnknownTrayFace
from tests.helpers.sample import MACHINE, MARA
from tests.helpers.world import World


def not_known() -> World:
    """A fetch whose end nobody saw."""
    world = World()
    world.sign_on(MARA.person)
    world.settle()
    world.give(do.CallTray(4))
    world.read_all()
    while world.writes:
        world.write()
    world.end_motion(Outcome.UNKNOWN)
    world.settle()
    assert isinstance(world.view().face, UnknownTrayFace)
    return world


@pytest.mark.parametrize("number", [0, 7, 77, 400])
def test_a_tray_that_this_machine_does_not_have_is_not_believed(number: int) -> None:
    world = not_known()
    world.give(do.EnterNumber(world.state.token, number))
    world.settle()
    assert isinstance(world.state.custody.where, NotKnown)
    assert not any(isinstance(each, TrayTold) for each in world.store.written)
    assert (world.view().bar.code, world.view().bar.error) == ("no_such_tray", "O304")


@pytest.mark.parametrize("label", [f"BLT-{MACHINE}-77", "BLT-OTHER-4"])
def test_nor_is_the_label_of_a_foreign_tray(label: str) -> None:
    world = not_known()
    world.scan(label)
    assert isinstance(world.state.custody.where, NotKnown)


def test_a_tray_of_this_machine_is() -> None:
    world = not_known()
    world.give(do.EnterNumber(world.state.token, 5))
    world.settle()
    assert isinstance(world.state.custody.where, Here)
