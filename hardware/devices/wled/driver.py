"""`hardware.ports.Pointer` and `hardware.ports.ToteLights` over WLED: one strip, on a serial line or by UDP."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from hardware.config import PortConfig, parse_serial
from hardware.devices.wled import frames
from hardware.devices.wled.layers import JsonLayer, RealtimeLayer
from hardware.devices.wled.strip import DARK as BLACK
from hardware.devices.wled.strip import GREEN, Colour, LedRange, Strip, colours_of
from hardware.errors import LIGHT_NOT_FITTED, LIGHT_OUT_OF_REACH, DeviceError
from hardware.light_line import DARK, LightLine, MakeLink
from hardware.ports import Unsubscribe
from hardware.serial_link import SerialLink
from hardware.udp_port import open_udp_port
from hardware.values import LightLink, LineHealth, PointAt, WireFrame
from hardware.wire_log import ATTACHED_FRAMES

UDP = "udp://"
SELF_TEST_S = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class WledConfig:
    """One strip of `leds`. `url` is a serial port, or `udp://host:21324`."""

    url: str
    leds: int
    name: str = "pointer"
    serial: str = "115200,8N1"
    colour: Colour = GREEN

    @property
    def port(self) -> PortConfig:
        return PortConfig(name=self.name, url=self.url, serial=parse_serial(self.serial))

    @property
    def is_udp(self) -> bool:
        return self.url.lower().startswith(UDP)


def _make_link(config: WledConfig) -> MakeLink:
    if config.is_udp:
        layer = RealtimeLayer(config.leds)
        return lambda heard: SerialLink(config.port, layer, listener=heard, opener=open_udp_port)
    return lambda heard: SerialLink(config.port, JsonLayer(), listener=heard)


class _WledStrip:
    """A strip that shows ranges of LEDs in colours. The segments of the serial line are numbered as `parts` are."""

    def __init__(self, light: str, config: WledConfig, make_link: MakeLink | None) -> None:
        self._config = config
        self._line = LightLine(light, make_link or _make_link(config))

    async def open(self) -> None:
        await self._line.open()

    async def close(self) -> None:
        await self._line.close()

    async def dark(self) -> None:
        await self._line.show(DARK)

    def subscribe(self, listener: Callable[[LightLink], None]) -> Unsubscribe:
        return self._line.subscribe(listener)

    def frames(self, most: int = ATTACHED_FRAMES) -> tuple[WireFrame, ...]:
        return self._line.frames(most)

    def health(self) -> LineHealth:
        return self._line.health()

    async def _show(self, parts: Mapping[int, tuple[LedRange, Colour]]) -> None:
        if self._config.is_udp:
            colours = colours_of(self._config.leds, dict(parts.values()))
            await self._line.show(b"".join(bytes(colour) for colour in colours))
        else:
            await self._line.show(frames.light_json(parts))


class WledPointer(_WledStrip):
    """The x position of a place as a range of LEDs along the tray."""

    def __init__(self, config: WledConfig, strip: Strip, *, spot_mm: float = 60, make_link: MakeLink | None = None) -> None:
        super().__init__("pointer", config, make_link)
        self._strip = strip
        self._spot_mm = spot_mm

    async def point_at(self, point: PointAt, *, tray: int) -> None:
        leds = self._strip.around(point.x_mm, width_mm=self._spot_mm)
        if leds is None:
            await self.dark()
            raise DeviceError(LIGHT_OUT_OF_REACH, f"x = {point.x_mm} mm lies beside the strip")
        await self._show({0: (leds, self._config.colour)})


class WledToteLights(_WledStrip):
    """A row of totes, each over its range of LEDs. A lamp has no digits and no key: the quantity is not shown."""

    def __init__(self, config: WledConfig, lamps: Mapping[str, LedRange], *, make_link: MakeLink | None = None) -> None:
        super().__init__("totes", dataclasses.replace(config), make_link)
        self._lamps = dict(lamps)
        self._lit: set[str] = set()

    async def show(self, lit: Mapping[str, str]) -> None:
        self._lit = set(lit) & set(self._lamps)
        if self._lit:
            await self._show_only(self._lit)
        else:
            await super().dark()
        unknown = sorted(set(lit) - set(self._lamps))
        if unknown:
            raise DeviceError(LIGHT_NOT_FITTED, f"no lamp for {', '.join(unknown)}")

    async def dark(self) -> None:
        self._lit = set()
        await super().dark()

    async def self_test(self, *, for_s: float = SELF_TEST_S) -> None:
        before = self._lit
        await self._show_only(set(self._lamps))
        await asyncio.sleep(for_s)
        if before:
            await self._show_only(before)
        else:
            await super().dark()

    async def _show_only(self, positions: set[str]) -> None:
        """Every lamp is told, the dark ones black: on the serial line a segment that is not told keeps its colour."""
        colour = self._config.colour
        lamps = enumerate(self._lamps.items())
        await self._show({number: (leds, colour if name in positions else BLACK) for number, (name, leds) in lamps})
