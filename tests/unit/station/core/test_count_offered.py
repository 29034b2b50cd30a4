"""A count is offered once the work of a tray is done, before the tray goes: one touch takes it, one passes it."""

from __future__ import annotations

from db.records.stock import Counted, CountOfferPassed
from station import commands as do
from station.values import OrderState
from station.view.ask import AskChoice, AskNumber
from station.view.task import TaskFace
from station.view.tray import TrayPageFace
from station.view.work import WorkFace
from tests.helpers.sample import BOLT, JONAS, MARA
from tests.helpers.world import World


def after_the_count_of_o3() -> World:
    """The nuts of C8 in tray 4 are counted; the bolts of C7 lie beside them, and were never counted."""
    world = World(counts_wait=True)
    world.sign_on(MARA.person)
    world.settle()
    world.start("O3")
    world.settle()
    world.give(do.EnterNumber(world.state.token, 3))
    world.settle()
    return world


def task_of(world: World) -> TaskFace:
    face = world.view().face
    assert isinstance(face, TaskFace), face
    return face


def test_it_is_offered_while_the_tray_is_here_and_lights_nothing() -> None:
    world = after_the_count_of_o3()
    assert world.store.orders["O3"].state is OrderState.CLOSED, "the work is done before"
    face = task_of(world)
    assert (face.compartment, face.reason, face.is_here) == ("C7", "offered", True)
    assert isinstance(face.ask, AskChoice)
    assert (face.ask.code, world.metal, world.move) == ("count_offer", 4, None)


def test_taken_it_is_blind_and_stands_in_the_record_as_offered() -> None:
    world = after_the_count_of_o3()
    world.give(do.Choose(world.state.token, "take"))
    world.settle()
    assert isinstance(task_of(world).ask, AskNumber)
    world.give(do.EnterNumber(world.state.token, 6))
    world.settle()
    last = [each for each in world.store.written if isinstance(each, Counted)][-1]
    assert (last.item, last.reason, last.order, last.was_blind) == (BOLT.code, "offered", "", True)
    assert isinstance(world.view().face, WorkFace)
    assert world.metal is None


def test_passed_the_tray_goes_and_it_is_not_offered_again_this_day() -> None:
    world = after_the_count_of_o3()
    world.give(do.Choose(world.state.token, "pass"))
    world.settle()
    assert [each.compartment for each in world.store.written if isinstance(each, CountOfferPassed)] == ["C7"]
    assert (isinstance(world.view().face, WorkFace), world.metal) == (True, None)


def test_one_offer_a_tray_and_none_that_comes_again() -> None:
    world = World(counts_wait=True)
    world.sign_on(MARA.person)
    world.settle()
    world.start("O1")
    world.settle()
    offers = 0
    for _ in range(30):
        face = world.view().face
        if not isinstance(face, TaskFace):
            break
        if isinstance(face.ask, AskChoice) and face.ask.code == "count_offer":
            offers += 1
            world.give(do.Choose(world.state.token, "pass"))
        elif isinstance(face.ask, AskChoice):
            world.give(do.Choose(world.state.token, "yes"))
        else:
            world.give(do.Confirm(world.state.token))
        world.settle()
    assert isinstance(world.view().face, WorkFace)
    assert offers == 1, "of the resin in tray 5; what was worked at is not offered"


def test_a_supervisor_orders_the_count_of_a_tray_and_of_an_item_at_the_tray_page() -> None:
    world = World()
    world.sign_on(JONAS.person)
    world.settle()
    world.give(do.OpenTrayPage(4))
    world.settle()
    world.give(do.OrderTrayCount(world.state.token))
    world.settle()
    assert world.view().bar.code == "count_ordered"
    world.give(do.OrderItemCount(world.state.token))
    world.settle()
    assert len(world.store.orders) == 7, "no compartment is looked at"
    world.give(do.SelectCompartment(world.state.token, "C7"))
    world.give(do.OrderItemCount(world.state.token))
    world.settle()
    assert isinstance(world.view().face, TrayPageFace)
    made = [order for name, order in world.store.orders.items() if name.startswith("COUNT-")]
    assert [len(each.lines) for each in made] == [2, 2]


def test_an_operator_orders_none() -> None:
    world = World()
    world.sign_on(MARA.person)
    world.settle()
    world.give(do.OpenTrayPage(4))
    world.give(do.OrderTrayCount(world.state.token))
    world.settle()
    assert len(world.store.orders) == 6
