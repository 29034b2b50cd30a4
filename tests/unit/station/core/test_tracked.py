"""Stock of a tracked item is told apart by its lot or serial, whatever is put, and the screen says what lies there."""

from db.records import Put
from station import commands as do
from station.tracking import lacks
from station.values import Place, StockKey
from station.view import AskText, TaskFace
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
    assert (world.view().bar.code, world.view().bar.params["compartment"]) == ("serial_known", "C7")
    assert world.view().bar.params["tray"] == 6
    assert puts(world) == []


def test_a_second_tap_on_the_same_serial_does_nothing():
    world = at_the_put()
    confirm(world)
    token = world.state.token
    world.give(do.EnterText(token, "S2"))
    world.give(do.EnterText(token, "S3"))
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
        lambda token: do.SelectCompartment(token, "C8"),
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
    assert world.store.held[place(5, "C8"), StockKey(item=RESIN.code, lot="L2")] == 3


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
