"""`hardware.ports.Scanner` over a line of text. Silence is timed in the port's thread, so a busy window splits no code."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

from hardware.config import ScannerConfig
from hardware.devices.serial_scanner.framing import CodeFramer
from hardware.errors import LINE_DOWN
from hardware.line_layer import Step, Trouble
from hardware.ports import Unsubscribe
from hardware.serial_link import Link, LinkListener, SerialLink
from hardware.values import LineHealth, ScannerEvent, ScannerLink, ScanRead, WireFrame
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
        self._name = config.name
        layer = CodeLayer(idle_end_s=config.idle_end_s)
        listener: LinkListener[bytes] = LinkListener(self._port_opened, self._port_lost, self._code_read)
        self._link: Link = make_link(listener) if make_link else _line(config, layer, listener)
        self._listeners: list[Callable[[ScannerEvent], None]] = []
        self._link_event = ScannerLink(config.name, False, LINE_DOWN)

    @property
    def name(self) -> str:
        return self._name

    async def open(self) -> None:
        self._link.start()

    async def close(self) -> None:
        await self._link.close()

    def subscribe(self, listener: Callable[[ScannerEvent], None]) -> Unsubscribe:
        self._listeners.append(listener)
        listener(self._link_event)

        def unsubscribe() -> None:
            with contextlib.suppress(ValueError):
                self._listeners.remove(listener)

        return unsubscribe

    def frames(self, most: int = ATTACHED_FRAMES) -> tuple[WireFrame, ...]:
        return self._link.frames(most)

    def health(self) -> LineHealth:
        return self._link.health()

    def _port_opened(self) -> None:
        self._tell_link(ScannerLink(self._name, True))

    def _port_lost(self, code: str, message: str) -> None:
        self._tell_link(ScannerLink(self._name, False, code))

    def _tell_link(self, event: ScannerLink) -> None:
        self._link_event = event
        self._publish(event)

    def _code_read(self, code: bytes | Trouble, at_s: float) -> None:
        if not isinstance(code, Trouble):
            self._publish(ScanRead(_text_of(code), self._name, at_s))

    def _publish(self, event: ScannerEvent) -> None:
        for listener in tuple(self._listeners):
            listener(event)


def _line(config: ScannerConfig, layer: CodeLayer, listener: LinkListener[bytes]) -> SerialLink[bytes]:
    return SerialLink(config.port, layer, listener=listener, hides_text=True)


def _text_of(code: bytes) -> str:
    """Codes are UTF-8 where they are that, else ISO-8859-1, which is never wrong about ASCII."""
    try:
        return code.decode("utf-8")
    except UnicodeDecodeError:
        return code.decode("iso-8859-1")
