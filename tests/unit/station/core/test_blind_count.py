"""A called tray shows what lies where. Its quantities are shown when they are asked for; a count after that is not blind."""

from __future__ import annotations

from db.records.stock import Counted
from hardware.values import LinkDown, LinkUp
from station import commands as do
from station.view.action import Action
from station.view.ask import AskNumber
from station.view.task import TaskFace
from station.view.tray import BayFace
from tests.helpers.sample import MARA
from tests.helpers.world import World


def called() -> World:
    world = World()
    world.sign_on(MARA.person)
    world.settle()
    world.give(do.CallTray(4))
    world.settle()
    return world


def bay(world: World) -> BayFace:
    face = world.view().face
    assert isinstance(face, BayFace)
    return face


def count(world: World, *figures: int) -> Counted:
    world.give(do.CountHere(world.state.token))
    world.settle()
    for figure in figures:
        face = world.view().face
        assert isinstance(face, TaskFace)
        assert isinstance(face.ask, AskNumber)
        assert (face.book, face.left_after) == (None, None)
        world.give(do.EnterNumber(world.state.token, figure))
    world.settle()
    (record,) = [each for each in world.store.written if isinstance(each, Counted)]
    return record


def test_the_quantities_of_a_called_tray_are_hidden_until_they_are_asked_for() -> None:
    world = called()
    assert [row.item.code for row in bay(world).contents if row.item] == ["BOLT-M8", "NUT-M8"]
    assert {row.quantity for row in bay(world).contents if row.item} == {None}
    world.give(do.ShowQuantities(world.state.token))
    assert [row.quantity for row in bay(world).contents if row.item] == [6, 3]
    assert Action.SHOW_QUANTITIES not in {each.action for each in bay(world).offers}


def test_a_count_before_that_is_blind() -> None:
    assert count(called(), 5, 5).was_blind


def test_a_count_after_that_is_asked_in_the_same_way_and_the_record_says_that_the_figure_was_seen() -> None:
    world = called()
    world.give(do.ShowQuantities(world.state.token))
    assert not count(world, 5, 5).was_blind


def test_a_called_tray_that_awaits_a_touch_offers_all_but_the_work_and_says_why_that_waits() -> None:
    world = called()
    here = [each.action for each in bay(world).offers if each.action is not Action.DIRECT_PICK]
    world.feed(LinkDown("L101"))
    world.feed(LinkUp())
    world.settle()
    refused = {each.action: each.refused for each in bay(world).offers}
    assert refused.pop(Action.FETCH_AGAIN) == ""
    assert set(refused) == set(here)
    assert {each for each in refused if refused[each]} == {Action.DIRECT_PUT, Action.COUNT}
