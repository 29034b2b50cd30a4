"""Goods are blocked at another bay while somebody picks of them here: the pick stops, and the work goes on with other stock."""

from __future__ import annotations

import pytest

from db.records.blocks import StockBlocked
from db.records.stock import Picked
from station import commands as do
from station.audit.history import HistoryPage, Question, TraceRead
from station.core.inputs import SiteChanged
from station.values import Followed, OrderSeen, Trace
from station.view.sign_on import PinAgainFace
from tests.helpers.receipts import choose
from tests.helpers.sample import JONAS, RESIN
from tests.helpers.world import World
from tests.unit.station.core.test_defects import at_pick, held, shown

LOT = StockBlocked(item=RESIN.code, lot="L1", reason="recall")


def block(world: World, said: StockBlocked = LOT) -> None:
    """As it comes from the site."""
    world.store.written.append(said)
    world.feed(SiteChanged())
    world.settle()


def test_a_pick_of_blocked_goods_stops_and_other_stock_is_shown() -> None:
    world = at_pick(4)
    assert shown(world).key.lot == "L1"
    block(world)
    assert world.view().bar.error == "O540"
    world.give(do.Confirm(world.state.token))
    assert held(world, Picked) == []
    choose(world, "nothing_out")
    world.settle()
    assert (shown(world).tray, shown(world).key.lot) == (6, "L2")
    assert held(world, Picked) == []


def test_it_stops_in_the_middle_of_not_enough_too() -> None:
    world = at_pick(4)
    world.give(do.NotEnough(world.state.token))
    block(world)
    assert world.view().bar.error == "O540"
    choose(world, "nothing_out")
    world.settle()
    assert shown(world).key.lot == "L2"


def test_lines_that_wait_look_for_other_stock() -> None:
    world = at_pick(2, 2)
    block(world)
    choose(world, "nothing_out")
    world.settle()
    assert world.state.round is not None
    assert {each.key.lot for each in world.state.round.queue} == {"L2"}


def test_where_all_of_the_item_is_blocked_the_line_ends_short_and_says_why() -> None:
    world = at_pick(4)
    block(world, StockBlocked(item=RESIN.code, reason="recall"))
    choose(world, "nothing_out")
    world.settle()
    assert held(world, Picked) == []
    assert [row.kind for row in world.store.log].count("line_closed") == 1
    (line,) = [row for row in world.store.log if row.kind == "line_closed"]
    assert '"reason":"blocked"' in line.body.replace(" ", "")


@pytest.mark.parametrize("other", [StockBlocked(item=RESIN.code, lot="L9", reason="recall")])
def test_another_lot_that_is_blocked_stops_nobody(other: StockBlocked) -> None:
    world = at_pick(4)
    block(world, other)
    assert world.view().bar.error == ""
    assert shown(world).key.lot == "L1"


def test_a_supervisor_blocks_by_touch_the_lots_that_a_trace_follows() -> None:
    world = World()
    world.sign_on(JONAS.person)
    world.settle()
    world.give(do.OpenHistory())
    goods = (Followed(RESIN.code, "L1", "s1"), Followed(RESIN.code, "L1", "s2"), Followed(RESIN.code, "", "s3"))
    page = world.state.page
    assert isinstance(page, HistoryPage)
    seen = (OrderSeen(order="R1", kind="receipt"),)
    world.feed(TraceRead(page.asked, Trace(what="receipt", key="R1", orders=seen, followed=goods), {}, {}))
    world.give(do.AskHistory(world.state.token, "block"))
    choose(world, "recall")
    assert isinstance(world.view().face, PinAgainFace)
    assert held(world, StockBlocked) == []
    world.prove()
    world.settle()
    assert held(world, StockBlocked) == [LOT]
    assert world.view().bar.code == "history_blocked"


def test_where_no_lot_was_traced_it_is_asked_what_is_meant() -> None:
    world = World()
    world.sign_on(JONAS.person)
    world.settle()
    world.give(do.OpenHistory())
    world.give(do.AskHistory(world.state.token, "block"))
    assert isinstance(world.state.page, HistoryPage)
    assert world.state.page.question == Question("goods")
