"""`hardware.ports.Scanner` over a line of text. Silence is timed in the port's thread, so a busy window splits no code."""

from __future__ import annotations

from collections.abc import Callable

from hardware.config import ScannerConfig
from hardware.devices.serial_scanner.framing import CodeFramer
from hardware.line_layer import Step, Trouble
from hardware.ports import Unsubscribe
from hardware.scanner_events import ScannerEvents, text_of
from hardware.serial_link import Link, LinkListener, SerialLink
from hardware.values import Beep, LineHealth, ScannerEvent, WireFrame
from hardware.wire_log import ATTACHED_FRAMES


class CodeLayer:
    """`hardware.line_layer.LineLayer` of codes; nothing is sent to a plain scanner."""

    def __init__(self, *, idle_end_s: float) -> None:
        self._framer = CodeFramer(idle_end_s=idle_end_s)

    @property
    def due_s(self) -> float | None:
        return self._framer.due_s

    def opened(self, now_s: float) -> Step[bytes]:
        self._framer.reset()
        return Step()

    def feed(self, data: bytes, now_s: float) -> Step[bytes]:
        codes = self._framer.feed(data, now_s)
        return Step(messages=codes, frames=codes)

    def wake(self, now_s: float) -> Step[bytes]:
        codes = self._framer.wake(now_s)
        return Step(messages=codes, frames=codes)

    def send(self, data: bytes, now_s: float) -> Step[bytes]:
        return Step(write=data)


class SerialScanner:
    """A scanner as serial device (USB-CDC or RS-232). It says nothing but codes; an open port is all that is known of it."""

    def __init__(self, config: ScannerConfig, *, make_link: Callable[[LinkListener[bytes]], Link] | None = None) -> None:
        self.name = config.name
        self._events = ScannerEvents(config.name)
        layer = CodeLayer(idle_end_s=config.idle_end_s)
        listener: LinkListener[bytes] = LinkListener(self._port_opened, self._port_lost, self._code_read)
        self._link: Link = make_link(listener) if make_link else _line(config, layer, listener)

    async def open(self) -> None:
        self._link.start()

    async def close(self) -> None:
        await self._link.close()

    def subscribe(self, listener: Callable[[ScannerEvent], None]) -> Unsubscribe:
        return self._events.subscribe(listener)

    def beep(self, kind: Beep) -> None:
        """A plain scanner hears nothing."""

    def frames(self, most: int = ATTACHED_FRAMES) -> tuple[WireFrame, ...]:
        return self._link.frames(most)

    def health(self) -> LineHealth:
        return self._link.health()

    def _port_opened(self) -> None:
        self._events.link(is_up=True)

    def _port_lost(self, code: str, message: str) -> None:
        self._events.link(is_up=False, code=code)

    def _code_read(self, code: bytes | Trouble, at_s: float) -> None:
        if not isinstance(code, Trouble):
            self._events.read(text_of(code), at_s)


def _line(config: ScannerConfig, layer: CodeLayer, listener: LinkListener[bytes]) -> SerialLink[bytes]:
    return SerialLink(config.port, layer, listener=listener, hides_text=True)
