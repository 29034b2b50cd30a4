"""Teach a turning pointer one height of trays, by hand at the bay: four places to fit the map, two to check it.

AskTray -> Coming (the tray is called) -> AskHeight -> Teaching (place 1 to 6: turn the light onto the mark, take it)
        -> Judged (the residual in mm, or after place 4 why the corners make no map; accept | teach again) -> Saving -> Saved
A calibration that is off by more than half a compartment cannot be accepted. Whatever ends the teaching, on purpose or not
(the tray leaves, the machine stands, its line is lost, nobody is signed on any more), makes the light dark.
The first four places are the tray's corners, which need no ruler; the checks are compartments, where it matters.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from hardware.aiming.calibration import (
    TO_CHECK,
    TO_FIT,
    Calibration,
    Level,
    Refused,
    Taught,
    checks_mm,
    corners_refusal,
    guess,
    teach,
)
from hardware.errors import DeviceError
from hardware.values import Aim, PointAt
from station import commands as do
from station.values import Tray

PLACES = TO_FIT + TO_CHECK
STEPS = (16, 128, 1024)  # units of 65535: about 0.1, 1 and 8 degrees of a head that turns 540
MIDDLE = Aim(0x8000, 0x8000)
MOST = 0xFFFF
LEAST_HEIGHT_MM, MOST_HEIGHT_MM = 0, 2000
LIMIT_WITHOUT_CELLS_MM = 25.0
APART = 0.2  # of the tray's diagonal: a check near a corner checks nothing

# --- states ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AskTray:
    """Which tray is it taught on?"""


@dataclass(frozen=True, slots=True)
class Coming:
    """The tray is on its way."""

    tray: int


@dataclass(frozen=True, slots=True)
class AskHeight:
    """How high stand the tray's compartments above the lowest tray's? Trays of one height share their teaching."""


@dataclass(frozen=True, slots=True)
class Teaching:
    """The light shows where `aim` points; it is to stand at place number `len(taught)`. `step` is how far an arrow turns it."""

    height_mm: int
    aim: Aim
    taught: tuple[Taught, ...] = ()
    step: int = STEPS[1]


@dataclass(frozen=True, slots=True)
class Judged:
    """All six are taken, or four that make no map: a level that may be accepted, or why not. `checks_mm` is how far each check is
    off, where there were checks."""

    height_mm: int
    verdict: Level | Refused
    checks_mm: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Saving:
    level: Level


@dataclass(frozen=True, slots=True)
class Saved:
    level: Level


@dataclass(frozen=True, slots=True)
class Ended:
    """Left or interrupted: `why` is left, or the code of what interrupted."""

    why: str


CalibrationStep = AskTray | Coming | AskHeight | Teaching | Judged | Saving | Saved | Ended


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrationState:
    """`calibration` is what is taught so far; `picture` the tray at the bay. `failed` is why the last saving failed."""

    calibration: Calibration
    step: CalibrationStep = field(default_factory=AskTray)
    picture: Tray | None = None
    failed: str = ""

    @property
    def places(self) -> tuple[PointAt, ...]:
        """The six places to teach on this tray."""
        return places_of(self.picture) if self.picture else ()

    @property
    def limit_mm(self) -> float:
        """How far a check may be off."""
        return limit_of(self.picture) if self.picture else 0.0


# --- events and effects --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TrayStands:
    """The tray has arrived; this is its picture."""

    picture: Tray


@dataclass(frozen=True, slots=True)
class Jog:
    """An arrow was touched: -1, 0 or 1 steps of pan and of tilt."""

    pan: int
    tilt: int


@dataclass(frozen=True, slots=True)
class ChooseStep:
    """How far an arrow turns: an index of STEPS."""

    index: int


@dataclass(frozen=True, slots=True)
class TakePlace:
    """The light stands on the mark."""


@dataclass(frozen=True, slots=True)
class LevelSaved:
    """The file is written, or why not (a code)."""

    code: str = ""


@dataclass(frozen=True, slots=True)
class Interrupted:
    """What the light must not outlive: tray_left, machine_stopped, link_down, signed_off, pointer_down."""

    why: str


@dataclass(frozen=True, slots=True)
class WantTray:
    """Call this tray to the bay."""

    tray: int


@dataclass(frozen=True, slots=True)
class AimPointer:
    """Light what lies there."""

    aim: Aim


@dataclass(frozen=True, slots=True)
class DarkenPointer:
    """Light off."""


@dataclass(frozen=True, slots=True)
class SaveCalibration:
    """Write the file; the answer is LevelSaved."""

    calibration: Calibration


CalibrationEvent = do.Command | TrayStands | Jog | ChooseStep | TakePlace | LevelSaved | Interrupted
CalibrationEffect = WantTray | AimPointer | DarkenPointer | SaveCalibration
CalibrationTurn = tuple[CalibrationState, tuple[CalibrationEffect, ...]]


def advance(state: CalibrationState, event: CalibrationEvent) -> CalibrationTurn:
    """The next state and what it asks for. An event that means nothing here changes nothing."""
    match state.step, event:
        case Saved() | Ended(), _:
            return state, ()
        case _, Interrupted(why):
            return replace(state, step=Ended(why)), (DarkenPointer(),)
        case AskTray(), do.EnterNumber(number=tray) if tray > 0:
            return replace(state, step=Coming(tray)), (WantTray(tray),)
        case Coming(tray), TrayStands(picture) if picture.number == tray:
            return replace(state, step=AskHeight(), picture=picture), ()
        case AskHeight(), do.EnterNumber(number=height_mm) if LEAST_HEIGHT_MM <= height_mm <= MOST_HEIGHT_MM:
            return _at_place(state, Teaching(height_mm, MIDDLE))
        case Teaching(), _:
            return _teaching(state, state.step, event)
        case Judged(height_mm), do.Choose(key="again"):
            return _at_place(state, Teaching(height_mm, MIDDLE))
        case Judged(verdict=Level() as level), do.Choose(key="accept"):
            return replace(state, step=Saving(level)), (SaveCalibration(_with(state, level)),)
        case Saving(level), LevelSaved(code=""):
            return replace(state, step=Saved(level), calibration=_with(state, level), failed=""), ()
        case Saving(level), LevelSaved(code):
            return replace(state, step=Judged(level.height_mm, level, _checks(state, level)), failed=code), ()
        case AskTray() | Coming() | AskHeight() | Judged(), do.Back():
            return replace(state, step=Ended("left")), (DarkenPointer(),)
        case _:
            return state, ()


def _teaching(state: CalibrationState, step: Teaching, event: CalibrationEvent) -> CalibrationTurn:
    match event:
        case Jog(pan, tilt) if (pan or tilt) and max(abs(pan), abs(tilt)) == 1:
            aim = Aim(_within(step.aim.pan + pan * step.step), _within(step.aim.tilt + tilt * step.step))
            return (state, ()) if aim == step.aim else _aimed(state, replace(step, aim=aim))
        case ChooseStep(index) if 0 <= index < len(STEPS) and STEPS[index] != step.step:
            return replace(state, step=replace(step, step=STEPS[index])), ()
        case TakePlace():
            taken = replace(step, taught=(*step.taught, Taught(state.places[len(step.taught)], step.aim)))
            return _taken(state, taken)
        case do.Back() if step.taught:  # the place before once more, with the light where it was taken
            return _aimed(state, replace(step, aim=step.taught[-1].aim, taught=step.taught[:-1]))
        case do.Back():
            return replace(state, step=Ended("left")), (DarkenPointer(),)
        case _:
            return state, ()


def _taken(state: CalibrationState, step: Teaching) -> CalibrationTurn:
    """On to the next place; four corners that make no map are refused before anybody teaches the checks."""
    if len(step.taught) == PLACES:
        return _judged(state, step)
    why = corners_refusal(step.taught, state.calibration.optics) if len(step.taught) == TO_FIT else ""
    if why:
        return replace(state, step=Judged(step.height_mm, Refused(why)), failed=""), (DarkenPointer(),)
    return _at_place(state, step)


def _at_place(state: CalibrationState, step: Teaching) -> CalibrationTurn:
    """On to the next place: the light goes where the place is believed to be."""
    place = state.places[len(step.taught)]
    return _aimed(state, replace(step, aim=_believed(state, step, place)))


def _believed(state: CalibrationState, step: Teaching, place: PointAt) -> Aim:
    """By the four that are taught; before that by what was taught earlier, else where the light stands."""
    if len(step.taught) >= TO_FIT:
        return guess(step.taught[:TO_FIT], state.calibration.optics, place) or step.aim
    try:
        number = state.picture.number if state.picture else 0
        earlier = replace(state.calibration, tray_heights={number: step.height_mm})
        return earlier.aim_at(place, number)
    except DeviceError:
        return step.aim


def _aimed(state: CalibrationState, step: Teaching) -> CalibrationTurn:
    return replace(state, step=step), (AimPointer(step.aim),)


def _judged(state: CalibrationState, step: Teaching) -> CalibrationTurn:
    verdict = teach(step.height_mm, step.taught, state.calibration.optics, limit_mm=state.limit_mm)
    judged = Judged(step.height_mm, verdict, checks_mm(step.taught, state.calibration.optics))
    return replace(state, step=judged, failed=""), (DarkenPointer(),)


def _checks(state: CalibrationState, level: Level) -> tuple[float, ...]:
    return checks_mm(level.taught, state.calibration.optics)


def _with(state: CalibrationState, level: Level) -> Calibration:
    tray = state.picture.number if state.picture else 0
    return state.calibration.with_level(level, tray=tray)


def _within(units: int) -> int:
    return max(0, min(MOST, units))


def limit_of(picture: Tray) -> float:
    """Half of the smallest compartment's shorter side: a light that is further off may stand in the one beside it."""
    sides = [min(each.width_mm, each.depth_mm) for each in picture.compartments]
    return min(sides) / 2 if sides else LIMIT_WITHOUT_CELLS_MM


def places_of(picture: Tray) -> tuple[PointAt, ...]:
    """The four corners from the front left round, then two places inside, left and right of the middle."""
    width_mm, depth_mm = picture.width_mm, picture.depth_mm
    corners = (PointAt(0, 0), PointAt(width_mm, 0), PointAt(width_mm, depth_mm), PointAt(0, depth_mm))
    far_mm = APART * math.hypot(width_mm, depth_mm)
    centres = [PointAt(*each.centre_mm) for each in picture.compartments]
    inside = [each for each in centres if min(_distance(each, corner) for corner in corners) >= far_mm]
    left = _nearest(inside, PointAt(width_mm // 4, depth_mm // 2), PointAt(width_mm // 2, 0))
    others = [each for each in inside if _distance(each, left) >= far_mm]
    return (*corners, left, _nearest(others, PointAt(3 * width_mm // 4, depth_mm // 2), PointAt(width_mm // 2, depth_mm)))


def _nearest(points: Sequence[PointAt], wanted: PointAt, otherwise: PointAt) -> PointAt:
    return min(points, key=lambda each: _distance(each, wanted), default=otherwise)


def _distance(left: PointAt, right: PointAt) -> float:
    return math.hypot(left.x_mm - right.x_mm, left.y_mm - right.y_mm)
