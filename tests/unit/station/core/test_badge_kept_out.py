"""A site may register any code as a badge. Wherever one is scanned or typed, it gets into no record, no view and no text of what
is under way."""

import pytest

from db.records.stock import Put
from hardware.values import Outcome, SafetyStopped
from station import commands as do
from station.core.effects import Sound
from station.custody import NotKnown
from station.flows import identity, pick, put
from station.flows.tray_call import AskItem
from station.scan import place_label
from tests.helpers.sample import BOLT, FUSE, JONAS, MARA, METER, RESIN
from tests.helpers.world import BADGE, World


class Watched:
    """Mara at work, and everything that anybody could see of it."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.world = World(see=lambda view: self.seen.append(repr(view)))
        self.world.sign_on(MARA.person)
        self.world.settle()

    def give(self, make, *answer) -> None:
        self.world.give(make(self.world.state.token, *answer))
        self.world.settle()

    def at_the(self, item, order) -> World:
        self.world.start(order)
        self.world.settle()
        while self.world.view().face.item != item:
            self.give(do.Skip)
        return self.world

    @property
    def step(self):
        return self.world.state.round.current.step

    def assert_badge_is_nowhere(self) -> None:
        world = self.world
        written = [row.body for row in world.store.log]
        under_way = [repr(each) for each in (world.state, *world.reads, *world.answers)]
        assert not [each for each in (*self.seen, *written, *under_way) if BADGE in each]


@pytest.fixture
def watched():
    return Watched()


def at_the_question(watched, item):
    """The lot, or the first serial, is asked."""
    watched.at_the(item, "O6")
    watched.give(do.Confirm)
    assert isinstance(watched.step, identity.AskLot | identity.AskSerial)
    return watched.world


def by_scan(world, text):
    world.scan(text)


def by_hand(world, text):
    world.give(do.EnterText(world.state.token, text))


@pytest.mark.parametrize("item", [RESIN, METER], ids=lambda item: item.code)
@pytest.mark.parametrize("said", [by_scan, by_hand])
def test_a_badge_at_the_question_for_a_lot_or_serial_is_refused_and_the_question_stays(watched, item, said):
    world = at_the_question(watched, item)
    before, token = watched.step, world.state.token
    said(world, BADGE)
    assert (watched.step, world.state.token, world.writes) == (before, token, [])
    watched.assert_badge_is_nowhere()
    world.sounds.clear()
    world.settle()
    assert (watched.step, world.view().bar.code, world.sounds) == (before, "badge_not_needed", [Sound.WRONG])
    said(world, "L7")
    world.settle()
    assert world.view().bar.code != "badge_not_needed"
    watched.assert_badge_is_nowhere()


def test_a_badge_at_an_open_task_is_not_repeated(watched):
    world = watched.at_the(RESIN, "O6")
    world.scan(BADGE)
    world.settle()
    assert world.view().bar.code == "badge_not_needed"
    watched.assert_badge_is_nowhere()


@pytest.mark.parametrize(("order", "item", "step"), [("O6", RESIN, put.AskPutLabel), ("O4", FUSE, pick.AskLabel)])
def test_a_badge_instead_of_an_unreadable_label_is_not_repeated(watched, order, item, step):
    world = watched.at_the(item, order)
    watched.give(do.LabelUnreadable)
    assert isinstance(watched.step, step)
    world.scan(BADGE)
    world.settle()
    watched.give(do.EnterText, BADGE)
    assert world.view().bar.code == "label_wrong"
    watched.assert_badge_is_nowhere()


@pytest.mark.parametrize("said", [by_scan, by_hand])
def test_a_badge_instead_of_an_item_to_put_is_not_repeated(watched, said):
    world = watched.world
    world.give(do.CallTray(5))
    world.settle()
    watched.give(do.DirectPut)
    assert isinstance(world.state.call.step, AskItem)
    said(world, BADGE)
    watched.assert_badge_is_nowhere()
    world.settle()
    assert world.view().bar.code == "no_such_item"
    watched.assert_badge_is_nowhere()


def test_a_badge_where_no_scan_is_awaited_is_not_repeated(watched):
    world = watched.world
    world.scan(BADGE)
    world.start("O4")
    world.scan(BADGE)
    world.settle()
    world.give(do.OpenTrayPage(4))
    world.settle()
    world.scan(BADGE)
    world.settle()
    watched.assert_badge_is_nowhere()


def test_a_badge_where_a_trays_label_is_asked_is_not_repeated(watched):
    world = watched.world
    world.start("O4")
    while not world.is_moving:
        world.write()
        world.read_all()
    world.end_motion(Outcome.UNKNOWN)
    assert isinstance(world.state.custody.where, NotKnown)
    world.scan(BADGE)
    world.settle()
    watched.assert_badge_is_nowhere()


# --- the wait for the verdict ------------------------------------------------------------------------------------------


def test_a_second_scan_before_the_verdict_is_told_to_wait(watched):
    world = at_the_question(watched, METER)
    world.scan("S7")
    world.sounds.clear()
    world.scan("S8")
    assert (world.view().bar.code, world.sounds) == ("scan_too_early", [Sound.WRONG])
    world.settle()
    assert world.state.round.current.serials == ("S7",)


def test_a_verdict_after_the_machine_has_stopped_books_nothing(watched):
    world = at_the_question(watched, RESIN)
    world.scan("L7")
    world.feed(SafetyStopped("1002"))
    world.settle()
    assert not [each for each in world.store.written if isinstance(each, Put)]
    world.recover(is_leaving=False)
    assert not world.state.round or not world.state.round.current or not world.state.round.current.checking


def test_a_verdict_behind_a_locked_screen_books_nothing_and_the_question_is_open_again(watched):
    world = at_the_question(watched, RESIN)
    world.scan("L7")
    world.give(do.LockScreen())
    world.settle()
    assert not [each for each in world.store.written if isinstance(each, Put)]
    world.sign_on(MARA.person)
    world.settle()
    world.scan("L8")
    world.settle()
    assert [each.lot for each in world.store.written if isinstance(each, Put)] == ["L8"]


def test_what_one_person_said_is_never_booked_for_the_next(watched):
    world = at_the_question(watched, RESIN)
    world.scan("L7")
    world.give(do.LockScreen())
    world.sign_on(JONAS.person)
    world.give(do.AnswerHandOver(True))
    world.settle()
    assert not [each for each in world.store.written if isinstance(each, Put)]


# --- what a refused scan sounds like -----------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [METER.code, "S1", f"BLC-M1-6-{BOLT.code}"])
def test_a_refused_serial_sounds_wrong(watched, text):
    world = at_the_question(watched, METER)
    world.sounds.clear()
    world.scan(text)
    world.settle()
    assert world.sounds == [Sound.WRONG]


def test_the_label_of_the_right_compartment_is_told_to_be_no_lot(watched):
    world = at_the_question(watched, RESIN)
    world.sounds.clear()
    world.scan(place_label(world.state.round.task.place))
    assert (world.view().bar.code, world.sounds) == ("not_a_code", [Sound.WRONG])
