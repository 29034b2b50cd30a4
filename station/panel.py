"""Carries out what the machine panel asks: reads the devices' figures, writes a flight recorder, asks the machine how it is."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path

from hardware.errors import DeviceError
from hardware.ports import Lift
from station.core.inputs import DevicesRead, FramesExported, Input, StatusAnswered
from station.devices import Device, Devices
from station.runner.parts import Parts

logger = logging.getLogger(__name__)


class Panel:
    """Of one station. `read` is called on the event loop and waits for nothing, `export` on a reader thread."""

    def __init__(self, lifts: Mapping[str, Lift], devices: Devices) -> None:
        self._lifts = lifts
        self._devices = devices

    def read(self, device: str) -> Input:
        return DevicesRead(devices=self._devices.states(), device=device, frames=self._devices.frames(device))

    def export(self, device: str) -> Input:
        try:
            path: Path | None = self._devices.export(device)
        except OSError as error:
            logger.warning("the recorder of %s was not written: %s", device, error)
            return FramesExported("", str(error.strerror or error))
        return FramesExported(str(path or ""))

    async def status(self, opening: str = "", *, is_by_hand: bool = True) -> Input:
        """Ask the machine, of several lifts that of this opening; it moves nothing. `is_by_hand` goes into the answer."""
        lift = self._lifts[opening]
        try:
            status = await lift.status()
        except DeviceError as error:
            return StatusAnswered(is_ready=False, code=error.code, is_by_hand=is_by_hand)
        names = lift.reports_tray and status.is_tray_known and not status.is_moving
        code = status.safety_code or status.code
        tray = status.tray if names else None
        return StatusAnswered(is_ready=status.ready, tray=tray, names_tray=names, code=code, is_by_hand=is_by_hand)


def panel_of(parts: Parts) -> Panel:
    """The panel of these parts."""
    lifts = {"": parts.lift, **{each.opening: each.lift for each in parts.lifts}}
    return Panel(lifts, devices_of(parts))


def devices_of(parts: Parts) -> Devices:
    """Every device on a line of its own, the machine first."""
    scanners = tuple(Device(each.name, "scanner", each) for each in parts.scanners)
    display = (Device("display", "display", parts.display),) if parts.display is not None else ()
    lights = tuple(Device(name, name, each) for name, each in (("pointer", parts.pointer), ("totes", parts.totes)) if each)
    scale = (Device("scale", "scale", parts.scale),) if parts.scale is not None else ()
    beside = tuple(Device(f"{parts.machine} {each.opening}", "machine", each.lift) for each in parts.beside)
    fitted = (Device(parts.machine, "machine", parts.lift), *beside, *scanners, *display, *lights, *scale)
    return Devices(fitted, parts.recordings, mono_s=parts.mono_s, utc=parts.utc)
