"""Calibration against heads that are computed: what is taught well is aimed at well, and what is taught badly is refused."""

from __future__ import annotations

import contextlib
import math
from dataclasses import dataclass, replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from hardware.aiming.calibration import Calibration, Level, Refused, Taught, teach
from hardware.aiming.homography import DegenerateError, Homography, fit, same_side
from hardware.aiming.optics import Optics
from hardware.errors import DeviceError
from hardware.values import Aim, PointAt

WIDTH_MM, DEPTH_MM = 2500, 800
CORNERS = (PointAt(100, 100), PointAt(2400, 100), PointAt(2400, 700), PointAt(100, 700))
CHECKS = (PointAt(800, 300), PointAt(1700, 550))
GRID = [PointAt(x, y) for x in range(0, WIDTH_MM + 1, 250) for y in range(0, DEPTH_MM + 1, 200)]
MIRRORS = Optics(kind="mirrors", pan_deg=120, tilt_deg=120)
HEAD = Optics(kind="head", pan_deg=540, tilt_deg=270)


@dataclass(frozen=True)
class Mounted:
    """A pointer above the tray's plane (z = 0), turned by three angles: the ground truth, without our calibration."""

    optics: Optics
    x_mm: float = 1250
    y_mm: float = -200
    z_mm: float = 2000
    turns: tuple[float, float, float] = (0.0, 0.1, 0.05)

    def aim(self, point: PointAt, height_mm: int = 0) -> Aim:
        """How it must aim to light this place."""
        ray = self._turned((point.x_mm - self.x_mm, point.y_mm - self.y_mm, self.z_mm - height_mm))
        x, y, z = ray
        if self.optics.kind == "mirrors":
            pan, tilt = math.atan2(x, z), math.atan2(y, math.hypot(x, z))
        else:
            pan, tilt = math.atan2(y, x), math.atan2(math.hypot(x, y), z)
        return Aim(self._units(pan, self.optics.pan_deg), self._units(tilt, self.optics.tilt_deg))

    def off_mm(self, aim: Aim, point: PointAt, height_mm: int = 0) -> float:
        """How far from the place the light would be, to the rounding of the units."""
        truth = self.aim(point, height_mm)
        angle = math.acos(max(-1.0, min(1.0, sum(a * b for a, b in zip(self._ray(aim), self._ray(truth), strict=True)))))
        return angle * math.dist((point.x_mm, point.y_mm, height_mm), (self.x_mm, self.y_mm, self.z_mm))

    def _ray(self, aim: Aim) -> tuple[float, float, float]:
        pan = math.radians((aim.pan - 0x8000) / 65535 * self.optics.pan_deg)
        tilt = math.radians((aim.tilt - 0x8000) / 65535 * self.optics.tilt_deg)
        if self.optics.kind == "mirrors":
            return math.sin(pan) * math.cos(tilt), math.sin(tilt), math.cos(pan) * math.cos(tilt)
        return math.sin(tilt) * math.cos(pan), math.sin(tilt) * math.sin(pan), math.cos(tilt)

    def _turned(self, ray: tuple[float, float, float]) -> tuple[float, float, float]:
        x, y, z = ray
        a, b, c = self.turns
        x, y = x * math.cos(a) - y * math.sin(a), x * math.sin(a) + y * math.cos(a)
        y, z = y * math.cos(b) - z * math.sin(b), y * math.sin(b) + z * math.cos(b)
        return x * math.cos(c) + z * math.sin(c), y, z * math.cos(c) - x * math.sin(c)

    @staticmethod
    def _units(angle: float, range_deg: float) -> int:
        return round(0x8000 + math.degrees(angle) / range_deg * 65535)


def taught_by(pointer: Mounted, height_mm: int = 0) -> list[Taught]:
    return [Taught(point, pointer.aim(point, height_mm)) for point in (*CORNERS, *CHECKS)]


def calibrated(pointer: Mounted, *heights_mm: int, optics: Optics | None = None) -> Calibration:
    made = Calibration(optics=optics or pointer.optics, usual_height_mm=heights_mm[0])
    for height_mm in heights_mm:
        level = teach(height_mm, taught_by(pointer, height_mm), made.optics, limit_mm=10)
        assert isinstance(level, Level), level
        made = made.with_level(level, tray=height_mm)
    return made


# --- the map -----------------------------------------------------------------------------------------------------------


def test_a_map_that_is_known_by_hand() -> None:
    """The unit square seen from aside: (x, y) -> (x, y) / (1 + y / 2)."""
    square = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]
    seen = [(0.0, 0.0), (1.0, 0.0), (2 / 3, 2 / 3), (0.0, 2 / 3)]
    found = fit(list(zip(square, seen, strict=True)))
    assert found.at((0.5, 0.5)) == pytest.approx((0.4, 0.4))
    assert found.inverse().at((0.4, 0.4)) == pytest.approx((0.5, 0.5))


@given(rows=st.lists(st.floats(-1, 1), min_size=8, max_size=8), x=st.floats(0, 2500), y=st.floats(0, 800))
def test_any_map_is_found_again_from_four_of_its_pairs(rows: list[float], x: float, y: float) -> None:
    a, b, c, d, e, f, g, h = rows
    truth = Homography(((1 + a / 2, b / 2, 100 * c), (d / 2, 1 + e / 2, 100 * f), (g / 8000, h / 8000, 1.0)))
    sources = [(0.0, 0.0), (2500.0, 0.0), (2500.0, 800.0), (0.0, 800.0)]
    assume(same_side(truth, sources))
    try:
        found = fit([(each, truth.at(each)) for each in sources])
    except DegenerateError:
        assume(False)
    assert found.at((x, y)) == pytest.approx(truth.at((x, y)), abs=0.01, rel=1e-4)


@pytest.mark.parametrize(
    "sources",
    [
        [(0, 0), (1, 0), (2, 0), (0, 5)],
        [(0, 0), (1, 1), (2, 2), (3, 3)],
        [(0, 0), (0, 0), (1, 0), (0, 1)],
        [(7, 7)] * 4,
    ],
)
def test_points_in_a_line_or_twice_make_no_map(sources: list[tuple[float, float]]) -> None:
    square = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]
    for pairs in (zip(sources, square, strict=True), zip(square, sources, strict=True)):
        with pytest.raises(DegenerateError, match="points_in_line"):
            fit(list(pairs))


@pytest.mark.parametrize(
    "seen",
    [
        [(0.0, 0.0), (1.0, 1.0), (1.0, 0.0), (0.0, 1.0)],
        [(0.0, 0.0), (1.0, 1.3), (1.5, 0.2), (0.1, 1.0)],
        [(0.0, 0.0), (2.0, 0.3), (0.1, 1.1), (1.7, 1.9)],
    ],
)
def test_two_points_that_were_mistaken_for_each_other_make_no_map(seen: list[tuple[float, float]]) -> None:
    square = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]
    with pytest.raises(DegenerateError, match="points_twisted"):
        fit(list(zip(square, seen, strict=True)))


# --- optics --------------------------------------------------------------------------------------------------------------


@given(pan=st.integers(0, 65535), tilt=st.integers(0, 65535), kind=st.sampled_from(["units", "mirrors", "head"]))
def test_an_aim_is_among_those_of_its_beam(pan: int, tilt: int, kind: str) -> None:
    optics = Optics(kind=kind, pan_deg=540 if kind == "head" else 160, tilt_deg=270 if kind == "head" else 160)
    beam = optics.beam(Aim(pan, tilt))
    near = [aim for aim in optics.aims(beam) if math.dist(optics.beam(aim), beam) < (2 if kind == "units" else 0.0002)]
    assert len(near) == len(optics.aims(beam)) > 0


@pytest.mark.parametrize("wrong", [{"kind": "periscope"}, {"pan_deg": 0}, {"tilt_deg": -3}])
def test_optics_that_cannot_be_are_refused(wrong: dict) -> None:
    with pytest.raises(ValueError, match="no optics"):
        Optics(**wrong)


# --- calibration ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "pointer",
    [
        Mounted(MIRRORS),
        Mounted(MIRRORS, x_mm=200, y_mm=-600, turns=(0.3, 0.2, 0.3)),
        Mounted(HEAD),
        Mounted(HEAD, turns=(0.2, 1.4, 0.1)),  # mounted on its side: the tray lies near tilt 90 degrees
        Mounted(HEAD, x_mm=1250, y_mm=400, turns=(0, 0, 0)),  # straight above the tray, where pan is anything
    ],
)
def test_what_was_taught_at_four_places_is_right_on_the_whole_tray(pointer: Mounted) -> None:
    made = calibrated(pointer, 0)
    assert made.levels[0].residual_mm < 3
    assert max(pointer.off_mm(made.aim_at(point, 0), point) for point in GRID) < 3


def test_plain_units_are_refused_on_a_wide_tray_and_taken_on_a_narrow_one() -> None:
    pointer = Mounted(MIRRORS, y_mm=400)
    wide = teach(0, taught_by(pointer), Optics(), limit_mm=25)
    assert isinstance(wide, Refused)
    assert (wide.why, 25 < wide.residual_mm < 80) == ("out_of_limit", True)
    near = [PointAt(900 + point.x_mm // 5, point.y_mm // 2) for point in (*CORNERS, *CHECKS)]
    narrow = teach(0, [Taught(point, pointer.aim(point)) for point in near], Optics(), limit_mm=25)
    assert isinstance(narrow, Level)
    made = Calibration(levels=(narrow,))
    assert max(pointer.off_mm(made.aim_at(point, 1), point) for point in near) < 5


@pytest.mark.parametrize("moved", range(6))
def test_one_badly_taught_place_is_refused_whichever_it_is(moved: int) -> None:
    pointer = Mounted(HEAD)
    taught = taught_by(pointer)
    slipped = PointAt(taught[moved].point.x_mm + 90, taught[moved].point.y_mm + 60)
    taught[moved] = Taught(taught[moved].point, pointer.aim(slipped))
    refused = teach(0, taught, HEAD, limit_mm=25)
    assert isinstance(refused, Refused)
    assert refused.why == "out_of_limit"
    assert refused.residual_mm > 25


def test_the_residual_is_the_distance_on_the_tray_in_mm() -> None:
    pointer = Mounted(MIRRORS)
    taught = taught_by(pointer)
    taught[5] = Taught(taught[5].point, pointer.aim(PointAt(taught[5].point.x_mm + 30, taught[5].point.y_mm + 40)))
    level = teach(0, taught, MIRRORS, limit_mm=60)
    assert isinstance(level, Level)
    assert level.residual_mm == pytest.approx(50, abs=1.5)
    exact = teach(0, taught, MIRRORS, limit_mm=level.residual_mm)
    assert isinstance(exact, Level)
    assert teach(0, taught, MIRRORS, limit_mm=level.residual_mm - 0.1) == Refused("out_of_limit", level.residual_mm)


def test_wrong_ranges_of_the_axes_are_found_by_the_check() -> None:
    refused = teach(0, taught_by(Mounted(HEAD)), replace(HEAD, tilt_deg=190), limit_mm=25)
    assert isinstance(refused, Refused)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda taught: taught[:5], "points_missing"),
        (lambda taught: [*taught[:5], replace(taught[5], point=PointAt(105, 105))], "points_too_close"),
        (lambda taught: [taught[0], taught[0], *taught[2:]], "points_in_line"),
        (lambda taught: [replace(taught[0], aim=taught[2].aim), *taught[1:]], "points_in_line"),
        (lambda taught: [taught[0], replace(taught[1], aim=taught[2].aim), replace(taught[2], aim=taught[1].aim), *taught[3:]],
         "points_twisted"),
    ],
)  # fmt: skip
def test_points_that_make_no_map_are_named(change: object, why: str) -> None:
    refused = teach(0, change(taught_by(Mounted(MIRRORS))), MIRRORS, limit_mm=25)
    assert isinstance(refused, Refused)
    assert refused.why == why


@pytest.mark.parametrize("optics", [MIRRORS, HEAD])
def test_a_height_between_two_taught_ones_is_aimed_at_between_them(optics: Optics) -> None:
    pointer = Mounted(optics)
    made = replace(calibrated(pointer, 0, 300), tray_heights={7: 120})
    assert max(pointer.off_mm(made.aim_at(point, 7), point, 120) for point in GRID) < 8
    assert max(pointer.off_mm(made.aim_at(point, 7), point, 0) for point in GRID) > 40  # the height matters


@pytest.mark.parametrize(
    ("height_mm", "is_known"), [(0, True), (300, True), (-25, True), (325, True), (-26, False), (326, False)]
)
def test_a_height_far_from_all_taught_ones_is_not_guessed(height_mm: int, is_known: bool) -> None:
    made = replace(calibrated(Mounted(HEAD), 0, 300), tray_heights={7: height_mm})
    if is_known:
        made.aim_at(PointAt(500, 500), 7)
    else:
        with pytest.raises(DeviceError, match="L302"):
            made.aim_at(PointAt(500, 500), 7)


def test_without_any_level_and_out_of_reach_are_told_apart() -> None:
    with pytest.raises(DeviceError, match="L302"):
        Calibration().aim_at(PointAt(1, 1), 1)
    narrow = replace(MIRRORS, pan_deg=70)  # 35 degrees to each side
    made = calibrated(Mounted(narrow, turns=(0, 0.1, 0)), 0, optics=narrow)
    made.aim_at(PointAt(2400, 400), 0)
    with pytest.raises(DeviceError, match="L301"):
        made.aim_at(PointAt(4200, 400), 0)


def test_a_height_taught_again_replaces_the_old_one() -> None:
    made = calibrated(Mounted(HEAD), 0, 300)
    level = replace(made.levels[1], residual_mm=9.9)
    after = made.with_level(level, tray=12)
    assert after.levels == (made.levels[0], level)
    assert (after.height_of(12), after.height_of(99)) == (300, 0)


@settings(max_examples=60, deadline=None)
@given(
    aims=st.lists(st.builds(Aim, st.integers(0, 65535), st.integers(0, 65535)), min_size=6, max_size=6),
    points=st.lists(st.builds(PointAt, st.integers(0, 3000), st.integers(0, 900)), min_size=6, max_size=6),
    kind=st.sampled_from(["units", "mirrors", "head"]),
    point=st.builds(PointAt, st.integers(-500, 4000), st.integers(-500, 2000)),
)
def test_nothing_that_is_taught_breaks_it(aims: list[Aim], points: list[PointAt], kind: str, point: PointAt) -> None:
    taught = [Taught(*each) for each in zip(points, aims, strict=True)]
    level = teach(0, taught, Optics(kind=kind), limit_mm=1e9)
    if isinstance(level, Level):
        made = Calibration(optics=Optics(kind=kind), levels=(level,))
        with contextlib.suppress(OutOfReachError):
            aim = aimed(made, point)
            assert 0 <= aim.pan <= 65535
            assert 0 <= aim.tilt <= 65535


class OutOfReachError(Exception):
    """L301, and nothing else."""


def aimed(made: Calibration, point: PointAt) -> Aim:
    try:
        return made.aim_at(point, 1)
    except DeviceError as error:
        raise (OutOfReachError if error.code == "L301" else error) from error
