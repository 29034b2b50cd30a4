"""A supervisor blocks an item or what a supplier has delivered by touch: looked up first, then the reason, then the PIN."""

from __future__ import annotations

import pytest

from db.records.blocks import StockBlocked
from db.records.receipts import Received
from station import commands as do
from station.audit.history import HistoryPage
from station.view.action import Action
from station.view.ask import AskChoice, AskText
from station.view.sign_on import PinAgainFace
from tests.helpers.receipts import choose
from tests.helpers.sample import BOLT, JONAS, MARA, NUT, RESIN
from tests.helpers.world import World
from tests.unit.station.core.test_defects import held

HERE = (
    Received(item=RESIN.code, lot="L1", supplier="ACME", quantity=4),
    Received(item=BOLT.code, supplier="ACME", quantity=9),
    Received(item=NUT.code, supplier="OTHER", quantity=9),
)
ELSEWHERE = (RESIN.code, "L7")


def looking(what: str) -> World:
    """At the question which item, or which supplier."""
    world = World()
    world.sign_on(JONAS.person)
    world.settle()
    world.store.append(HERE, operator=MARA.person).result()
    world.give(do.OpenHistory())
    face = world.view().face
    assert Action.HISTORY_BLOCK_GOODS in [each.action for each in face.offers]  # type: ignore[union-attr]
    world.give(do.AskHistory(world.state.token, "block"))
    choose(world, what)
    return world


def said(world: World, text: str) -> None:
    ask = world.view().face.ask  # type: ignore[union-attr]
    assert isinstance(ask, AskText)
    world.give(do.EnterText(world.state.token, text))
    world.settle()


def asked(world: World) -> AskChoice:
    ask = world.view().face.ask  # type: ignore[union-attr]
    assert isinstance(ask, AskChoice)
    return ask


def test_all_of_an_item_is_blocked_after_reason_and_pin() -> None:
    world = looking("item")
    said(world, RESIN.code)
    assert (asked(world).code, asked(world).params) == ("history_block_item", {"goods": RESIN.code})
    choose(world, "recall")
    assert isinstance(world.view().face, PinAgainFace)
    assert held(world, StockBlocked) == []
    world.prove()
    world.settle()
    assert held(world, StockBlocked) == [StockBlocked(item=RESIN.code, reason="recall")]
    assert world.view().bar.code == "history_blocked"


def test_the_item_may_be_scanned_too() -> None:
    world = looking("item")
    world.scan(BOLT.barcodes[0])
    world.settle()
    assert asked(world).params == {"goods": BOLT.code}


def test_without_a_site_what_this_station_received_is_all_there_is() -> None:
    world = looking("supplier")
    said(world, "acme")
    assert asked(world).params == {"count": 2, "supplier": "acme", "goods": f"{BOLT.code}, {RESIN.code} L1"}
    assert world.view().bar.code == "answer_question"
    choose(world, "supplier_told")
    world.prove()
    world.settle()
    assert {(each.item, each.lot, each.supplier) for each in held(world, StockBlocked)} == {
        (BOLT.code, "", "acme"),
        (RESIN.code, "L1", "acme"),
    }
    assert world.view().bar.code == "history_blocked"


def test_what_other_stations_of_the_site_received_is_blocked_with_it() -> None:
    world = looking("supplier")
    world.supplied = lambda supplier: (ELSEWHERE,)
    said(world, "ACME")
    choose(world, "recall")
    world.prove()
    world.settle()
    assert ELSEWHERE in {(each.item, each.lot) for each in held(world, StockBlocked)}
    assert len(held(world, StockBlocked)) == 3
    assert world.view().bar.error == ""


def test_where_the_site_does_not_answer_both_the_question_and_the_answer_say_so() -> None:
    world = looking("supplier")
    world.supplied = lambda supplier: None
    said(world, "ACME")
    assert (world.view().bar.code, world.view().bar.error) == ("history_goods_own", "O543")
    choose(world, "recall")
    world.prove()
    world.settle()
    assert len(held(world, StockBlocked)) == 2
    assert (world.view().bar.code, world.view().bar.error) == ("history_blocked_own", "O543")


@pytest.mark.parametrize(
    ("what", "name", "error"),
    [("item", "NO-SUCH", "O544"), ("supplier", "NOBODY", "O544"), ("item", NUT.code, "O545"), ("supplier", "OTHER", "O545")],
)
def test_what_cannot_be_blocked_is_said_and_there_is_a_way_on(what: str, name: str, error: str) -> None:
    world = looking(what)
    world.store.written.append(StockBlocked(item=NUT.code, reason="recall"))
    said(world, name)
    assert world.view().bar.error == error
    assert Action.HISTORY_BLOCK_GOODS in [each.action for each in world.view().face.offers]  # type: ignore[union-attr]
    assert [each.item for each in held(world, StockBlocked)] == [NUT.code]


def test_a_lot_is_traced_first() -> None:
    world = looking("lot")
    ask = world.view().face.ask  # type: ignore[union-attr]
    assert isinstance(ask, AskText)
    assert ask.code == "history_trace_lot"


def test_back_blocks_nothing() -> None:
    world = looking("item")
    said(world, RESIN.code)
    world.give(do.Back(world.state.token))
    assert isinstance(world.state.page, HistoryPage)
    assert world.state.page.question is None
    assert held(world, StockBlocked) == []
