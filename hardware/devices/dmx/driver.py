"""`hardware.ports.AimedPointer` over DMX: places in mm become pan and tilt by a calibration that is handed in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from hardware.config import PortConfig, parse_serial
from hardware.devices.dmx.frames import Head
from hardware.devices.dmx.layer import DmxLayer, DmxTiming, order
from hardware.errors import DeviceError
from hardware.light_line import DARK, LightLine, MakeLink
from hardware.ports import Unsubscribe
from hardware.serial_link import SerialLink
from hardware.values import Aim, LightLink, LineHealth, PointAt, WireFrame
from hardware.wire_log import ATTACHED_FRAMES

AimAt = Callable[[PointAt, int], Aim]
"""Where to aim for a place on a tray. Raises DeviceError L301 or L302."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DmxConfig:
    """One head behind one interface. The speed of its port means nothing (USB)."""

    url: str
    name: str = "pointer"
    serial: str = ""
    head: Head = field(default_factory=Head)
    timing: DmxTiming = field(default_factory=DmxTiming)

    @property
    def port(self) -> PortConfig:
        return PortConfig(name=self.name, url=self.url, serial=parse_serial(self.serial))


class DmxPointer:
    """A light that turns. Dark from the start, while it moves, and whenever its place cannot be reached."""

    def __init__(self, config: DmxConfig, aim_at: AimAt, *, make_link: MakeLink | None = None) -> None:
        layer = DmxLayer(config.head, config.timing)
        self._line = LightLine("pointer", make_link or (lambda heard: SerialLink(config.port, layer, listener=heard)))
        self._aim_at = aim_at

    async def open(self) -> None:
        await self._line.open()

    async def close(self) -> None:
        await self._line.close()

    async def point_at(self, point: PointAt, *, tray: int) -> None:
        try:
            aim = self._aim_at(point, tray)
        except DeviceError:
            await self.dark()
            raise
        await self.aim_at(aim)

    async def aim_at(self, aim: Aim) -> None:
        await self._line.show(order(aim))

    async def dark(self) -> None:
        await self._line.show(DARK)

    def subscribe(self, listener: Callable[[LightLink], None]) -> Unsubscribe:
        return self._line.subscribe(listener)

    def frames(self, most: int = ATTACHED_FRAMES) -> tuple[WireFrame, ...]:
        return self._line.frames(most)

    def health(self) -> LineHealth:
        return self._line.health()
