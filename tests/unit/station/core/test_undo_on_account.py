"""Undoing what went onto somebody's account, or came off it: the goods are in one place afterwards, and only there."""

from __future__ import annotations

from db.records.undo import PutBackOffAccount
from station import commands as do
from station.flows.undo import LIE_BACK
from station.values import StockKey
from station.view.task import TaskFace
from tests.helpers.sample import BOLT, place
from tests.helpers.world import World
from tests.unit.station.core.test_other_work import WRENCH, answer, at_other, confirm, sum_of, take, tools

TOOL_PLACE = place(6, "C8")


def test_a_move_that_is_undone_leaves_nothing_in_the_hand() -> None:
    world = at_other()
    before = sum_of(world, BOLT)
    take(world, 6)  # all that lies there, so that the tray stays for "Is it empty?"
    undo(world)
    assert any(isinstance(each, PutBackOffAccount) for each in world.store.written)
    assert world.store.held[place(4, "C7"), StockKey(item=BOLT.code)] == 6
    assert not world.store.taken()
    assert sum_of(world, BOLT) == before


def test_a_tool_whose_check_out_is_undone_is_lent_to_nobody() -> None:
    world = at_other()
    world.store.held[TOOL_PLACE, StockKey(item=WRENCH.code)] = 1
    tools(world)
    answer(world, "tool_out", WRENCH.code, "stock_0", 1, "me", "due_8")
    confirm(world)
    assert len(world.store.taken()) == 1
    undo(world)
    assert not world.store.taken()
    assert world.store.held[TOOL_PLACE, StockKey(item=WRENCH.code)] == 1


def undo(world: World) -> None:
    assert world.view().undo is not None, world.view().face
    world.give(do.Undo(world.state.token))
    world.give(do.Choose(world.state.token, LIE_BACK))
    world.settle()
    assert not (isinstance(world.view().face, TaskFace) and world.view().undo)
