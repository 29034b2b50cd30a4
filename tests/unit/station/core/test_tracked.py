"""Stock of a tracked item is told apart by its lot or serial, whatever is put, and the screen says what lies there."""

from dataclasses import replace

from db.records.stock import Picked, Put
from station import commands as do
from station.core.effects import Sound
from station.tracking import lacks
from station.values import Item, OrderLine, Place, StockKey
from station.view.ask import AskText
from station.view.message import Level
from station.view.task import TaskFace
from tests.helpers.sample import MARA, METER, RESIN, place
from tests.helpers.world import World


def at_the_put() -> World:
    """Mara stands where two meters are to be put; S1 is in stock."""
    world = World()
    world.sign_on(MARA.person)
    world.settle()
    world.give(do.StartOrders(("O6",)))
    world.settle()
    while face_of(world).item != METER:
        world.give(do.Skip(world.state.token))
        world.settle()
    return world


def at_the_pick(world: World, item: Item, quantity: int) -> None:
    """Mara stands where so much of the item is to be taken."""
    line = OrderLine(order="O5", line="1", item=item.code, quantity=quantity)
    world.store.orders["O5"] = replace(world.store.orders["O5"], lines=(line,))
    world.sign_on(MARA.person)
    world.settle()
    world.give(do.StartOrders(("O5",)))
    world.settle()


def face_of(world: World) -> TaskFace:
    face = world.view().face
    assert isinstance(face, TaskFace)
    return face


def puts(world: World) -> list[tuple[str, str, int]]:
    return [(each.serial, each.lot, each.quantity) for each in world.store.written if isinstance(each, Put)]


def confirm(world: World) -> None:
    world.give(do.Confirm(world.state.token))


def test_the_screen_asks_a_serial_for_each_piece_and_takes_scans_for_it():
    world = at_the_put()
    confirm(world)
    ask = face_of(world).ask
    assert isinstance(ask, AskText)
    assert (ask.code, ask.params["number"], ask.params["of"]) == ("which_serial", 1, 2)
    world.scan("S2")
    world.read_all()
    ask = face_of(world).ask
    assert isinstance(ask, AskText)
    assert ask.params["number"] == 2
    world.scan("S3")
    world.settle()
    assert puts(world) == [("S2", "", 1), ("S3", "", 1)]


def test_a_serial_that_lies_elsewhere_is_refused_by_name_of_the_place():
    world = at_the_put()
    confirm(world)
    world.scan("S1")
    world.read_all()
    assert (world.view().bar.code, world.view().bar.params["compartment"]) == ("serial_known", "C7")
    assert world.view().bar.params["tray"] == 6
    assert puts(world) == []


def test_a_serial_that_an_import_brought_after_the_task_began_is_not_booked_and_the_work_goes_on():
    world = at_the_put()
    confirm(world)
    for serial in ("S2", "S3"):
        world.scan(serial)
        world.read_all()
        world.store.held[place(4, "C7"), StockKey(item=METER.code, serial="S2")] = 1
    world.sounds.clear()
    world.settle()
    view = world.view()
    assert (view.bar.code, view.bar.params, view.bar.error) == ("serial_meanwhile", {"serial": "S2"}, "D413")
    assert (view.is_read_only, puts(world), world.sounds) == (False, [], [Sound.WRONG])
    for serial in ("S4", "S3"):
        world.scan(serial)
        world.read_all()
    world.settle()
    assert puts(world) == [("S4", "", 1), ("S3", "", 1)]


def test_a_second_tap_on_the_same_serial_does_nothing():
    world = at_the_put()
    confirm(world)
    token = world.state.token
    world.give(do.EnterText(token, "S2"))
    world.give(do.EnterText(token, "S3"))
    world.read_all()
    assert world.state.round is not None
    assert world.state.round.current is not None
    assert world.state.round.current.serials == ("S2",)


def test_a_direct_put_asks_the_lot():
    world = World()
    world.sign_on(MARA.person)
    world.settle()
    world.give(do.CallTray(5))
    world.settle()
    for answer in (
        lambda token: do.SelectCompartment(token, "D1"),
        do.DirectPut,
        lambda token: do.EnterText(token, RESIN.code),
        lambda token: do.EnterNumber(token, 3),
        lambda token: do.Choose(token, "return"),
        do.Confirm,
        lambda token: do.EnterText(token, "L2"),
    ):
        world.give(answer(world.state.token))
        world.settle()
    assert puts(world) == [("", "L2", 3)]
    assert world.store.held[place(5, "D1"), StockKey(item=RESIN.code, lot="L2")] == 3


def test_a_put_says_what_of_its_item_lies_there_under_any_key():
    world = World()
    world.sign_on(MARA.person)
    world.settle()
    world.store.held[Place("M1", 5, "C8"), StockKey(item=RESIN.code, lot="L1", owner="ACME")] = 2
    world.give(do.CallTray(5))
    world.settle()
    for answer in (
        lambda token: do.SelectCompartment(token, "C8"),
        do.DirectPut,
        lambda token: do.EnterText(token, RESIN.code),
        lambda token: do.EnterNumber(token, 3),
        lambda token: do.Choose(token, "return"),
    ):
        world.give(answer(world.state.token))
        world.settle()
    assert (face_of(world).book, face_of(world).left_after) == (6, 9)


def test_the_law_of_the_world_sees_stock_that_nothing_tells_apart():
    assert lacks(RESIN, StockKey(item=RESIN.code)) == "lot"
    assert lacks(METER, StockKey(item=METER.code, lot="L1")) == "serial"
    assert not lacks(METER, StockKey(item=METER.code, serial="S1"))


def test_a_pick_of_stock_that_nothing_tells_apart_says_so():
    world = World()
    world.store.held.pop((place(5, "C8"), StockKey(item=RESIN.code, lot="L1")))
    world.store.held[place(5, "C8"), StockKey(item=RESIN.code)] = 4
    world.law_of_tracking = False
    at_the_pick(world, RESIN, 2)
    bar = world.view().bar
    assert (bar.code, bar.level, bar.params["compartment"]) == ("pick_without_lot", Level.ACT, "C8")
    confirm(world)
    world.settle()
    assert [each.quantity for each in world.store.written if isinstance(each, Picked)] == [2]


def test_the_serial_of_the_piece_is_a_right_scan_and_another_serial_a_wrong_one():
    world = World()
    at_the_pick(world, METER, 1)
    world.scan("S2")
    assert face_of(world).is_locked
    world.scan("S1")
    world.settle()
    assert [(each.serial, each.proof) for each in world.store.written if isinstance(each, Picked)] == [("S1", "scan")]
