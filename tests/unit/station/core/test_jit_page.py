"""Just-in-time at the bay: the figures are made, a proposal is applied by a touch, and what is shown then is made anew."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from db.records.pull import BufferSet, LoopSet
from station import commands as do
from station.core.effects import ReadDesk
from station.core.inputs import BufferTold, DeskRead
from station.core.jit_page import command
from station.core.state import JitPage
from station.faces.jit_face import LISTS
from station.view.action import Action
from station.view.ask import AskChoice
from station.view.jit import JitFace
from station.view.work import WorkFace
from tests.helpers import jit_faces
from tests.helpers.guards import ExpectLog
from tests.helpers.world import World


def bay(person: str = "p_jonas") -> World:
    """At the page, with the loops of the hand-made desk in the store."""
    world = World()
    world.state = replace(world.state, rules=replace(world.state.rules, has_desk=True))
    world.desk = jit_faces.desk()
    for each in world.desk.buffers:
        world.store.pull_loops[each.loop.loop] = each.loop
    world.sign_on(person)
    world.settle()
    world.give(do.OpenJit())
    world.settle()
    return world


def face(world: World) -> JitFace:
    shown = world.view().face
    assert isinstance(shown, JitFace), shown
    return shown


def touch(world: World, name: str) -> None:
    world.give(do.ShowJitRow(world.state.token, name))
    world.settle()


def choose(world: World, key: str) -> None:
    world.give(do.Choose(world.state.token, key))
    world.settle()


def test_only_who_may_set_stock_right_sees_it() -> None:
    world = bay("p_mara")
    assert isinstance(world.view().face, WorkFace)
    assert world.view().bar.error == "O319"
    assert all(each.action is not Action.JIT for each in world.view().face.offers)


def test_the_three_lists_and_back() -> None:
    world = bay()
    assert (face(world).at, world.view().bar.code) == ("buffers", "jit_buffers")
    for at, action in LISTS.items():
        world.give(do.ShowJit(world.state.token, at))
        world.settle()
        assert face(world).at == at
        assert action not in [each.action for each in face(world).offers]
    world.give(do.ShowJit(world.state.token, "no_such_list"))
    assert face(world).at == "verdicts"
    world.give(do.ClosePage())
    world.settle()
    assert isinstance(world.view().face, WorkFace)


def test_a_proposal_is_written_by_a_touch_and_the_figures_are_made_anew() -> None:
    world = bay()
    before = world.state.desks
    touch(world, "G4")
    ask = face(world).ask
    assert isinstance(ask, AskChoice)
    assert (ask.code, ask.params["quantity"], ask.params["before"]) == ("buffer_too_much_red", "80", "60")
    choose(world, "leave")
    assert face(world).ask is None
    assert not [each for each in world.store.written if isinstance(each, BufferSet)]
    touch(world, "G4")
    choose(world, "apply")
    told, loop = [each for each in world.store.written if isinstance(each, BufferSet | LoopSet)]
    assert isinstance(told, BufferSet)
    assert isinstance(loop, LoopSet)
    assert (told.loop, told.before, told.after, told.reason) == ("G4", 60, 80, "too_much_red")
    assert (loop.trigger_at, loop.up_to) == (27, 80)
    assert (world.view().bar.code, world.state.desks) == ("buffer_applied", before + 1)


def test_a_loop_that_is_another_meanwhile_is_left_alone() -> None:
    world = bay()
    touch(world, "G4")
    del world.store.pull_loops["G4"]
    choose(world, "apply")
    assert (world.view().bar.code, world.view().bar.error) == ("buffer_changed", "O522")
    assert not [each for each in world.store.written if isinstance(each, BufferSet)]


def test_a_store_that_takes_nothing_says_so(expect_log: ExpectLog) -> None:
    expect_log("a pull signal was not written")
    world = bay()
    touch(world, "G4")
    world.store.refuses = "D401"
    choose(world, "apply")
    assert world.view().bar.error in ("O523", "D401")
    assert not [each for each in world.store.written if isinstance(each, BufferSet)]


@pytest.mark.parametrize(("loop", "said"), [("V2", "buffer_cooling"), ("C1", "buffer_fits")])
def test_without_a_proposal_a_touch_says_why(loop: str, said: str) -> None:
    world = bay()
    touch(world, loop)
    assert (face(world).ask, world.view().bar.code) == (None, said)


def test_what_if_a_supplier_is_late_is_made_anew() -> None:
    world = bay()
    world.give(do.ShowJit(world.state.token, "exposure"))
    touch(world, jit_faces.CABLE.code)
    assert world.view().bar.code == "no_supplier"
    touch(world, jit_faces.VALVE.code)
    ask = face(world).ask
    assert isinstance(ask, AskChoice)
    assert ask.params == {"supplier": "Vogel"}
    world.desk = jit_faces.desk(late=True)
    choose(world, "5")
    shown = face(world)
    assert shown.desk is not None
    assert (shown.at, shown.desk.late_supplier, len(shown.desk.stops)) == ("exposure", "Vogel", 2)


def test_nothing_comes_from_a_supplier_whose_lane_is_closed() -> None:
    state = replace(bay().state, page=JitPage(desk=jit_faces.desk(), at="exposure", supplier="Vogel"))
    assert isinstance(state.page, JitPage)
    after, effects = command(state, state.page, do.Choose(state.token, "inf"))
    assert effects == (ReadDesk(after.desks, "Vogel", math.inf),)


def test_a_touch_on_a_line_asks_how_long_the_way_to_it_is_closed() -> None:
    world = bay()
    world.desk = jit_faces.desk(late=True)
    world.give(do.ClosePage())
    world.give(do.OpenJit())
    world.settle()
    world.give(do.ShowJit(world.state.token, "exposure"))
    touch(world, ">Line 3")
    ask = face(world).ask
    assert isinstance(ask, AskChoice)
    assert (ask.code, ask.params) == ("jit_how_closed", {"consumer": "Line 3"})
    page = world.state.page
    assert isinstance(page, JitPage)
    after, effects = command(world.state, page, do.Choose(world.state.token, "5"))
    assert effects == (ReadDesk(after.desks, ">Line 3", 5.0),)


def test_figures_that_cannot_be_made_and_late_answers() -> None:
    world = bay()
    world.feed(DeskRead(world.state.desks - 1, None))
    assert face(world).desk is not None  # of a page that was left
    world.feed(DeskRead(world.state.desks, None))
    assert (face(world).wait, world.view().bar.error) == ("jit_failed", "O524")
    world.give(do.ClosePage())
    world.settle()
    world.feed(BufferTold("G4"))
    world.settle()
    assert isinstance(world.view().face, WorkFace)
