"""The pointer's calibration survives in a file of its own."""

import json
import os
import stat

import pytest

from hardware.aiming.calibration import Calibration, Level, Taught
from hardware.aiming.optics import Optics
from hardware.values import Aim, PointAt
from station.calibration_file import FILE_NAME, CalibrationFileError, TaughtPointer, read_calibration, write_calibration

TAUGHT = tuple(Taught(PointAt(100 * number, number), Aim(1000 + number, 65535 - number)) for number in range(6))
LEVELS = tuple(Level(height_mm=height_mm, taught=TAUGHT, residual_mm=3.2, limit_mm=25.0) for height_mm in (0, 120))
OPTICS = Optics(kind="head", pan_deg=540, tilt_deg=230)
FULL = Calibration(optics=OPTICS, levels=LEVELS, tray_heights={4: 120, 12: 0}, usual_height_mm=80)


@pytest.fixture
def path(tmp_path):
    return tmp_path / FILE_NAME


def read(path):
    return read_calibration(path, OPTICS, usual_height_mm=80)


def test_what_was_taught_is_read_again(path):
    write_calibration(path, FULL)
    assert read(path) == FULL
    write_calibration(path, Calibration(levels=LEVELS[:1]))
    assert read(path) == Calibration(optics=OPTICS, levels=LEVELS[:1], usual_height_mm=80)
    assert [each.name for each in path.parent.iterdir()] == [FILE_NAME]


def test_nothing_taught_yet_is_no_error(path):
    assert read(path) == Calibration(optics=OPTICS, usual_height_mm=80)


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps such rights elsewhere")
def test_it_is_its_owners_alone_whatever_was_there(path):
    (path.parent / f"{path.name}.new").write_text("left by a kill")
    (path.parent / f"{path.name}.new").chmod(0o666)
    write_calibration(path, FULL)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_file_that_cannot_be_written_leaves_the_old_one(path):
    write_calibration(path, FULL)
    (path.parent / f"{path.name}.new").mkdir()
    with pytest.raises(OSError):  # noqa: PT011 (what it is depends on the system)
        write_calibration(path, Calibration())
    assert read(path) == FULL


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        "7",
        '{"version":2,"levels":[],"tray_heights":{}}',
        '{"version":1,"levels":[7],"tray_heights":{}}',
        "[" * 9000,
    ],
)
def test_another_file_is_refused(path, text):
    path.write_text(text)
    with pytest.raises(CalibrationFileError):
        read(path)


@pytest.mark.parametrize("taught", [[], [[0, 0, 1, 1]] * 5, [[0, 0, 1, 70000]] * 6, [[0, 0, -1, 1]] * 6, [["a", 0, 1, 1]] * 6])
def test_a_level_that_cannot_be_is_refused(path, taught):
    level = {"height_mm": 0, "residual_mm": 1, "limit_mm": 25, "taught": taught}
    path.write_text(json.dumps({"version": 1, "levels": [level], "tray_heights": {}}))
    with pytest.raises(CalibrationFileError, match="not a calibration"):
        read(path)


def test_a_saved_level_counts_from_the_next_place_on_and_one_that_was_not_saved_does_not(path):
    pointer = TaughtPointer(path, Calibration(optics=OPTICS))
    pointer.save(FULL)
    assert (pointer.calibration, read(path)) == (FULL, FULL)
    (path.parent / f"{path.name}.new").mkdir()
    with pytest.raises(OSError):  # noqa: PT011 (what it is depends on the system)
        pointer.save(Calibration())
    assert pointer.calibration == FULL
