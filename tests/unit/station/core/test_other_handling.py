"""Other work as the hands are told it: what stays where it lies, what the book has, where things may lie."""

from __future__ import annotations

from dataclasses import replace

import pytest

from station import commands as do
from station.core.inputs import Scanned
from station.scan import place_label
from station.values import Pack, RoundRule
from station.view.action import Action
from station.view.task import TaskFace
from tests.helpers.sample import BOLT, JONAS, NUT, place
from tests.helpers.world import World
from tests.unit.station.core.test_other_work import answer, at_other, confirm, moved, scan, stock_key


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
