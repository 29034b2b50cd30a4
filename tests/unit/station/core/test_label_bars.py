"""A label of several bars is received as the one label that it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from station import commands as do
from station.core.effects import Sound
from station.receipt_values import Goods
from tests.helpers import receipts as at
from tests.helpers.receipts import accept, ask, at_receipts, face, scan
from tests.helpers.sample import RESIN
from tests.helpers.world import World

GS = "\x1d"
GTIN = "09520123456788"
CONTENT = f"]C102{GTIN}3712{GS}10L7"
NUMBER = "]C100123456789012345675"


def bay() -> World:
    world = World()
    world.store.orders = {}
    world.store.items[RESIN.code] = replace(RESIN, barcodes=("9520123456788",))
    return at_receipts(world)


def goods(world: World) -> Goods:
    assert world.state.page.receipt is not None
    return world.state.page.receipt.goods


@pytest.mark.parametrize("bars", [(CONTENT, NUMBER), (NUMBER, CONTENT), (f"]C102{GTIN}3712", f"]C110L7{GS}", NUMBER)])
def test_the_bars_of_a_pallets_label_are_one_label(bars: tuple[str, ...]) -> None:
    world = bay()
    for bar in bars[:-1]:
        world.sounds.clear()
        scan(world, bar)
        assert (world.view().bar.code, world.sounds, face(world).goods) == ("bar_read", [Sound.OK], None)
    scan(world, bars[-1])
    assert (goods(world).item.code, goods(world).lot, goods(world).told) == (RESIN.code, "L7", 12)
    assert ask(world) == "goods_count"
    accept(world)
    assert [(each.lot, each.quantity) for each in at.received(world)] == [("L7", 12)]


def test_a_bar_that_waited_for_too_long_is_of_another_label() -> None:
    world = bay()
    scan(world, CONTENT)
    world.clock_s += 11
    scan(world, NUMBER)
    assert (world.view().bar.code, face(world).goods) == ("bar_read", None)
    scan(world, CONTENT)
    assert goods(world).told == 12


def test_bars_that_contradict_each_other_are_refused_and_forgotten() -> None:
    world = bay()
    scan(world, CONTENT)
    scan(world, "]C110L8")
    assert (world.view().bar.code, world.state.page.bars, face(world).goods) == ("code_damaged", None, None)


def test_another_label_between_them_is_taken_alone() -> None:
    world = bay()
    scan(world, CONTENT)
    scan(world, f"]C101{GTIN}10L9")
    assert (goods(world).lot, goods(world).told) == ("L9", None)
    world.give(do.Back(world.state.token))
    world.settle()
    scan(world, NUMBER)
    assert world.view().bar.code == "bar_read"
