"""A wrong scan locks Confirm and sounds at once. What it was is asked of the store; a badge is on no record or screen."""

from dataclasses import replace

import pytest

from db.records.orders import ScanRefused
from db.records.stock import Picked
from hardware.values import Outcome
from station import commands as do
from station.core.advance import advance
from station.core.effects import Append, Play, Sound
from station.core.inputs import Now, Scanned
from station.flows.sign_on import HandOver
from station.scan import place_label
from station.values import Order, OrderKind, Person, Role
from tests.helpers.fake_store import NOON
from tests.helpers.sample import BOLT, ELIF, FUSE, MARA, NUT
from tests.helpers.world import World, _line, place

JONAS = Person(person="0004711-JONAS", name="Jonas", role=Role.SUPERVISOR)  # his badge is the id of this world's people


@pytest.fixture
def world():
    """Mara stands at the bolts of O1."""
    made = World()
    made.store.persons[JONAS.person] = JONAS
    made.sign_on(MARA.person)
    made.settle()
    made.start("O1")
    made.settle()
    assert made.view().face.item == BOLT
    return made


def refused(world):
    return [each for each in world.store.written if isinstance(each, ScanRefused)]


def test_the_verdict_waits_for_nobody(world):
    _, effects = advance(world.state, Scanned(NUT.code, "wedge"), Now(world.clock_s, NOON))
    assert Play(Sound.WRONG) in effects
    assert not any(isinstance(each, Append) for each in effects)
    world.scan(NUT.code)
    assert (world.view().face.is_locked, world.view().bar.code) == (True, "not_this_item")


def test_a_known_code_is_then_named_and_written_down(world):
    world.scan(NUT.code)
    world.settle()
    assert (world.view().bar.code, world.view().bar.params["scanned"]) == ("wrong_item", NUT.code)
    expected = {"order": "O1", "line": "1", "scanned": NUT.code, "expected": BOLT.code}
    assert refused(world) == [ScanRefused(**expected, what="item", scanner="wedge")]


@pytest.mark.parametrize("badge", [JONAS.person, f"]C0{JONAS.person} ", MARA.person])
def test_a_badge_at_an_open_task_is_nowhere_and_the_screen_says_that_none_is_needed(world, badge):
    seen = []
    world.see = seen.append
    world.scan(badge)
    world.settle()
    assert refused(world) == [ScanRefused(order="O1", line="1", scanned="", expected=BOLT.code, what="badge", scanner="wedge")]
    assert (world.view().bar.code, world.view().face.is_locked) == ("badge_not_needed", True)
    assert "0004711" not in repr((world.store.written[-1], [view.bar for view in seen], world.state.bar, world.state.round))


@pytest.mark.parametrize(
    ("text", "length", "ending", "said"),
    [("9999-8888-7777", 14, "7777", "wrong_unknown_ending"), ("99998888", 8, "", "wrong_unknown")],
)
def test_an_unknown_text_leaves_its_length_and_at_most_its_end(world, text, length, ending, said):
    world.scan(text)
    world.settle()
    expected = {"order": "O1", "line": "1", "scanned": "", "expected": BOLT.code, "what": "unknown"}
    assert refused(world) == [ScanRefused(**expected, length=length, ending=ending, scanner="wedge")]
    assert world.view().bar.code == said


def test_another_compartments_label_is_named(world):
    world.scan(place_label(place(4, "C8")))
    world.settle()
    assert [(each.what, each.scanned) for each in refused(world)] == [("compartment", "BLC-M1-4-C8")]


@pytest.mark.parametrize("code", [BOLT.code, BOLT.barcodes[0], f"]C0{BOLT.code}"])
def test_a_code_that_another_item_has_too_proves_nothing(code):
    world = World()
    world.store.items[NUT.code] = replace(NUT, barcodes=(BOLT.code, BOLT.barcodes[0]))
    world.store.orders["OA"] = Order(order="OA", kind=OrderKind.PICK, lines=(_line("OA", "1", BOLT, 1),))
    world.sign_on(MARA.person)
    world.settle()
    world.give(do.StartOrders(("OA",)))
    world.settle()
    world.scan(code)
    world.settle()
    assert (world.view().bar.code, world.view().face.is_locked) == ("shared_code", True)
    assert [each.what for each in refused(world)] == ["shared"]
    assert not any(isinstance(each, Picked) for each in world.store.written)
    world.scan(place_label(world.state.round.task.place))
    world.settle()
    assert any(isinstance(each, Picked) for each in world.store.written)


def test_a_name_that_comes_late_is_written_for_the_line_and_person_of_the_scan_and_not_shown(world):
    world.scan(FUSE.code)
    world.give(do.Skip(world.state.token))
    world.give(do.LockScreen())
    world.write_all()
    if world.is_moving:
        world.end_motion(Outcome.DONE)  # the light goes out first
    world.sign_on(ELIF.person)
    assert world.state.session == HandOver(owner=MARA, person=ELIF)
    world.read_all()
    notes = [each for each in world.writes if isinstance(each.records[0], ScanRefused)]
    assert [(each.operator, each.records[0].expected, each.records[0].scanned) for each in notes] == [
        (MARA.person, BOLT.code, FUSE.code)
    ]
    assert world.state.bar is None or world.state.bar.error == ""


def test_the_right_scan_is_not_talked_over_by_the_name_of_the_wrong_one(world):
    world.scan(NUT.code)
    world.scan(BOLT.code)
    bar = world.view().bar
    world.read_all()
    assert (bar.code, world.view().bar) == ("scan_accepted", bar)
    assert not world.view().face.is_locked


def test_every_wrong_scan_is_written(world):
    for code in (NUT.code, "unknown", ELIF.person, NUT.code):
        world.scan(code)
    world.settle()
    assert [each.what for each in refused(world)] == ["item", "unknown", "badge", "item"]
