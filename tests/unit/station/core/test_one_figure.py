"""A pick that is rounded up to full packs has one figure: what Confirm would book is what the screen and the bay display say."""

from dataclasses import replace

from station import commands as do
from station.core.bay_lights import BayText, bay_lights
from station.values import OrderLine, StockKey
from station.view.ask import AskNumber
from station.view.task import TaskFace
from tests.helpers.sample import MARA, SCREW, place
from tests.helpers.world import World


def at_the_compartment() -> World:
    """Mara stands at C7 with 450 screws in boxes of 50; her line asks 120."""
    world = World()
    world.store.items[SCREW.code] = SCREW
    world.store.held = {(place(4, "C7"), StockKey(item=SCREW.code)): 450}
    line = OrderLine(order="O5", line="1", item=SCREW.code, quantity=120)
    world.store.orders["O5"] = replace(world.store.orders["O5"], lines=(line,))
    world.sign_on(MARA.person)
    world.settle()
    world.start("O5")
    world.write()
    world.read_all()
    return world


def face_of(world: World) -> TaskFace:
    face = world.view().face
    assert isinstance(face, TaskFace)
    return face


def test_screen_and_bay_display_say_what_confirm_would_book():
    world = at_the_compartment()
    assert world.move is not None
    assert world.move.texts.quantity == "150 pcs"
    world.settle()
    face, bar = face_of(world), world.view().bar
    assert bay_lights(world.state).text == BayText("C7", SCREW.code, "150 pcs")
    assert (face.confirm_quantity, face.asked, face.left_after) == (150, 120, 300)
    assert (bar.code, bar.params["quantity"]) == ("pick_instruct", "150")


def test_every_figure_below_it_can_be_said():
    world = at_the_compartment()
    world.settle()
    world.give(do.NotEnough(world.state.token))
    ask = face_of(world).ask
    assert isinstance(ask, AskNumber)
    assert (ask.maximum, ask.asked) == (149, 120)
    world.give(do.EnterNumber(world.state.token, 120))
    world.settle()
    (line,) = world.store.orders["O5"].lines
    assert (str(line.state), line.done_quantity) == ("confirmed", 120)


def test_the_excess_is_measured_from_what_was_offered():
    world = at_the_compartment()
    world.settle()
    world.give(do.TookMore(world.state.token))
    ask = face_of(world).ask
    assert isinstance(ask, AskNumber)
    assert ask.asked == 150
    world.give(do.EnterNumber(world.state.token, 160))
    ask = face_of(world).ask
    assert ask is not None
    assert ask.params["quantity"] == "10"
