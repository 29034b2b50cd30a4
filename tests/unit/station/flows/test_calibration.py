"""Teaching a pointer: every step against every event, a hand that teaches well, one that slips, and a light that never stays."""

from dataclasses import replace

import pytest

from hardware.aiming.calibration import Calibration, Level, Refused, Taught
from hardware.values import Aim, PointAt
from station import commands as do
from station.flows import calibration as flow
from station.flows.calibration import (
    PLACES,
    STEPS,
    AimPointer,
    AskHeight,
    CalibrationState,
    ChooseStep,
    Coming,
    DarkenPointer,
    Ended,
    Interrupted,
    Jog,
    Judged,
    LevelSaved,
    SaveCalibration,
    Saved,
    Saving,
    TakePlace,
    Teaching,
    TrayStands,
    WantTray,
    limit_of,
    places_of,
)
from station.values import Compartment, Tray
from tests.helpers.sample import MACHINE, every_command, tray

CELLS = tuple(
    Compartment(label=f"{row}{column}", x_mm=100 * column, y_mm=150 * row, width_mm=100, depth_mm=150)
    for row in range(4)
    for column in range(10)
)
PICTURE = Tray(machine=MACHINE, number=4, width_mm=1000, depth_mm=600, compartments=CELLS)
LEVEL = Level(height_mm=80, taught=(), residual_mm=1.0, limit_mm=50.0)
EMPTY = CalibrationState(calibration=Calibration())
HERE = replace(EMPTY, picture=PICTURE)
TAUGHT = Taught(PointAt(0, 0), Aim(1, 2))
BEGUN, LAST = Teaching(80, Aim(9000, 9000)), Teaching(80, Aim(9000, 9000), taught=(TAUGHT,) * 5)
ALWAYS = {"Interrupted"}
# state -> the kinds of event that it answers to
TABLE = [
    (EMPTY, {"EnterNumber", "Back"} | ALWAYS),
    (replace(EMPTY, step=Coming(4)), {"TrayStands", "Back"} | ALWAYS),
    (replace(HERE, step=AskHeight()), {"EnterNumber", "Back"} | ALWAYS),
    (replace(HERE, step=BEGUN), {"Jog", "ChooseStep", "TakePlace", "Back"} | ALWAYS),
    (replace(HERE, step=LAST), {"Jog", "ChooseStep", "TakePlace", "Back"} | ALWAYS),
    (replace(HERE, step=Judged(80, Refused("out_of_limit", 60.0))), {"Choose", "Back"} | ALWAYS),
    (replace(HERE, step=Judged(80, LEVEL)), {"Choose", "Back"} | ALWAYS),
    (replace(HERE, step=Saving(LEVEL)), {"LevelSaved"} | ALWAYS),
    (replace(HERE, step=Saved(LEVEL)), set()),
    (replace(HERE, step=Ended("left")), set()),
]
OWN = (TrayStands(PICTURE), Jog(1, 0), ChooseStep(0), TakePlace(), LevelSaved(), Interrupted("tray_left"))


EVENTS = (*every_command(key="again"), *OWN)
EACH_STEP = pytest.mark.parametrize(("state", "named"), TABLE, ids=[type(state.step).__name__ for state, _ in TABLE])


@EACH_STEP
def test_a_step_answers_to_what_it_names_and_to_nothing_else(state, named):
    answered = [event for event in EVENTS if flow.advance(state, event) != (state, ())]
    assert answered == [event for event in EVENTS if type(event).__name__ in named]


@EACH_STEP
def test_the_light_is_on_while_it_is_taught_and_at_no_other_time(state, named):
    for event in EVENTS:
        after, effects = flow.advance(state, event)
        lights = [each for each in effects if isinstance(each, AimPointer | DarkenPointer)]
        if isinstance(after.step, Teaching):
            assert all(each == AimPointer(after.step.aim) for each in lights), event
        elif isinstance(state.step, Teaching):
            assert lights == [DarkenPointer()], event
        else:
            assert not any(isinstance(each, AimPointer) for each in lights), event


@pytest.mark.parametrize(
    ("state", "event"),
    [
        (EMPTY, do.EnterNumber(1, 0)),
        (replace(EMPTY, step=Coming(4)), TrayStands(tray(5, "C7"))),
        (replace(HERE, step=AskHeight()), do.EnterNumber(1, -1)),
        (replace(HERE, step=AskHeight()), do.EnterNumber(1, 2001)),
        (replace(HERE, step=BEGUN), Jog(0, 0)),
        (replace(HERE, step=BEGUN), Jog(2, 0)),
        (replace(HERE, step=BEGUN), ChooseStep(3)),
        (replace(HERE, step=BEGUN), ChooseStep(-1)),
        (replace(HERE, step=replace(BEGUN, aim=Aim(0, 0))), Jog(-1, -1)),
        (replace(HERE, step=Judged(80, Refused("out_of_limit", 60.0))), do.Choose(1, "accept")),
        (replace(HERE, step=Judged(80, LEVEL)), do.Choose(1, "perhaps")),
    ],
)
def test_what_cannot_be_changes_nothing(state, event):
    assert flow.advance(state, event) == (state, ())


# --- a hand at the bay ---------------------------------------------------------------------------------------------------


def stands_at(point):
    """The aim that lights a place, of a pointer whose plain units are a straight map of this tray."""
    return Aim(10_000 + 20 * point.x_mm, 50_000 - 30 * point.y_mm)


def run(state, *events):
    effects = ()
    for event in events:
        state, more = flow.advance(state, event)
        effects += more
    return state, effects


def turned(state, wanted):
    """Jog until the light stands there, with the finest steps at last."""
    for index in reversed(range(len(STEPS))):
        state, _ = flow.advance(state, ChooseStep(index))
        for axis in ("pan", "tilt"):
            way = getattr(wanted, axis) - getattr(state.step.aim, axis)
            sign = 1 if way > 0 else -1
            for _ in range(round(abs(way) / STEPS[index])):
                state, _ = flow.advance(state, Jog(sign, 0) if axis == "pan" else Jog(0, sign))
    return state


def taught(state, slip=(0, 0), slipped=()):
    """All six places, some of them with a hand that slips by so many units."""
    for number in range(PLACES):
        wanted = stands_at(state.places[number])
        if number in slipped:
            wanted = Aim(wanted.pan + slip[0], wanted.tilt + slip[1])
        state, _ = flow.advance(turned(state, wanted), TakePlace())
    return state


@pytest.fixture
def begun():
    state, effects = run(EMPTY, do.EnterNumber(1, 4), TrayStands(PICTURE), do.EnterNumber(2, 80))
    assert effects == (WantTray(4), AimPointer(Aim(0x8000, 0x8000)))
    return state


def test_six_places_taught_well_are_judged_accepted_and_saved(begun):
    judged = taught(begun)
    assert isinstance(judged.step.verdict, Level)
    assert judged.step.verdict.residual_mm < 3
    saving, effects = run(judged, do.Choose(3, "accept"))
    assert effects == (SaveCalibration(saving.calibration.with_level(judged.step.verdict, tray=4)),)
    saved, _ = run(saving, LevelSaved())
    assert saved.step == Saved(judged.step.verdict)
    assert saved.calibration.height_of(4) == 80
    place = PointAt(450, 225)
    aim, wanted = saved.calibration.aim_at(place, 4), stands_at(place)
    assert (abs(aim.pan - wanted.pan) < 60, abs(aim.tilt - wanted.tilt) < 60) == (True, True)


@pytest.mark.parametrize("number", range(PLACES))
def test_a_hand_that_slipped_far_cannot_accept(begun, number):
    judged = taught(begun, slip=(4000, 0), slipped=(number,))  # 200 mm: of a corner's slip the checks see a quarter at least
    assert isinstance(judged.step.verdict, Refused)
    assert judged.step.verdict.why == "out_of_limit"
    assert judged.step.verdict.residual_mm > judged.limit_mm == 50
    assert run(judged, do.Choose(3, "accept")) == (judged, ())
    again, effects = run(judged, do.Choose(3, "again"))
    assert (again.step.taught, effects) == ((), (AimPointer(again.step.aim),))


def test_the_fifth_place_is_where_the_four_say(begun):
    state = begun
    for number in range(4):
        state, _ = flow.advance(turned(state, stands_at(state.places[number])), TakePlace())
    wanted = stands_at(state.places[4])
    assert (abs(state.step.aim.pan - wanted.pan) < 60, abs(state.step.aim.tilt - wanted.tilt) < 60) == (True, True)


def test_what_was_taught_before_is_where_the_light_begins(begun):
    saved, _ = run(taught(begun), do.Choose(3, "accept"), LevelSaved())
    again = replace(begun, calibration=saved.calibration, step=AskHeight())
    state, _ = flow.advance(again, do.EnterNumber(1, 80))
    assert abs(state.step.aim.pan - stands_at(PointAt(0, 0)).pan) < 60


def test_back_takes_the_place_before_once_more_and_shows_it(begun):
    state, _ = flow.advance(turned(begun, Aim(20_000, 30_000)), TakePlace())
    where = state.step.taught[0].aim
    state, effects = run(turned(state, Aim(40_000, 30_000)), do.Back(1))
    assert (state.step.taught, state.step.aim, effects) == ((), where, (AimPointer(where),))


def test_a_file_that_could_not_be_written_can_be_written_again(begun):
    saving, _ = run(taught(begun), do.Choose(3, "accept"))
    failed, _ = run(saving, LevelSaved("D401"))
    assert (failed.failed, failed.calibration) == ("D401", Calibration())
    assert isinstance(failed.step, Judged)
    assert run(failed, do.Choose(4, "accept"), LevelSaved())[0].failed == ""


# --- where it is taught ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("picture", [PICTURE, tray(4), tray(4, "C7"), replace(PICTURE, width_mm=4000, depth_mm=600)])
def test_six_places_are_apart_and_on_the_tray(picture):
    places = places_of(picture)
    assert len(set(places)) == PLACES
    assert all(0 <= each.x_mm <= picture.width_mm and 0 <= each.y_mm <= picture.depth_mm for each in places)
    for check in places[4:]:
        assert min(abs(check.x_mm - each.x_mm) + abs(check.y_mm - each.y_mm) for each in places if each != check) > 200


def test_the_checks_are_compartments_where_there_are_some():
    centres = {PointAt(*cell.centre_mm) for cell in CELLS}
    assert set(places_of(PICTURE)[4:]) <= centres


def test_the_limit_is_half_of_the_smallest_side():
    assert limit_of(PICTURE) == 50
    small = Compartment(label="Z1", x_mm=0, y_mm=0, width_mm=200, depth_mm=38)
    assert limit_of(replace(PICTURE, compartments=(*CELLS, small))) == 19
    assert limit_of(tray(4)) == 25


def test_corners_that_make_no_map_are_refused_after_the_fourth_and_not_after_two_checks_more():
    state = replace(HERE, step=BEGUN)
    for _ in range(3):
        state, _ = flow.advance(state, TakePlace())
        assert isinstance(state.step, Teaching)
    state, effects = flow.advance(state, TakePlace())
    assert isinstance(state.step, Judged)
    assert state.step.verdict == Refused("points_in_line")
    assert effects == (DarkenPointer(),)
    again, _ = flow.advance(state, do.Choose(1, "again"))
    assert isinstance(again.step, Teaching)
    assert again.step.taught == ()
