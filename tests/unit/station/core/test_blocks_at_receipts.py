"""Goods are blocked at another bay while somebody receives them here: they are released no more, and go on to no order."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.records.blocks import StockBlocked
from station.core.inputs import SiteChanged
from station.flows.receipt_block import blocks_read
from station.flows.receipt_state import ReceiptStep
from station.values import LotHold
from tests.helpers.fake_store import NOON
from tests.helpers.receipts import announced, ask, at_receipts, count, face, passed, pick_order, received, scan
from tests.helpers.sample import BOLT, METER
from tests.helpers.world import World
from tests.unit.station.flows.test_receipt import HELD, OF_ONE, OFFERS, TABLE

RECALL = StockBlocked(item=BOLT.code, reason="recall")
BLOCK = LotHold(item=BOLT.code, lot="", owner="", reason="recall", since=NOON)
OTHER = LotHold(item=METER.code, lot="", owner="", reason="recall", since=NOON)
PASSES = {ReceiptStep.LOOKING, ReceiptStep.PASSING, ReceiptStep.AMOUNT}


def block(world: World) -> None:
    world.store.written.append(RECALL)
    world.feed(SiteChanged())
    world.settle()


def receiving() -> World:
    world = World()
    world.store.orders, world.store.held = {}, {}
    announced(world, "R1", BOLT, 9)
    pick_order(world, "O1", BOLT, 3)
    at_receipts(world)
    scan(world, BOLT.code)
    return world


def test_goods_that_wait_for_an_order_go_to_none_any_more() -> None:
    world = receiving()
    count(world, 9)
    assert face(world).offer is not None
    block(world)
    assert world.view().bar.error == "O412"
    assert passed(world) == []
    assert face(world).offer is None
    assert ask(world) == "goods_rest"


def test_goods_that_are_counted_still_ask_for_a_verdict_then() -> None:
    world = receiving()
    block(world)
    count(world, 9)
    assert received(world) == []
    assert world.view().bar.error == "O412"
    assert ask(world) == "goods_verdict_held"


@pytest.mark.parametrize("state", [state for state, _, _ in TABLE], ids=lambda each: str(each.step))
def test_at_every_step_what_is_not_booked_is_not_released_by_then_and_what_is_goes_to_nobody(state) -> None:
    state = replace(state, goods=replace(state.goods, item=BOLT))
    after, effects = blocks_read(state, (BLOCK, OTHER))
    assert after.is_held
    assert after.step not in PASSES
    assert after.step is not ReceiptStep.SECOND
    assert len(after.offers) <= (1 if state.step is ReceiptStep.PASS_BOOKING else 0) or state.step not in PASSES
    assert {type(each).__name__ for each in effects} <= {"Say"}


@pytest.mark.parametrize("state", [state for state, _, _ in TABLE], ids=lambda each: str(each.step))
def test_a_block_of_other_goods_changes_nothing(state) -> None:
    state = replace(state, goods=replace(state.goods, item=BOLT))
    assert blocks_read(state, (OTHER,)) == (state, ())


def test_what_is_held_already_is_told_once_and_what_was_judged_stays() -> None:
    judged = replace(TABLE[0][0], step=ReceiptStep.SECOND, goods=HELD)
    once, said = blocks_read(judged, (BLOCK,))
    assert (once.step, said) == (ReceiptStep.SECOND, ())
    passing = replace(TABLE[0][0], step=ReceiptStep.PASSING, goods=OF_ONE, offers=OFFERS)
    once, said = blocks_read(passing, (BLOCK,))
    assert (once.step, len(said)) == (ReceiptStep.DONE, 1)
    assert blocks_read(once, (BLOCK,)) == (once, ())
