"""Goods are blocked while their tray is on its way: it arrives, nothing is taken of it, the line says so, the work goes on."""

from __future__ import annotations

from db.records.blocks import StockBlocked
from db.records.orders import LineClosed
from db.records.stock import Picked
from hardware.values import Outcome
from station import commands as do
from station.core.inputs import SiteChanged
from station.values import Order, OrderKind, OrderLine, StockKey
from station.view.task import TaskFace
from tests.helpers.sample import BOLT, MARA, RESIN, place
from tests.helpers.world import World
from tests.unit.station.core.test_defects import L1, held, shown

LOT = StockBlocked(item=RESIN.code, lot="L1", reason="recall")
L2 = StockKey(item=RESIN.code, lot="L2")


def on_the_way(*, has_other: bool) -> World:
    """Resin of tray 5 is to be picked, then bolts of tray 4; tray 5 moves."""
    world = World()
    world.store.held = {(place(5, "C8"), L1): 4, (place(4, "C7"), StockKey(item=BOLT.code)): 6}
    if has_other:
        world.store.held[place(6, "D1"), L2] = 9
    lines = tuple(OrderLine(order="O9", line=str(n), item=each, quantity=2) for n, each in enumerate((RESIN.code, BOLT.code), 1))
    world.store.orders = {"O9": Order(order="O9", kind=OrderKind.PICK, lines=lines)}
    world.sign_on(MARA.person)
    world.settle()
    world.start("O9")
    for _ in range(4):
        world.write_all()
        world.read_all()
    assert world.move is not None, world.view()
    world.start_motion()
    assert (shown(world).tray, shown(world).is_here, world.is_moving) == (5, False, True)
    return world


def block(world: World) -> None:
    world.store.written.append(LOT)
    world.feed(SiteChanged())
    world.read_all()


def test_the_line_is_said_as_blocked_while_the_tray_moves_and_nobody_is_asked_to_put_anything_back() -> None:
    world = on_the_way(has_other=True)
    block(world)
    flashed = world.view().flashed
    assert flashed is not None
    assert (flashed.code, flashed.error, flashed.params["place"]) == ("blocked_other_tray", "O540", "6")
    face = shown(world)
    assert (face.tray, face.ask) == (6, None)
    assert face.key is not None
    assert face.key.lot == "L2"


def test_the_tray_that_moves_arrives_and_the_one_with_other_goods_comes_after_it() -> None:
    world = on_the_way(has_other=True)
    block(world)
    world.end_motion(Outcome.DONE, arrived=5)
    world.give(do.Confirm(world.state.token))
    assert held(world, Picked) == []
    world.settle()
    face = shown(world)
    assert (face.tray, face.is_here) == (6, True)
    world.give(do.Confirm(world.state.token))
    world.settle()
    assert [(each.item, each.lot) for each in held(world, Picked)] == [(RESIN.code, "L2")]


def test_without_other_stock_the_line_ends_short_for_that_reason_and_the_next_task_goes_on() -> None:
    world = on_the_way(has_other=False)
    block(world)
    flashed = world.view().flashed
    assert flashed is not None
    assert (flashed.code, flashed.error) == ("coming_lot_blocked", "O540")
    world.write_all()
    world.end_motion(Outcome.DONE, arrived=5)
    world.settle()
    face = world.view().face
    assert isinstance(face, TaskFace)
    assert (face.tray, face.is_here) == (4, True)
    assert [(each.line, each.outcome, each.reason) for each in held(world, LineClosed)] == [("1", "short", "blocked")]
    assert held(world, Picked) == []


def test_a_tray_that_is_here_still_asks_to_put_back_what_was_taken() -> None:
    world = on_the_way(has_other=True)
    world.end_motion(Outcome.DONE, arrived=5)
    world.settle()
    assert shown(world).is_here
    block(world)
    assert shown(world).ask is not None
    assert world.view().bar.error == "O540"
