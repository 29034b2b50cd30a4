"""Moves that somebody has decided on: offered among other work, begun as a transfer of which all is said, led to their place."""

from __future__ import annotations

from dataclasses import replace

from db.records.taken import TakenOut
from station import commands as do
from station.rules.put_away import PLANNED
from station.values import Item, Place, PlannedMove, StockKey
from station.view.ask import AskChoice
from station.view.other import OtherFace
from station.view.task import TaskFace
from tests.helpers.sample import BOLT, MARA, NUT, place
from tests.helpers.world import World

FROM, TO = place(4, "C7"), place(6, "C9")


def planned(item: Item, here: Place, there: Place, quantity: int = 2) -> PlannedMove:
    return PlannedMove(from_place=here, to_place=there, key=StockKey(item=item.code), quantity=quantity)


def at_other(*moves: PlannedMove) -> World:
    world = World()
    world.store.moves = list(moves)
    for each in moves:
        world.store.held[each.from_place, each.key] = 5
    world.sign_on(MARA.person)
    world.settle()
    world.give(do.OpenOther())
    world.settle()
    return world


def choices(world: World) -> dict[str, dict[str, str | int]]:
    face = world.view().face
    assert isinstance(face, OtherFace), face
    assert isinstance(face.ask, AskChoice), face.ask
    return {each.key: dict(each.params) for each in face.ask.choices}


def begin(world: World) -> None:
    world.give(do.Choose(world.state.token, "planned_move"))
    world.settle()


def take(world: World) -> None:
    """The task is confirmed, and the record knows that the goods are out."""
    face = world.view().face
    assert isinstance(face, TaskFace), face
    at = place(face.tray, face.compartment)
    world.store.moves = [replace(each, is_taken=each.is_taken or each.from_place == at) for each in world.store.moves]
    world.give(do.Confirm(world.state.token))
    world.settle()


def test_without_a_planned_move_nothing_is_offered() -> None:
    assert "planned_move" not in choices(at_other())


def test_a_planned_move_is_a_transfer_of_which_all_is_said() -> None:
    world = at_other(planned(BOLT, FROM, TO))
    assert choices(world)["planned_move"] == {"count": 1}
    begin(world)
    face = world.view().face
    assert isinstance(face, TaskFace), face
    assert (face.item, place(face.tray, face.compartment), face.asked) == (BOLT, FROM, 2)
    take(world)
    taken = next(each for each in world.store.written if isinstance(each, TakenOut))
    assert (taken.account, taken.reason, taken.quantity) == ("hand", "transfer", 2)


def test_its_place_is_proposed_first() -> None:
    world = at_other(planned(BOLT, FROM, TO))
    begin(world)
    take(world)
    assert world.state.page is not None
    draft = world.state.page.draft  # type: ignore[union-attr]
    assert draft is not None
    assert draft.proposals
    assert (draft.proposals[0].place, draft.proposals[0].reasons) == (TO, (PLANNED,))


def test_a_place_in_which_something_else_lies_is_not() -> None:
    world = at_other(planned(BOLT, FROM, TO))
    world.store.held[TO, StockKey(item=NUT.code)] = 7
    begin(world)
    take(world)
    draft = world.state.page.draft  # type: ignore[union-attr]
    assert all(each.place != TO for each in draft.proposals or ())


def test_of_an_exchange_the_second_one_is_taken_before_the_first_is_put_down() -> None:
    world = at_other(planned(BOLT, FROM, TO), planned(NUT, TO, FROM))
    begin(world)
    take(world)
    face = world.view().face
    assert isinstance(face, TaskFace), face
    assert (face.item, place(face.tray, face.compartment)) == (NUT, TO)


def test_goods_that_lie_elsewhere_by_now_are_asked_for() -> None:
    world = at_other(planned(BOLT, FROM, TO))
    del world.store.held[FROM, StockKey(item=BOLT.code)]
    world.store.held[place(6, "C8"), StockKey(item=BOLT.code)] = 9
    begin(world)
    face = world.view().face
    assert isinstance(face, OtherFace), face
    assert face.ask is not None
    assert face.ask.code == "other_which_stock"
