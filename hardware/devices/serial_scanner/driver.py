"""`hardware.ports.Scanner` over a line of text. Silence is timed in the port's thread, so a busy window splits no code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from hardware.config import ScannerConfig
from hardware.devices.serial_scanner.framing import CodeFramer
from hardware.line_layer import Step, Trouble
from hardware.ports import Unsubscribe
from hardware.scanner_events import ScannerEvents, text_of
from hardware.serial_link import Link, LinkListener, SerialLink
from hardware.values import Beep, LineHealth, ScannerEvent, WireFrame
from hardware.wire_log import ATTACHED_FRAMES


@dataclass(frozen=True, slots=True)
class Code:
    """One code. `is_ended`: by a suffix, not only by silence."""

    raw: bytes = field(repr=False)  # may be a badge
    is_ended: bool


class CodeLayer:
    """`hardware.line_layer.LineLayer` of codes; nothing is sent to a plain scanner."""

    def __init__(self, *, idle_end_s: float) -> None:
        self._framer = CodeFramer(idle_end_s=idle_end_s)

    @property
    def due_s(self) -> float | None:
        return self._framer.due_s

    def opened(self, now_s: float) -> Step[Code]:
        self._framer.reset()
        return Step()

    def feed(self, data: bytes, now_s: float) -> Step[Code]:
        silent = self._framer.wake(now_s)
        return _step(silent, self._framer.feed(data, now_s))

    def wake(self, now_s: float) -> Step[Code]:
        return _step(self._framer.wake(now_s), ())

    def send(self, data: bytes, now_s: float) -> Step[Code]:
        return Step(write=data)


def _step(silent: tuple[bytes, ...], ended: tuple[bytes, ...]) -> Step[Code]:
    codes = (*(Code(raw, False) for raw in silent), *(Code(raw, True) for raw in ended))
    return Step(messages=codes, frames=silent + ended)


class SerialScanner:
    """A scanner as serial device (USB-CDC or RS-232). It says nothing but codes; an open port is all that is known of it."""

    def __init__(self, config: ScannerConfig, *, make_link: Callable[[LinkListener[Code]], Link] | None = None) -> None:
        self.name = config.name
        self._events = ScannerEvents(config.name)
        layer = CodeLayer(idle_end_s=config.idle_end_s)
        listener: LinkListener[Code] = LinkListener(self._port_opened, self._port_lost, self._code_read)
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

    def _code_read(self, code: Code | Trouble, at_s: float) -> None:
        if isinstance(code, Code):
            self._events.read(text_of(code.raw), at_s, is_ended=code.is_ended)


def _line(config: ScannerConfig, layer: CodeLayer, listener: LinkListener[Code]) -> SerialLink[Code]:
    return SerialLink(config.port, layer, listener=listener, hides_text=True)
