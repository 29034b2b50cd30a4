"""What is wrong with the store while it works is said at the list and by its light; on an almost full disk nothing begins."""

from __future__ import annotations

from dataclasses import replace

import pytest

from station import commands as do
from station.core.inputs import StoreAlarmed
from station.faces.store_alarm import SENTENCES
from station.store_watch import OF_CHORES, StoreWatch
from station.values import LineState, OrderState
from station.view.action import Action
from station.view.status import Light
from station.view.task import TaskFace
from station.view.work import WorkFace
from tests.helpers.sample import JONAS, MARA
from tests.helpers.world import World


def at_the_list(who: str = MARA.person, *codes: str) -> World:
    world = World()
    world.sign_on(who)
    world.settle()
    world.feed(StoreAlarmed(codes))
    return world


def store_light(world: World) -> tuple[Light, str]:
    return next((each.light, each.code) for each in world.view().lights if each.device == "store")


def start_refusal(world: World) -> str:
    face = world.view().face
    assert isinstance(face, WorkFace)
    return next(each.refused for each in face.offers if each.action is Action.START)


@pytest.mark.parametrize(
    ("code", "light", "said"),
    [
        ("D422", Light.WAIT, "disk_low"),
        ("D423", Light.BAD, "disk_nearly_full"),
        ("D424", Light.BAD, "store_check_failed"),
    ],
)
def test_everybody_is_told_at_the_list(code: str, light: Light, said: str) -> None:
    world = at_the_list(MARA.person, code)
    assert store_light(world) == (light, code)
    assert (world.view().bar.code, world.view().bar.error) == (said, code)
    world.feed(StoreAlarmed(()))
    assert store_light(world) == (Light.GOOD, "")
    assert world.view().bar.code == "signed_on"


@pytest.mark.parametrize("code", OF_CHORES)
def test_only_those_who_see_to_the_machine_are_told_of_a_chore_that_fails(code: str) -> None:
    watch = StoreWatch()
    watch.tell_chore("one", code)
    watch.tell_chore("another", code)
    watch.tell_chore("another", "")
    worlds = {who.role.value: at_the_list(who.person, *watch.alarms) for who in (MARA, JONAS)}
    assert {store_light(each) for each in worlds.values()} == {(Light.WAIT, code)}
    told = {role: (each.view().bar.code, each.view().bar.error) for role, each in worlds.items()}
    assert told == {"operator": ("signed_on", ""), "supervisor": (SENTENCES[code], code)}
    watch.tell_chore("one", "")
    assert watch.alarms == ()


@pytest.mark.parametrize("code", ["D421", "D422", "D424"])
def test_work_goes_on_under_a_warning(code: str) -> None:
    world = at_the_list(MARA.person, code)
    world.give(do.StartOrders(("O2",)))
    world.settle()
    assert isinstance(world.view().face, TaskFace)


def test_on_an_almost_full_disk_nothing_new_is_started() -> None:
    world = at_the_list(MARA.person, "D423", "D424")
    assert start_refusal(world) == "disk_nearly_full"
    world.give(do.StartOrders(("O2",)))
    world.settle()
    assert isinstance(world.view().face, WorkFace)
    assert (world.view().bar.code, world.view().bar.error) == ("disk_nearly_full", "D423")
    assert world.store.orders["O2"].state is OrderState.RELEASED


def test_the_work_in_hand_is_worked_to_its_end() -> None:
    world = at_the_list()
    world.give(do.StartOrders(("O2",)))
    world.settle()
    world.feed(StoreAlarmed(("D423",)))
    assert isinstance(world.view().face, TaskFace)
    assert world.view().bar.code not in ("disk_nearly_full", "store_read_only")


def test_an_order_of_which_something_is_done_may_be_ended() -> None:
    """Somebody left it after its first line."""
    world = World()
    order = world.store.orders["O1"]
    first = replace(order.lines[0], state=LineState.CONFIRMED, done_quantity=order.lines[0].quantity)
    world.store.orders["O1"] = replace(order, lines=(first, *order.lines[1:]))
    world.sign_on(MARA.person)
    world.settle()
    world.feed(StoreAlarmed(("D423",)))
    assert start_refusal(world) == ""
    world.give(do.StartOrders(("O2",)))
    assert world.view().bar.code == "disk_nearly_full"
    world.give(do.StartOrders(("O1",)))
    world.settle()
    assert world.state.ask_short or isinstance(world.view().face, TaskFace)
