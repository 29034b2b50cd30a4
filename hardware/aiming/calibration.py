"""Where to aim for a place on a tray: taught at heights of trays, checked, and refused when the check fails.

Four taught places make the map of a height (`hardware.aiming.homography`); two more, taught in the same way, say how far it is
off: the place where the map believes the light to be, against the place where it is, in mm on the tray. Of a slip at one of the
four, checks in the middle of the left and the right half see three eighths.

Between two taught heights the beam is taken between theirs: a place that rises moves on a straight line, so what is left is
the difference of the two distances (under 1 mm for heights 300 mm apart, seen from 2 m). Beyond them the nearest counts up to
`BEYOND_MM`; further off nothing is known.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from hardware.aiming.homography import DegenerateError, Homography, Point, fit, same_side
from hardware.aiming.optics import Beam, Optics
from hardware.errors import LIGHT_NOT_CALIBRATED, LIGHT_OUT_OF_REACH, DeviceError
from hardware.values import Aim, PointAt

TO_FIT, TO_CHECK = 4, 2
BEYOND_MM = 25
LEAST_APART = 0.1  # of the taught places' diagonal: a check beside a taught place checks nothing


@dataclass(frozen=True, slots=True)
class Taught:
    """The light stood at this place when the pointer aimed so."""

    point: PointAt
    aim: Aim


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One taught height. `residual_mm` is the worst of the two checks, `limit_mm` what was allowed."""

    height_mm: int
    taught: tuple[Taught, ...]
    residual_mm: float
    limit_mm: float


@dataclass(frozen=True, slots=True)
class Refused:
    """Not taken. `why`: points_missing, points_in_line, points_twisted, points_too_close, out_of_limit (with the residual)."""

    why: str
    residual_mm: float = 0.0


@dataclass(frozen=True, slots=True)
class _Map:
    """A height's map from mm to beams: a homography onto a plane across the middle beam."""

    flat: Homography
    across: tuple[Beam, Beam, Beam]

    def beam(self, point: PointAt) -> Beam:
        return _combined(self.across, (*self.flat.at((point.x_mm, point.y_mm)), 1.0))

    def place(self, beam: Beam) -> Point:
        return self.flat.inverse().at(_flat(self.across, beam))


def teach(height_mm: int, taught: Sequence[Taught], optics: Optics, *, limit_mm: float) -> Level | Refused:
    """The level that these six make: the first four fit, the last two check."""
    if len(taught) != TO_FIT + TO_CHECK:
        return Refused("points_missing")
    fitted, checked = taught[:TO_FIT], taught[TO_FIT:]
    if any(_is_beside(check, fitted) for check in checked):
        return Refused("points_too_close")
    try:
        residual_mm = max(_offs_mm(taught, optics))
    except DegenerateError as error:
        return Refused(error.why)
    if residual_mm > limit_mm:
        return Refused("out_of_limit", residual_mm)
    return Level(height_mm=height_mm, taught=tuple(taught), residual_mm=residual_mm, limit_mm=limit_mm)


def corners_refusal(fitted: Sequence[Taught], optics: Optics) -> str:
    """Why the first four make no map (points_in_line, points_twisted), "" when they do: worth knowing before the checks."""
    try:
        _map_of(fitted, optics)
    except DegenerateError as error:
        return error.why
    return ""


def checks_mm(taught: Sequence[Taught], optics: Optics) -> tuple[float, ...]:
    """How far each of the two checks is off; none where the six make no map."""
    try:
        return _offs_mm(taught, optics) if len(taught) == TO_FIT + TO_CHECK else ()
    except DegenerateError:
        return ()


def guess(fitted: Sequence[Taught], optics: Optics, point: PointAt) -> Aim | None:
    """Where four taught places say that a fifth one is; None where they make no map or it is out of reach."""
    try:
        aims = optics.aims(_map_of(fitted, optics).beam(point))
    except (DegenerateError, ZeroDivisionError):
        return None
    return min(aims, key=lambda aim: min(_way(aim, each.aim) for each in fitted), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """What is taught of one pointer. Trays that are not in `tray_heights` have `usual_height_mm`."""

    optics: Optics = field(default_factory=Optics)
    levels: tuple[Level, ...] = ()
    tray_heights: Mapping[int, int] = field(default_factory=dict)
    usual_height_mm: int = 0

    def height_of(self, tray: int) -> int:
        return self.tray_heights.get(tray, self.usual_height_mm)

    def with_level(self, level: Level, *, tray: int) -> Calibration:
        """The same with this height taught anew, and the tray known to have it."""
        others = [each for each in self.levels if each.height_mm != level.height_mm]
        levels = tuple(sorted([*others, level], key=lambda each: each.height_mm))
        return replace(self, levels=levels, tray_heights={**self.tray_heights, tray: level.height_mm})

    def aim_at(self, point: PointAt, tray: int) -> Aim:
        """Where to aim for a place on this tray. Raises DeviceError L301 out of reach, L302 where nothing is taught."""
        height_mm = self.height_of(tray)
        around = self._around(height_mm)
        if not around:
            raise DeviceError(LIGHT_NOT_CALIBRATED, f"tray {tray} of {height_mm} mm")
        try:
            aims = self.optics.aims(self._beam(point, height_mm, around))
        except (DegenerateError, ZeroDivisionError):
            aims = ()
        if not aims:
            raise DeviceError(LIGHT_OUT_OF_REACH, f"x = {point.x_mm} mm, y = {point.y_mm} mm")
        near = [taught.aim for level in around for taught in level.taught]
        return min(aims, key=lambda aim: min(_way(aim, other) for other in near))

    def _around(self, height_mm: int) -> tuple[Level, ...]:
        """The level of this height, or those below and above it, or the nearest one."""
        below = [each for each in self.levels if each.height_mm <= height_mm]
        above = [each for each in self.levels if each.height_mm >= height_mm]
        if below and above:
            return (below[-1],) if below[-1] is above[0] else (below[-1], above[0])
        nearest = below[-1:] or above[:1]
        return tuple(each for each in nearest if abs(each.height_mm - height_mm) <= BEYOND_MM)

    def _beam(self, point: PointAt, height_mm: int, around: tuple[Level, ...]) -> Beam:
        beams = [_map_of(each.taught[:TO_FIT], self.optics).beam(point) for each in around]
        if len(beams) == 1:
            return beams[0]
        low_mm, high_mm = around[0].height_mm, around[1].height_mm
        part = (height_mm - low_mm) / (high_mm - low_mm)
        first, second = (self._even(beam) for beam in beams)
        return _combined((first, second, (0.0, 0.0, 0.0)), (1 - part, part, 0.0))

    def _even(self, beam: Beam) -> Beam:
        """Beams of one length, or plain numbers over 1, so that what lies between two of them does."""
        size = beam[2] if self.optics.kind == "units" else math.hypot(*beam)
        return beam[0] / size, beam[1] / size, beam[2] / size


def _offs_mm(taught: Sequence[Taught], optics: Optics) -> tuple[float, ...]:
    """Rounded up to a tenth: what is said is never better than what was measured. Raises DegenerateError."""
    made = _map_of(taught[:TO_FIT], optics)
    offs = (math.dist(made.place(optics.beam(each.aim)), _xy(each.point)) for each in taught[TO_FIT:])
    return tuple(math.ceil(off * 10) / 10 for off in offs)


def _map_of(fitted: Sequence[Taught], optics: Optics) -> _Map:
    beams = [optics.beam(each.aim) for each in fitted]
    across = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)) if optics.kind == "units" else _across(beams)
    if any(_inner(beam, across[2]) <= 0 for beam in beams):
        raise DegenerateError("points_twisted")
    pairs = [(_xy(each.point), _flat(across, beam)) for each, beam in zip(fitted, beams, strict=True)]
    flat = fit(pairs)
    if not same_side(flat.inverse(), [target for _, target in pairs]):
        raise DegenerateError("points_twisted")
    return _Map(flat, across)


def _across(beams: Sequence[Beam]) -> tuple[Beam, Beam, Beam]:
    """Two directions across the middle beam, and that one: a plane that all of them hit."""
    x, y, z = (sum(beam[axis] for beam in beams) for axis in range(3))
    size = math.hypot(x, y, z)
    if size < 1e-6:
        raise DegenerateError("points_twisted")
    middle = (x / size, y / size, z / size)
    other = (1.0, 0.0, 0.0) if abs(middle[0]) < 0.9 else (0.0, 1.0, 0.0)
    first = _cross(middle, other)
    length = math.hypot(*first)
    first = (first[0] / length, first[1] / length, first[2] / length)
    return first, _cross(middle, first), middle


def _flat(across: tuple[Beam, Beam, Beam], beam: Beam) -> Point:
    ahead = _inner(beam, across[2])
    if ahead <= 0:
        raise DegenerateError("points_twisted")
    return _inner(beam, across[0]) / ahead, _inner(beam, across[1]) / ahead


def _combined(of: tuple[Beam, Beam, Beam], by: tuple[float, float, float]) -> Beam:
    x, y, z = (sum(by[each] * of[each][axis] for each in range(3)) for axis in range(3))
    return x, y, z


def _inner(left: Beam, right: Beam) -> float:
    return left[0] * right[0] + left[1] * right[1] + left[2] * right[2]


def _cross(left: Beam, right: Beam) -> Beam:
    return (
        left[1] * right[2] - left[2] * right[1],
        left[2] * right[0] - left[0] * right[2],
        left[0] * right[1] - left[1] * right[0],
    )


def _xy(point: PointAt) -> Point:
    return float(point.x_mm), float(point.y_mm)


def _is_beside(check: Taught, fitted: Sequence[Taught]) -> bool:
    places = [_xy(each.point) for each in fitted]
    size = math.dist(
        (min(x for x, _ in places), min(y for _, y in places)), (max(x for x, _ in places), max(y for _, y in places))
    )
    return min(math.dist(_xy(check.point), place) for place in places) < LEAST_APART * size


def _way(left: Aim, right: Aim) -> int:
    return abs(left.pan - right.pan) + abs(left.tilt - right.tilt)
