"""The lights that settings name."""

from dataclasses import replace

import pytest

from hardware.aiming.calibration import Calibration, Taught, teach
from hardware.aiming.optics import Optics
from hardware.config import ConfigError
from hardware.devices.dmx.driver import DmxPointer
from hardware.devices.register_lamps.driver import RegisterToteLights
from hardware.devices.wled.driver import WledPointer, WledToteLights
from hardware.errors import DeviceError
from hardware.values import Aim, PointAt
from station.calibration_file import FILE_NAME
from station.settings import PointerSettings, ToteSettings
from ui.bootstrap.lights import BayPointer, pointer_of, taught_of, totes_of

DMX = PointerSettings(protocol="dmx", url="/dev/ttyUSB2")
TOTES = ToteSettings(url="udp://10.0.0.9:21324", lamps="T1=0-9,Line 2=10-19")


def test_the_machines_own_pointer_needs_no_light(tmp_path):
    assert pointer_of(PointerSettings(), tmp_path) == BayPointer()
    assert totes_of(ToteSettings()) is None


def test_each_protocol_has_its_driver(tmp_path):
    turning, strip = pointer_of(DMX, tmp_path), pointer_of(replace(DMX, protocol="wled"), tmp_path)
    assert isinstance(turning.pointer, DmxPointer)
    assert turning.teachable is turning.pointer
    assert isinstance(strip.pointer, WledPointer)
    assert (strip.teachable, strip.taught) == (None, None)
    totes = totes_of(TOTES)
    assert isinstance(totes, WledToteLights)
    assert {name: (leds.start, leds.stop) for name, leds in totes._lamps.items()} == {"T1": (0, 10), "Line 2": (10, 20)}


@pytest.mark.parametrize(
    "wrong", [{"url": ""}, {"pan": 6}, {"dimmer": 0}, {"address": 512}, {"fixed": "1=7"}, {"fixed": "9=999"}]
)
def test_a_pointer_that_cannot_be_is_refused_with_what_is_wrong(tmp_path, wrong):
    with pytest.raises(ConfigError):
        pointer_of(replace(DMX, **wrong), tmp_path)


def test_what_is_taught_while_it_runs_is_where_it_points_from_then_on(tmp_path):
    at_bay = pointer_of(DMX, tmp_path)
    corners = ((0, 0), (1000, 0), (1000, 600), (0, 600), (300, 300), (700, 300))
    optics = Optics(kind="units")
    six = [Taught(PointAt(x, y), Aim(20_000 + 10 * x, 30_000 + 10 * y)) for x, y in corners]
    level = teach(0, six, optics, limit_mm=20)
    at_bay.taught.save(Calibration(optics=optics).with_level(level, tray=4))
    assert at_bay.pointer._aim_at(PointAt(500, 300), 4) == Aim(25_000, 33_000)


@pytest.mark.parametrize("lamps", ["T1=9-0", "T1=0-150"])
def test_a_lamp_beyond_its_strip_is_refused(lamps):
    with pytest.raises(ConfigError, match=r"totes\.lamps"):
        totes_of(replace(TOTES, lamps=lamps))


def test_a_calibration_that_cannot_be_read_leaves_the_pointer_untaught(tmp_path, expect_log):
    expect_log("the pointer is not calibrated")
    (tmp_path / FILE_NAME).write_text("not ours")
    taught = taught_of(DMX, tmp_path)
    with pytest.raises(DeviceError, match="L302"):
        taught.aim_at(PointAt(1, 1), 4)


def test_a_calibration_that_cannot_be_read_is_put_aside_and_not_written_over(tmp_path, expect_log):
    expect_log("the pointer is not calibrated")
    newer = '{"version": 2, "levels": ["of a newer program"]}'
    (tmp_path / FILE_NAME).write_text(newer)
    (tmp_path / f"{FILE_NAME}.kept-1").write_text("of the time before")
    taught = taught_of(DMX, tmp_path)
    assert (tmp_path / FILE_NAME).read_text() == newer, "nothing was taught yet"
    taught.save(taught.calibration)
    taught.save(taught.calibration)
    assert (tmp_path / f"{FILE_NAME}.kept-2").read_text() == newer
    assert (tmp_path / f"{FILE_NAME}.kept-1").read_text() == "of the time before"
    assert sorted(each.name for each in tmp_path.iterdir()) == [FILE_NAME, f"{FILE_NAME}.kept-1", f"{FILE_NAME}.kept-2"]
    assert taught_of(DMX, tmp_path).calibration == taught.calibration


def test_lamps_behind_registers_have_a_unit_each():
    settings = ToteSettings(protocol="register", url="socket://10.0.0.8:502", lamps="T1=3,T2=4", register=10, digits_register=11)
    totes = totes_of(settings)
    assert isinstance(totes, RegisterToteLights)
    assert [(ask.unit, ask.request.address) for unit in (3, 4) for ask in totes._row.writes(unit)] == [(3, 10), (4, 10)]


def test_the_preset_that_nobody_has_verified_can_be_overridden():
    settings = ToteSettings(protocol="pick-iq", url="/dev/ttyUSB5", lamps="T1=3")
    assert totes_of(settings)._row.writes(3)[0].request.address == 6000
    assert totes_of(replace(settings, register=7))._row.writes(3)[0].request.address == 7


@pytest.mark.parametrize("wrong", [{"lamps": ""}, {"lamps": "T1=3,T2=3"}, {"lamps": "T1=3-4"}, {"lit": 0}, {"serial": "fast"}])
def test_registers_that_cannot_be_are_refused(wrong):
    with pytest.raises(ConfigError):
        totes_of(replace(ToteSettings(protocol="register", url="/dev/ttyUSB5", lamps="T1=3"), **wrong))
