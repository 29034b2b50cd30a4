"""Other work as the hands are told it: what stays where it lies, what the book has, where things may lie."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.records.taken import CompartmentDue
from station import commands as do
from station.core.inputs import Scanned
from station.scan import place_label
from station.values import Pack, RoundRule
from station.view.action import Action
from station.view.ask import AskChoice
from station.view.task import TaskFace
from station.view.tray import BayFace
from tests.helpers.sample import BOLT, JONAS, NUT, place
from tests.helpers.world import World
from tests.unit.station.core.test_other_work import WRENCH, answer, ask, at_other, confirm, moved, scan, stock_key, take, tools


def shown(world: World) -> TaskFace:
    face = world.view().face
    assert isinstance(face, TaskFace), face
    return face


def to_hold(quantity: int = 2) -> World:
    """The task of damaged goods that stay in their compartment, on hold."""
    world = at_other()
    answer(world, "damaged", BOLT.code)
    answer(world, stock_key(world, place(4, "C7")), quantity, "hold")
    return world


# --- what stays there is not taken


def test_what_stays_on_hold_is_marked_and_not_taken() -> None:
    world = to_hold()
    assert (shown(world).mode, world.view().bar.code) == ("hold", "hold_instruct")
    assert (shown(world).book, shown(world).left_after) == (6, 4)
    confirm(world)
    assert world.state.flashed is not None
    assert world.state.flashed.code == "booked_hold"


def test_what_stays_on_hold_offers_nothing_that_speaks_of_taking() -> None:
    world = to_hold()
    offered = {each.action for each in shown(world).offers}
    assert not offered & {Action.NOT_ENOUGH, Action.TOOK_MORE, Action.ELSEWHERE}
    world.give(do.NotEnough(world.state.token))
    assert shown(world).ask is None


@pytest.mark.parametrize(("text", "code"), [(NUT.code, "wrong_item_hold"), (place_label(place(4, "D1")), "wrong_hold")])
def test_a_wrong_scan_at_what_stays_there_tells_nobody_to_take(text: str, code: str) -> None:
    world = to_hold()
    world.feed(Scanned(text, "S"))
    world.settle()
    assert world.view().bar.code == code


def test_the_tray_weighs_as_before_when_nothing_was_taken() -> None:
    world = at_other()
    world.store.items[BOLT.code] = replace(BOLT, weight_g=100)
    answer(world, "damaged", BOLT.code)
    answer(world, stock_key(world, place(4, "C7")), 2, "hold")
    load = shown(world).load
    assert load is not None
    assert load.weight_g == 600


def test_what_is_said_exactly_is_not_rounded_to_a_full_pack() -> None:
    world = at_other()
    world.store.items[BOLT.code] = replace(BOLT, packs=(Pack("box", 5),), rounding=RoundRule.FULL_PACK)
    answer(world, "damaged", BOLT.code)
    answer(world, stock_key(world, place(4, "C7")), 2, "hold")
    assert shown(world).confirm_quantity == 2


def test_no_pack_is_opened_for_what_stays_there() -> None:
    world = at_other()
    world.store.items[BOLT.code] = replace(BOLT, packs=(Pack("box", 3),), rounding=RoundRule.EXACT)
    answer(world, "damaged", BOLT.code)
    answer(world, stock_key(world, place(4, "C7")), 2, "hold")
    confirm(world)
    assert not isinstance(world.view().face, TaskFace)


def test_what_was_found_in_a_wrong_place_is_taken_out_and_not_put_in() -> None:
    world = at_other(JONAS.person)
    answer(world, "wrong")
    scan(world, place_label(place(4, "C7")))
    answer(world, NUT.code, 1, "move")
    face = shown(world)
    assert (face.mode, face.left_after, world.view().bar.code) == ("pick", None, "pick_instruct")
    assert not {each.action for each in face.offers} & {Action.NOT_ENOUGH, Action.ELSEWHERE}
    confirm(world)
    assert world.state.flashed is not None
    assert world.state.flashed.code == "booked_pick"
    assert [each.quantity for each in moved(world)[-2:]] == [1, 1]


# --- other work begins from the book


@pytest.mark.parametrize("kind", ["transfer", "scrap", "damaged"])
def test_no_more_leaves_than_the_book_has_there(kind: str) -> None:
    world = at_other()
    answer(world, kind, BOLT.code)
    answer(world, stock_key(world, place(4, "C7")), 7)
    said = world.view().bar
    assert (said.code, said.error) == ("other_beyond_book", "O500")
    assert (said.params["book"], said.params["compartment"]) == (6, "C7")
    assert ask(world) == "other_quantity_out"
    answer(world, 6)
    face = world.view().face
    assert isinstance(face, TaskFace) or ask(world) != "other_quantity_out"


def test_no_more_tools_are_lent_than_the_book_has() -> None:
    world = at_other()
    tools(world)
    answer(world, "tool_out", WRENCH.code, "stock_0", 3)
    assert world.view().bar.error == "O500"


def test_of_several_places_the_one_that_is_taken_from_counts() -> None:
    world = at_other()
    answer(world, "scrap", BOLT.code)
    answer(world, stock_key(world, place(5, "C7")), 5)
    assert (world.view().bar.error, world.view().bar.params["book"]) == ("O500", 4)


# --- one item has its compartment alone


def in_hand() -> World:
    world = at_other()
    take(world)
    return world


def test_what_is_in_hand_does_not_go_where_another_item_lies() -> None:
    world = in_hand()
    scan(world, place_label(place(4, "C8")))
    said = world.view().bar
    assert (said.code, said.error) == ("other_item_there", "O501")
    assert (said.params["other"], said.params["compartment"]) == (NUT.code, "C8")
    assert ask(world) == "other_place"
    scan(world, place_label(place(4, "D1")))
    assert shown(world).compartment == "D1"


def test_back_from_the_refused_place_books_nothing_and_does_not_come_back_to_it() -> None:
    world = at_other()
    answer(world, "return", BOLT.code, 1)
    scan(world, place_label(place(4, "C8")))
    world.give(do.Back(world.state.token))
    assert ask(world) == "other_quantity_in"


@pytest.mark.parametrize(("bolts", "nuts", "is_refused"), [(True, True, False), (True, False, True), (False, True, True)])
def test_both_have_to_allow_that_they_share_a_compartment(bolts: bool, nuts: bool, is_refused: bool) -> None:
    world = in_hand()
    world.store.items[BOLT.code] = replace(BOLT, mixing=bolts)
    world.store.items[NUT.code] = replace(NUT, mixing=nuts)
    world.give(do.Back(world.state.token))
    world.give(do.PutDownHand(world.state.token))
    world.settle()
    scan(world, place_label(place(4, "C8")))
    assert (world.view().bar.error == "O501") is is_refused


@pytest.mark.parametrize(("compartment", "is_refused"), [("C8", True), ("C7", False), ("D1", False)])
def test_a_put_without_order_asks_what_lies_in_the_compartment(compartment: str, is_refused: bool) -> None:
    world = World()
    world.sign_on(JONAS.person)
    world.settle()
    world.give(do.CallTray(4))
    world.settle()
    world.give(do.SelectCompartment(world.state.token, compartment))
    world.give(do.DirectPut(world.state.token))
    world.give(do.EnterText(world.state.token, BOLT.code))
    world.settle()
    assert (world.view().bar.error == "O501") is is_refused
    face = world.view().face
    assert isinstance(face, BayFace)
    assert (face.ask is None) is is_refused


# --- the words


def test_damaged_goods_are_asked_where_they_lie() -> None:
    world = at_other()
    answer(world, "damaged", BOLT.code)
    assert ask(world) == "other_which_damaged"


def test_a_wrong_item_is_counted_with_what_was_said_of_it() -> None:
    world = at_other()
    answer(world, "wrong")
    scan(world, place_label(place(4, "C7")))
    answer(world, NUT.code, 3, "count_only")
    (due,) = [each for each in world.store.written if isinstance(each, CompartmentDue)]
    assert (due.item, due.quantity) == (NUT.code, 3)


def test_a_put_without_order_asks_for_reasons_of_a_put() -> None:
    world = World()
    world.sign_on(JONAS.person)
    world.settle()
    world.give(do.CallTray(4))
    world.settle()
    world.give(do.SelectCompartment(world.state.token, "D1"))
    world.give(do.DirectPut(world.state.token))
    world.give(do.EnterText(world.state.token, BOLT.code))
    world.settle()
    world.give(do.EnterNumber(world.state.token, 1))
    face = world.view().face
    assert isinstance(face, BayFace)
    assert isinstance(face.ask, AskChoice)
    assert [each.key for each in face.ask.choices] == ["return", "replenished", "inspection", "correction"]
