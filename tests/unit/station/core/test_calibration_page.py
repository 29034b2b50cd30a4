"""The pointer is taught from the machine panel: the tray comes like any other, the light is the page's alone, and whatever ends
the teaching leaves it dark."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from db.records.machine import MotionIntended
from hardware.aiming.calibration import Calibration
from hardware.aiming.optics import Optics
from hardware.values import Aim, LightLink, LinkDown, LinkUp, Outcome, SafetyCleared, SafetyStopped, SafetyUnclear
from station import commands as do
from station.core.bay_lights import bay_lights
from station.core.effects import KeepCalibration, Sound
from station.core.inputs import CalibrationKept
from station.core.state import CalibrationPage, DevicesPage
from station.flows.calibration import STEPS, Teaching
from station.flows.sign_on import WentIdle
from station.values import Compartment
from station.view.action import Action
from station.view.calibration import CalibrationFace
from station.view.view import View
from tests.helpers.sample import ELIF, JONAS, MARA, tray
from tests.helpers.world import World

TRAY = 4
UNTAUGHT = Calibration(optics=Optics())
CELLS = tuple(
    Compartment(label=f"{row}{column}", x_mm=100 * column, y_mm=150 * row, width_mm=100, depth_mm=150)
    for row in range(4)
    for column in range(10)
)


def at_panel(person: str = ELIF.person, *, taught: Calibration | None = UNTAUGHT, is_up: bool = True) -> World:
    world = World()
    world.state = replace(world.state, taught=taught)
    for number in world.store.trays_by_number:
        world.store.trays_by_number[number] = replace(tray(number), width_mm=1000, depth_mm=600, compartments=CELLS)
    world.feed(LightLink("pointer", is_up))
    world.sign_on(person)
    world.settle()
    world.give(do.OpenDevices())
    world.settle()
    return world


def number(world: World, value: int) -> None:
    world.give(do.EnterNumber(world.state.token, value))


def called(person: str = ELIF.person) -> World:
    """The tray is asked for and on its way."""
    world = at_panel(person)
    world.give(do.OpenCalibration())
    number(world, TRAY)
    return world


def teaching() -> World:
    world = called()
    world.settle()
    number(world, 80)
    return world


def face(world: World) -> CalibrationFace:
    shown = world.view().face
    assert isinstance(shown, CalibrationFace), shown
    return shown


def offers(view: View) -> dict[Action, str]:
    return {each.action: each.refused for each in getattr(view.face, "offers", ())}


def page(world: World) -> CalibrationPage:
    assert isinstance(world.state.page, CalibrationPage)
    return world.state.page


def lit(world: World) -> Aim | None:
    return bay_lights(world.state).aim


def stands_at(x_mm: int, y_mm: int) -> Aim:
    """A head whose plain units are a straight map of this tray."""
    return Aim(20_000 + 16 * x_mm, 40_000 - 16 * y_mm)


def turn_to(world: World, wanted: Aim) -> None:
    """Touch arrows until the light stands there, with the finest steps at last."""
    for index in (2, 1, 0):
        world.give(do.ChooseTurn(world.state.token, index))
        for axis in ("pan", "tilt"):
            aim = lit(world)
            assert aim is not None
            way = getattr(wanted, axis) - getattr(aim, axis)
            sign = 1 if way > 0 else -1
            for _ in range(abs(way) // STEPS[index]):
                world.give(do.TurnLight(world.state.token, *((sign, 0) if axis == "pan" else (0, sign))))


def teach(world: World, *, slip: int = 0) -> None:
    """All six places; at the last one the hand slips by so many units."""
    for _ in range(6):
        mark = face(world).now
        assert mark is not None
        aim = stands_at(mark.x_mm, mark.y_mm)
        turn_to(world, Aim(aim.pan + (slip if mark.number == 6 else 0), aim.tilt))
        world.give(do.LightOnMark(world.state.token))


@pytest.mark.parametrize("person", [JONAS.person, MARA.person])
def test_teaching_is_not_for_everybody(person: str) -> None:
    world = at_panel(person)
    assert Action.CALIBRATE not in offers(world.view())
    world.give(do.OpenCalibration())
    assert not isinstance(world.state.page, CalibrationPage)


def test_a_pointer_that_cannot_be_taught_or_does_not_answer_is_not_taught() -> None:
    assert offers(at_panel().view())[Action.CALIBRATE] == ""
    assert Action.CALIBRATE not in offers(at_panel(taught=None).view())
    world = at_panel(is_up=False)
    assert offers(world.view())[Action.CALIBRATE] == "no_line"
    world.give(do.OpenCalibration())
    assert (isinstance(world.state.page, DevicesPage), world.view().bar.code) == (True, "by_hand_refused")


def test_the_tray_is_called_with_its_intent_before_it_moves_and_once() -> None:
    world = called()
    assert face(world).step == "coming"
    assert world.move is not None
    assert (world.move.tray, world.move.operator) == (TRAY, ELIF.person)
    number(world, TRAY)
    world.settle()
    assert [each.tray for each in world.store.written if isinstance(each, MotionIntended)] == [TRAY]
    assert face(world).step == "height"
    assert lit(world) is None


def test_a_tray_that_is_here_is_used_where_it_stands() -> None:
    world = teaching()
    world.give(do.ClosePage())
    world.give(do.OpenCalibration())
    number(world, TRAY)
    world.settle()
    assert (face(world).step, world.move) == ("height", None)


def test_a_tray_that_the_machine_does_not_have_is_not_called() -> None:
    world = at_panel()
    world.give(do.OpenCalibration())
    number(world, 99)
    assert (face(world).step, world.move, world.view().bar.code) == ("tray", None, "no_such_tray")


def test_another_touch_calls_a_tray_that_the_machine_refused() -> None:
    world = called()
    world.write_all()
    world.end_motion(Outcome.NOT_DONE, code="L201")
    world.settle()
    assert world.move is None
    assert offers(world.view())[Action.FETCH_AGAIN] == ""
    world.give(do.FetchAgain(world.state.token))
    assert world.move is not None
    world.settle()
    assert face(world).step == "height"


def test_arrows_turn_the_light_as_quickly_as_they_are_touched() -> None:
    world = teaching()
    before, token = lit(world), world.state.token
    assert before is not None
    for _ in range(3):
        world.give(do.TurnLight(token, 1, 0))
    assert lit(world) == Aim(before.pan + 3 * STEPS[1], before.tilt)
    world.give(do.LightOnMark(token))
    world.give(do.LightOnMark(token))
    assert face(world).now == face(world).marks[1]


def test_six_places_are_judged_kept_and_aimed_by() -> None:
    world = teaching()
    teach(world)
    judged = face(world)
    assert (judged.step, lit(world), world.sounds[-1]) == ("judged", None, Sound.OK)
    assert len(judged.checks_mm) == 2
    assert max(judged.checks_mm) <= 3
    assert judged.limit_mm == 50
    world.give(do.Choose(world.state.token, "accept"))
    assert [each for each in world.reads if isinstance(each, KeepCalibration)] != []
    world.settle()
    assert (face(world).step, face(world).checks_mm) == ("saved", judged.checks_mm)
    assert world.state.taught is not None
    assert world.state.taught.height_of(TRAY) == 80
    assert [each.height_mm for each in world.state.taught.levels] == [80]


def test_what_is_too_far_off_cannot_be_accepted_and_is_taught_again() -> None:
    world = teaching()
    teach(world, slip=1600)  # 100 mm
    assert (face(world).step, face(world).why, world.sounds[-1]) == ("refused", "out_of_limit", Sound.WRONG)
    assert face(world).checks_mm[1] > 50
    assert Action.ACCEPT_LEVEL not in offers(world.view())
    world.give(do.Choose(world.state.token, "accept"))
    assert world.reads == []
    world.give(do.Choose(world.state.token, "again"))
    assert (face(world).now, lit(world) is None) == (face(world).marks[0], False)


def test_a_file_that_the_disk_refuses_is_said_and_can_be_written_later() -> None:
    world = teaching()
    teach(world)
    world.give(do.Choose(world.state.token, "accept"))
    world.reads.clear()
    world.feed(CalibrationKept(Calibration(), "F603"))
    assert (face(world).step, world.view().bar.code, world.view().bar.error) == ("judged", "calibration_not_kept", "F603")
    assert len(face(world).checks_mm) == 2
    assert world.state.taught == UNTAUGHT


Ends = Callable[[World], None]
ENDS: dict[str, Ends] = {
    "machine_stopped": lambda world: world.feed(SafetyStopped("1001")),
    "link_down": lambda world: world.feed(LinkDown("L101")),
    "pointer_down": lambda world: world.feed(LightLink("pointer", False, "L101")),
    "signed_off": lambda world: world.give(do.LockScreen()),
}


@pytest.mark.parametrize("why", [*ENDS, "idle"])
def test_whatever_ends_the_teaching_leaves_the_light_dark(why: str) -> None:
    world = teaching()
    assert lit(world) is not None
    ENDS.get(why, lambda world: world.feed(WentIdle()))(world)
    assert lit(world) is None
    for well in (LinkUp(), SafetyCleared(), LightLink("pointer", True)):
        world.feed(well)
    world.settle()
    if why in ("signed_off", "idle"):
        world.sign_on(ELIF.person)
        world.settle()
    assert lit(world) is None, "it comes back by itself"
    if isinstance(world.state.page, CalibrationPage):
        assert (face(world).step, face(world).why) == ("ended", "signed_off" if why == "idle" else why)
        assert world.view().bar.code in (f"calibrate_ended_{face(world).why}", "signed_on")
        world.give(do.OpenCalibration())
        assert face(world).step == "tray"


def test_a_tray_that_never_arrives_ends_the_teaching() -> None:
    world = called()
    world.write_all()
    world.start_motion()
    world.end_motion(Outcome.UNKNOWN)
    assert (face(world).step, face(world).why) == ("ended", "tray_left")


def test_nothing_moves_at_a_reset_and_a_stop_on_the_way_ends_it() -> None:
    world = called()
    world.write_all()
    world.feed(SafetyStopped("1001"))
    assert (face(world).step, face(world).why) == ("ended", "machine_stopped")
    world.end_motion(Outcome.NOT_DONE, code="L204")
    world.feed(SafetyCleared())
    world.settle()
    assert world.move is None
    world.give(do.OpenCalibration())
    assert world.view().bar.code == "by_hand_refused"  # nobody knows which tray is here


def test_one_place_back_shows_it_again_and_leaving_keeps_nothing() -> None:
    world = teaching()
    turn_to(world, stands_at(0, 0))
    stood = lit(world)
    world.give(do.LightOnMark(world.state.token))
    turn_to(world, stands_at(1000, 0))
    assert Action.PLACE_BEFORE in offers(world.view())
    world.give(do.Back(world.state.token))
    assert (lit(world), face(world).now) == (stood, face(world).marks[0])
    world.give(do.ClosePage())
    assert isinstance(world.state.page, DevicesPage)
    assert (lit(world), world.state.taught) == (None, UNTAUGHT)


def test_what_is_kept_after_its_page_was_left_still_counts() -> None:
    world = teaching()
    teach(world)
    world.give(do.Choose(world.state.token, "accept"))
    world.give(do.ClosePage())
    world.settle()
    assert world.state.taught is not None
    assert [each.height_mm for each in world.state.taught.levels] == [80]


def test_a_page_that_is_opened_while_a_level_is_being_kept_accepts_the_next_one_on_top_of_it() -> None:
    world = teaching()
    teach(world)
    world.give(do.Choose(world.state.token, "accept"))
    first = next(each for each in world.reads if isinstance(each, KeepCalibration))
    world.reads.remove(first)  # a slow disk
    world.give(do.ClosePage())
    world.give(do.OpenCalibration())
    number(world, TRAY)
    world.settle()
    number(world, 120)
    teach(world)
    assert (face(world).step, offers(world.view())[Action.ACCEPT_LEVEL]) == ("judged", "reading")
    world.give(do.Choose(world.state.token, "accept"))
    assert (face(world).step, world.reads) == ("judged", [])
    world.feed(CalibrationKept(first.calibration))
    assert offers(world.view())[Action.ACCEPT_LEVEL] == ""
    world.give(do.Choose(world.state.token, "accept"))
    world.settle()
    assert face(world).step == "saved"
    assert world.state.taught is not None
    assert [each.height_mm for each in world.state.taught.levels] == [80, 120]


def test_no_scan_is_taken_for_work_while_it_is_taught() -> None:
    world = teaching()
    step = page(world).flow.step
    world.scan("BLT-M1-5")
    assert isinstance(step, Teaching)
    assert (page(world).flow.step, world.view().bar.code) == (step, "scan_not_used")


def test_no_teaching_begins_where_the_machine_may_still_stand() -> None:
    world = teaching()
    world.feed(SafetyStopped("1001"))
    world.feed(SafetyUnclear("1001"))
    world.settle()
    assert (face(world).step, offers(world.view())[Action.CALIBRATE]) == ("ended", "stop_unclear")
    world.give(do.ClosePage())
    world.settle()
    assert offers(world.view())[Action.CALIBRATE] == "stop_unclear"
    world.give(do.OpenCalibration())
    assert isinstance(world.state.page, DevicesPage), "it is offered, and ends by itself at once"


def test_a_tray_that_is_named_where_the_machine_may_still_stand_is_not_called() -> None:
    world = at_panel()
    world.give(do.OpenCalibration())
    world.feed(SafetyStopped("1001"))
    world.feed(SafetyUnclear("1001"))
    number(world, TRAY)
    assert (face(world).step, world.move) == ("tray", None)
