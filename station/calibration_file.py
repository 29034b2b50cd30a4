"""The pointer's calibration in a file of the data directory: `pointer.json`, for its owner alone, replaced in one step.

What was taught is kept, not what was computed from it, so that a better computation needs no new teaching. It is no part of the
record: what a light is taught moves no stock.
"""

from __future__ import annotations

import json
import os
from itertools import count
from pathlib import Path
from typing import Any

from db.private import make_private
from hardware.aiming.calibration import TO_CHECK, TO_FIT, Calibration, Level, Taught
from hardware.aiming.optics import MOST, Optics
from hardware.values import Aim, PointAt

FILE_NAME = "pointer.json"
VERSION = 1


class CalibrationFileError(Exception):
    """The file cannot be read, or is none of ours."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path}: {why}")
        self.path = path
        self.why = why


class TaughtPointer:
    """What a pointer was taught, as it is now: a level that is saved counts from the next place on. `is_foreign`: what lies in
    the file could not be read, perhaps because a newer program wrote it; the first save puts that aside."""

    def __init__(self, path: Path, calibration: Calibration, *, is_foreign: bool = False) -> None:
        self._path = path
        self._is_foreign = is_foreign
        self.calibration = calibration

    def aim_at(self, point: PointAt, tray: int) -> Aim:
        """Raises DeviceError L301 or L302."""
        return self.calibration.aim_at(point, tray)

    def save(self, calibration: Calibration) -> None:
        """Write it down, then aim by it. Blocks for the disk. Raises OSError, and then aims as before."""
        write_calibration(self._path, calibration, keeps_old=self._is_foreign)
        self._is_foreign = False
        self.calibration = calibration


def read_calibration(path: Path, optics: Optics, *, usual_height_mm: int) -> Calibration:
    """What was taught; nothing yet when there is no file. Optics and the usual height are settings. Raises CalibrationFileError.

    What was taught with other optics is good with these too: it is aims and places."""
    try:
        body = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Calibration(optics=optics, usual_height_mm=usual_height_mm)
    except (OSError, ValueError, RecursionError) as error:
        raise CalibrationFileError(path, str(error)) from error
    try:
        if body["version"] != VERSION:
            raise CalibrationFileError(path, f"version {body['version']!r}, and this program knows {VERSION}")
        levels = tuple(sorted((_level(each) for each in body["levels"]), key=lambda each: each.height_mm))
        heights = {int(tray): int(height_mm) for tray, height_mm in body["tray_heights"].items()}
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise CalibrationFileError(path, f"not a calibration: {error}") from error
    return Calibration(optics=optics, levels=levels, tray_heights=heights, usual_height_mm=usual_height_mm)


def write_calibration(path: Path, calibration: Calibration, *, keeps_old: bool = False) -> None:
    """A kill leaves the old file or the new one; with `keeps_old` the old one is put aside, under a name that nothing has yet.
    Blocks for the disk. Raises OSError."""
    body = {
        "version": VERSION,
        "levels": [_level_body(level) for level in calibration.levels],
        "tray_heights": {str(tray): height_mm for tray, height_mm in sorted(calibration.tray_heights.items())},
    }
    beside = path.with_name(f"{path.name}.new")
    beside.unlink(missing_ok=True)
    make_private(beside)
    with beside.open("w", encoding="utf-8") as file:
        file.write(json.dumps(body, indent=1) + "\n")
        file.flush()
        os.fsync(file.fileno())
    if keeps_old and path.exists():
        os.link(path, _free_name(path))  # not moved: the file is there under its own name at every moment
    beside.replace(path)


def _free_name(path: Path) -> Path:
    """`pointer.json.kept-1`, or the next number."""
    names = (path.with_name(f"{path.name}.kept-{number}") for number in count(1))
    return next(each for each in names if not each.exists())


def _level_body(level: Level) -> dict[str, Any]:
    return {
        "height_mm": level.height_mm,
        "residual_mm": level.residual_mm,
        "limit_mm": level.limit_mm,
        "taught": [[each.point.x_mm, each.point.y_mm, each.aim.pan, each.aim.tilt] for each in level.taught],
    }


def _level(body: dict[str, Any]) -> Level:
    taught = tuple(Taught(PointAt(int(x), int(y)), Aim(int(pan), int(tilt))) for x, y, pan, tilt in body["taught"])
    if len(taught) != TO_FIT + TO_CHECK or not all(
        0 <= units <= MOST for each in taught for units in (each.aim.pan, each.aim.tilt)
    ):
        raise ValueError("a level has six places, taught within the pointer's range")
    return Level(
        height_mm=int(body["height_mm"]),
        taught=taught,
        residual_mm=float(body["residual_mm"]),
        limit_mm=float(body["limit_mm"]),
    )
