"""`hardware.ports.Scanner` over the keys of one input device of Linux. The window never gets them, and they name their device."""

from __future__ import annotations

from collections.abc import Callable

from hardware.config import PortConfig, ScannerConfig
from hardware.devices.evdev_scanner.input_port import check_platform, open_input
from hardware.devices.evdev_scanner.layer import KeyLayer, TypedCode
from hardware.line_layer import Trouble
from hardware.ports import Unsubscribe
from hardware.scanner_events import ScannerEvents
from hardware.serial_link import LinkListener, SerialLink
from hardware.serial_port import Port
from hardware.values import Beep, LineHealth, ScannerEvent, WireFrame
from hardware.wire_log import ATTACHED_FRAMES

LEAST_SILENCE_S = 0.08  # scanners on radio leave up to 40 ms between two keys


class EvdevScanner:
    """A scanner that types. An open device is all that is known of it. Raises ConfigError on a system without such devices."""

    def __init__(self, config: ScannerConfig, *, opener: Callable[[PortConfig], Port] = open_input) -> None:
        check_platform(config.url)
        self.name = config.name
        self._events = ScannerEvents(config.name)
        listener: LinkListener[TypedCode] = LinkListener(self._opened, self._lost, self._read)
        layer = KeyLayer(idle_end_s=max(config.idle_end_s, LEAST_SILENCE_S))
        self._link = SerialLink(config.port, layer, listener=listener, hides_text=True, opener=opener)

    async def open(self) -> None:
        self._link.start()

    async def close(self) -> None:
        await self._link.close()

    def subscribe(self, listener: Callable[[ScannerEvent], None]) -> Unsubscribe:
        return self._events.subscribe(listener)

    def beep(self, kind: Beep) -> None:
        """A keyboard hears nothing."""

    def frames(self, most: int = ATTACHED_FRAMES) -> tuple[WireFrame, ...]:
        return self._link.frames(most)

    def health(self) -> LineHealth:
        return self._link.health()

    def _opened(self) -> None:
        self._events.link(is_up=True)

    def _lost(self, code: str, message: str) -> None:
        self._events.link(is_up=False, code=code)

    def _read(self, code: TypedCode | Trouble, at_s: float) -> None:
        if isinstance(code, TypedCode):
            self._events.read(code.text, at_s)
