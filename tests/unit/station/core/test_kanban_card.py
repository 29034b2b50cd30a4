"""A kanban card scanned at the bay: at a receipt it names what was announced against it, elsewhere the screen says what it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.records.orders import ScanRefused
from station import commands as do
from station.core.effects import Sound
from station.view.task import TaskFace
from tests.helpers import receipts as at
from tests.helpers.receipts import accept, announced, ask, at_receipts, face, scan
from tests.helpers.sample import BOLT, NUT, RESIN
from tests.helpers.world import World
from tests.unit.station.core.test_labels import put_resin, puts

CARD = "BLK-17"


def bay(*references: str, items=(NUT,)) -> World:
    world = World()
    world.store.orders = {}
    for number, (reference, item) in enumerate(zip(references, items, strict=False)):
        announced(world, f"R{number}", item, 40)
        world.store.orders[f"R{number}"] = replace(world.store.orders[f"R{number}"], reference=reference)
    return at_receipts(world)


@pytest.mark.parametrize("reference", ["17", CARD])
@pytest.mark.parametrize("code", [CARD, "]C0BLK-17"])
def test_at_a_receipt_the_card_names_the_goods_that_were_announced_against_it(reference: str, code: str) -> None:
    world = bay("18", reference, items=(BOLT, NUT))
    scan(world, code)
    assert ask(world) == "goods_count"
    accept(world)
    told = at.received(world)[0]
    assert (told.item, told.order, told.quantity, told.proof) == (NUT.code, "R1", 40, "typed")


def test_nothing_announced_against_the_card_is_said_with_its_number() -> None:
    world = bay("18")
    scan(world, CARD)
    bar = world.view().bar
    assert (bar.code, bar.params, bar.error, face(world).goods) == ("card_not_announced", {"card": "17"}, "O482", None)


def test_a_card_of_several_items_is_never_guessed() -> None:
    world = bay("17", "17", items=(NUT, BOLT))
    scan(world, CARD)
    assert (world.view().bar.code, face(world).goods) == ("card_of_several", None)


def test_a_card_that_is_somebodys_badge_is_a_badge(monkeypatch: pytest.MonkeyPatch) -> None:
    world = bay("17")
    monkeypatch.setattr(world, "_is_badge", CARD.__eq__)
    scan(world, CARD)
    assert (world.view().bar.code, face(world).goods) == ("badge_no_goods", None)


def test_in_the_midst_of_a_receipt_it_is_no_lot() -> None:
    world = bay("17")
    scan(world, RESIN.code)
    scan(world, CARD)
    assert (world.view().bar.code, world.view().bar.error, ask(world)) == ("kanban_card", "O482", "goods_lot")


def test_instead_of_an_item_it_is_a_wrong_scan_that_is_named() -> None:
    world = World()
    world.sign_on("p_mara")
    world.settle()
    world.start("O6")
    world.settle()
    world.scan(CARD)
    world.settle()
    shown = world.view().face
    assert isinstance(shown, TaskFace)
    assert (shown.is_locked, world.view().bar.code) == (True, "wrong_card")
    assert [(each.what, each.scanned) for each in world.store.written if isinstance(each, ScanRefused)] == [("card", CARD)]


def test_where_a_lot_is_asked_it_is_none() -> None:
    world = put_resin()
    world.sounds.clear()
    scan(world, CARD)
    assert (world.view().bar.code, world.sounds, puts(world)) == ("kanban_card", [Sound.WRONG], [])


@pytest.mark.parametrize("page", [do.OpenSearch, do.OpenOther])
def test_on_other_pages_the_screen_says_what_it_is(page) -> None:
    world = World()
    world.sign_on("p_mara")
    world.settle()
    world.give(page())
    world.settle()
    scan(world, CARD)
    assert (world.view().bar.code, world.view().bar.error) == ("kanban_card", "O482")
