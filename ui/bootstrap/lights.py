"""The lights of their own at the bay, by the settings: pointer and tote lamps. None is opened yet."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hardware.devices.dmx.driver import AimAt, DmxPointer
    from hardware.ports import AimedPointer, Pointer, ToteLights
    from station.calibration_file import TaughtPointer
    from station.settings import PointerSettings, ToteSettings

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class BayPointer:
    """The pointer of a bay. One that turns can be taught by a person: it is `teachable`, and aims by what it was `taught`."""

    pointer: Pointer | None = None
    teachable: AimedPointer | None = None
    taught: TaughtPointer | None = None


def pointer_of(settings: PointerSettings, directory: Path) -> BayPointer:
    """The light that these settings name; no pointer where the machine's own is used. Raises ConfigError."""
    match settings.protocol:
        case "dmx":
            taught = taught_of(settings, directory)
            turning = _dmx_pointer(settings, taught.aim_at)
            return BayPointer(turning, turning, taught)
        case "wled":
            return BayPointer(_wled_pointer(settings))
        case _:
            return BayPointer()


def taught_of(settings: PointerSettings, directory: Path) -> TaughtPointer:
    """What the pointer was taught in this store's directory. A file that cannot be read leaves it untaught: it stays dark (L302)
    and says so at work, which is no reason to keep a bay from starting. The next teaching puts that file aside."""
    from hardware.aiming.calibration import Calibration
    from hardware.aiming.optics import Optics
    from station.calibration_file import FILE_NAME, CalibrationFileError, TaughtPointer, read_calibration

    optics = Optics(kind=settings.optics, pan_deg=settings.pan_deg, tilt_deg=settings.tilt_deg)
    path = directory / FILE_NAME
    try:
        found = read_calibration(path, optics, usual_height_mm=settings.tray_height_mm)
    except CalibrationFileError as error:
        logger.warning("the pointer is not calibrated: %s", error)
        return TaughtPointer(path, Calibration(optics=optics, usual_height_mm=settings.tray_height_mm), is_foreign=True)
    return TaughtPointer(path, found)


def _dmx_pointer(settings: PointerSettings, aim_at: AimAt) -> DmxPointer:
    from hardware.config import ConfigError
    from hardware.devices.dmx.driver import DmxConfig, DmxPointer
    from hardware.devices.dmx.frames import Head
    from hardware.devices.dmx.layer import DmxTiming

    pairs = (each.split("=") for each in settings.fixed.replace(" ", "").split(",") if each)
    try:
        head = Head(
            address=settings.address,
            pan=settings.pan,
            pan_fine=settings.pan_fine,
            tilt=settings.tilt,
            tilt_fine=settings.tilt_fine,
            dimmer=settings.dimmer,
            shutter=settings.shutter,
            shutter_open=settings.shutter_open,
            shutter_closed=settings.shutter_closed,
            fixed={int(channel): int(value) for channel, value in pairs},
        )
    except ValueError as error:
        raise ConfigError("pointer", f"channels from {settings.address} on", str(error)) from error
    timing = DmxTiming(settle_s=settings.settle_s, refresh_hz=settings.refresh_hz)
    return DmxPointer(DmxConfig(url=settings.url, serial=settings.serial, head=head, timing=timing), aim_at)


def _wled_pointer(settings: PointerSettings) -> Pointer:
    from hardware.devices.wled.driver import WledConfig, WledPointer
    from hardware.devices.wled.strip import Strip

    strip = Strip(
        leds=settings.leds,
        length_mm=settings.length_mm,
        offset_mm=settings.offset_mm,
        is_reversed=settings.first_led == "right",
    )
    config = WledConfig(url=settings.url, leds=settings.leds, serial=settings.serial or "115200,8N1")
    return WledPointer(config, strip, spot_mm=settings.spot_mm)


def totes_of(settings: ToteSettings) -> ToteLights | None:
    """The lamps that these settings name; None where none are fitted. Raises ConfigError."""
    if not settings.url:
        return None
    lamps = [each.rpartition("=") for each in settings.lamps.split(",") if each]
    named = {name.strip(): where for name, _, where in lamps}
    return _wled_totes(settings, named) if settings.protocol == "wled" else _register_totes(settings, named)


def _wled_totes(settings: ToteSettings, named: dict[str, str]) -> ToteLights:
    from hardware.config import ConfigError
    from hardware.devices.wled.driver import WledConfig, WledToteLights
    from hardware.devices.wled.strip import LedRange

    lamps: dict[str, LedRange] = {}
    for name, leds in named.items():
        first, _, last = leds.partition("-")
        if not int(first) <= int(last or first) < settings.leds:
            raise ConfigError("totes.lamps", f"{name}={leds}", f"first and last LED of {settings.leds}, counted from 0")
        lamps[name] = LedRange(int(first), int(last or first) + 1)
    config = WledConfig(url=settings.url, leds=settings.leds, name="totes", serial=settings.serial or "115200,8N1")
    return WledToteLights(config, lamps)


def _register_totes(settings: ToteSettings, named: dict[str, str]) -> ToteLights:
    """Lamps on a Modbus line. `pick-iq` is a preset of docs/wire/register-lamps.md, not verified."""
    from hardware.config import ConfigError, PortConfig, parse_serial
    from hardware.devices.register_lamps.driver import RegisterToteLights
    from hardware.devices.register_lamps.lamps import PICK_IQ_REGISTER, LampRegisters, LampRow
    from hardware.modbus.layers import make_layer
    from hardware.modbus.register_line import RegisterLine
    from hardware.modbus.timing import ModbusTiming

    preset = PICK_IQ_REGISTER if settings.protocol == "pick-iq" else 0
    try:
        registers = LampRegisters(
            lamp=settings.register or preset,
            on=settings.lit,
            off=settings.dark,
            digits=settings.digits_register or None,
            key=settings.key_register or None,
            pressed=settings.key_pressed,
        )
        row = LampRow({name: int(unit) for name, unit in named.items()}, registers)
    except ValueError as error:
        raise ConfigError("totes", settings.lamps, str(error)) from error
    port = PortConfig(name="totes", url=settings.url, serial=parse_serial(settings.serial or "19200,8N1"))
    layer = make_layer(port, "auto", timing=ModbusTiming())
    return RegisterToteLights(row, lambda link_changed: RegisterLine(port, layer, link_changed=link_changed))
