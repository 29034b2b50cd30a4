"""From a moment of the past to its order and back, and to what its person did in that shift."""

from __future__ import annotations

from dataclasses import replace

from db.records.stock import Picked
from station import commands as do
from station.core import history_jumps
from station.core.inputs import OrderRead
from station.core.state import OrdersPage
from station.view.action import Action
from tests.helpers.sample import BOLT, MACHINE, MARA
from tests.helpers.world import World
from tests.unit.station.core.test_history_page import at_page, face_of, give, page_of

ORDER = "O1"


def at_pick() -> World:
    world = at_page(tray=None)
    order = world.store.orders[ORDER]
    picked = Picked(
        machine=MACHINE, tray=4, compartment="C7", visit=1, item=BOLT.code, quantity=1, order=ORDER, line=order.lines[0].line
    )
    world.store.append([picked], operator=MARA.person).result()
    give(world, do.HistoryTray, 4)
    world.settle()
    return world


def offered(world: World) -> set[Action]:
    return {each.action for each in face_of(world).offers}


def test_only_what_was_for_an_order_leads_to_one() -> None:
    assert Action.HISTORY_ORDER not in offered(at_page())
    assert Action.HISTORY_ORDER in offered(at_pick())


def test_an_order_opens_and_back_leads_to_the_same_moment() -> None:
    world = at_pick()
    shown = page_of(world)
    give(world, do.AskHistory, "order")
    assert isinstance(world.state.page, OrdersPage)
    assert world.state.page.order == ORDER
    give(world, do.Back)
    assert page_of(world).page == shown.page


def test_an_order_that_is_gone_leads_back_and_says_so() -> None:
    world = at_pick()
    give(world, do.AskHistory, "order")
    world.feed(OrderRead(ORDER, None))
    assert page_of(world).number == 4
    assert world.view().bar.error == "O406"


def test_the_shift_leaves_what_this_person_did_there_then() -> None:
    world = at_pick()
    give(world, do.AskHistory, "shift")
    world.settle()
    page = page_of(world)
    assert page.person == MARA.person
    assert page.wanted.since is not None
    assert page.wanted.until is not None
    assert page.page is not None
    event = page.page.past.event
    assert event is not None
    assert page.wanted.since <= event.row.at < page.wanted.until


def test_before_the_first_event_nothing_leads_anywhere() -> None:
    page = replace(page_of(at_page()), page=None)
    assert not any(history_jumps.may_jump(page, what) for what in history_jumps.JUMPS)
    assert history_jumps.of_shift(page) == (page, None)
