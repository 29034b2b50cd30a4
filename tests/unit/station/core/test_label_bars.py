"""A label of several bars is received as the one label that it is."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from station import commands as do
from station.core.effects import Sound
from station.receipt_values import Goods
from station.scan_bars import suppliers_of
from tests.helpers import receipts as at
from tests.helpers.receipts import accept, ask, at_receipts, face, say, scan
from tests.helpers.sample import METER, NUT, RESIN
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


# --- bars that begin with a data identifier


def automotive_bay(*suppliers: str, item=RESIN, announced_by: str = "") -> World:
    world = World()
    world.store.orders = {}
    world.state = replace(world.state, rules=replace(world.state.rules, bar_suppliers=frozenset(suppliers)))
    if announced_by:
        at.announced(world, "R1", item, 12, supplier=announced_by)
    return at_receipts(world)


def scan_all(world: World, *bars: str) -> None:
    for bar in bars:
        scan(world, bar)


@pytest.mark.parametrize("bars", list(permutations((f"P{RESIN.code}", "Q12", "1TL7", "VACME"))))
def test_the_bars_of_an_automotive_label_fill_one_booking_in_any_order(bars: tuple[str, ...]) -> None:
    world = automotive_bay("*")
    scan_all(world, *bars)
    assert (goods(world).item.code, goods(world).lot, goods(world).told) == (RESIN.code, "L7", 12)
    assert ask(world) == "goods_count"
    accept(world)
    assert [(each.lot, each.quantity) for each in at.received(world)] == [("L7", 12)]


def test_step_by_step_each_bar_answers_and_says_that_it_is_read() -> None:
    world = automotive_bay("*", item=METER)
    scan(world, f"]A0P{METER.code}")
    assert ask(world) == "goods_serial"
    world.sounds.clear()
    scan(world, "]C0VACME")
    assert (world.view().bar.code, ask(world), world.sounds) == ("goods_lack_serial", "goods_serial", [Sound.WRONG])
    scan(world, "]C0SS99")
    assert at.received(world)[0].serial == "S99"


def test_a_bar_that_answers_what_is_asked_later_says_so() -> None:
    world = automotive_bay("*")
    scan(world, f"P{RESIN.code}")
    world.sounds.clear()
    scan(world, "Q12")
    assert (world.view().bar.code, ask(world), world.sounds) == ("bar_read", "goods_lot", [Sound.OK])


@pytest.mark.parametrize("suppliers", [("ACME",), ("*",), ("Bolt Works", "ACME")])
def test_bars_are_read_of_the_suppliers_that_are_set(suppliers: tuple[str, ...]) -> None:
    world = automotive_bay(*suppliers, announced_by="ACME")
    scan_all(world, f"P{RESIN.code}", "1TL7", "Q12")
    assert (goods(world).lot, goods(world).told, goods(world).of is not None) == ("L7", 12, True)


def test_bars_are_not_read_of_another_supplier() -> None:
    world = automotive_bay("Bolt Works", announced_by="ACME")
    scan(world, f"P{RESIN.code}")
    assert (world.view().bar.code, world.view().bar.error, face(world).goods) == ("bars_of_nobody", "O481", None)
    scan(world, RESIN.code)
    scan(world, "1TL7")
    assert goods(world).lot == "1TL7"


def test_without_the_setting_a_bar_is_a_text() -> None:
    world = automotive_bay()
    scan(world, f"P{RESIN.code}")
    assert world.view().bar.code == "goods_unknown"
    scan(world, RESIN.code)
    scan(world, "S123")
    assert goods(world).lot == "S123"


def test_an_items_own_code_goes_before_what_its_letter_would_be() -> None:
    world = automotive_bay("*")
    world.store.items["PX"] = replace(NUT, code="PX", barcodes=())
    world.store.items["X"] = replace(NUT, code="X", barcodes=())
    scan(world, "PX")
    assert goods(world).item.code == "PX"


def test_what_is_typed_is_no_bar() -> None:
    world = automotive_bay("*")
    scan(world, f"P{RESIN.code}")
    say(world, "1TL7")
    assert goods(world).lot == "1TL7"


def test_a_badge_in_a_bar_is_no_lot_and_is_nowhere() -> None:
    world = automotive_bay("*")
    scan(world, f"P{RESIN.code}")
    scan(world, "1T0009912345")  # registered as a badge
    assert (world.view().bar.code, ask(world)) == ("badge_no_goods", "goods_lot")
    assert "0009912345" not in str(world.view())


def test_a_bar_of_another_lot_or_another_item_is_refused() -> None:
    world = automotive_bay("*")
    scan_all(world, f"P{RESIN.code}", "1TL7", "1TL8")
    assert (world.view().bar.code, goods(world).lot) == ("labels_differ", "L7")
    scan(world, f"P{NUT.code}")
    assert world.view().bar.code == "goods_of_other_item"


def test_the_settings_name_the_suppliers() -> None:
    assert suppliers_of(" ACME, Bolt Works ,") == {"ACME", "Bolt Works"}
    assert suppliers_of("*") == {"*"}
    assert suppliers_of("") == frozenset()
