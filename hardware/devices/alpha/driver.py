"""`hardware.ports.TextDisplay` over Alpha: the text stands, the quantity changes in it, an alarm goes over both."""

from __future__ import annotations

from collections.abc import Callable

from hardware.config import DisplayConfig
from hardware.devices.alpha import frames
from hardware.devices.alpha.frames import SignAddress, packet
from hardware.devices.alpha.layer import AlphaLayer
from hardware.errors import LINE_DOWN
from hardware.line_layer import Trouble
from hardware.listeners import Listeners
from hardware.ports import Unsubscribe
from hardware.serial_link import Link, LinkListener, SerialLink
from hardware.values import DisplayLink, LineHealth, WireFrame
from hardware.wire_log import ATTACHED_FRAMES


class AlphaDisplay:
    """A message bar. It answers nothing: an open port is all that is known of it, and everything is set up on every new line."""

    def __init__(self, config: DisplayConfig, *, make_link: Callable[[LinkListener[bytes]], Link] | None = None) -> None:
        self._address = SignAddress()
        listener: LinkListener[bytes] = LinkListener(self._port_opened, self._port_lost, self._heard)
        self._link: Link = make_link(listener) if make_link else SerialLink(config.port, AlphaLayer(), listener=listener)
        self._listeners: Listeners[DisplayLink] = Listeners()
        self._link_event = DisplayLink(False, LINE_DOWN)
        self._lines = ("", "")
        self._live = ""
        self._alarm = ""

    async def open(self) -> None:
        self._link.start()

    async def close(self) -> None:
        await self._link.close()

    async def show(self, upper: str, lower: str, *, live: str = "") -> None:
        """The text goes before its quantity: a new place never stands beside an old figure for longer than a packet."""
        if (upper, lower) != self._lines:
            self._lines = (upper, lower)
            await self._send(self._text())
        if live != self._live:
            self._live = live
            await self._send(self._quantity())

    async def clear(self) -> None:
        """The quantity goes first: it must not stand there without its place."""
        await self.show(*self._lines)
        await self.show("", "")

    async def alarm(self, text: str) -> None:
        if text != self._alarm:
            self._alarm = text
            await self._send(frames.alarm(text))

    def subscribe(self, listener: Callable[[DisplayLink], None]) -> Unsubscribe:
        return self._listeners.add(listener, self._link_event)

    def frames(self, most: int = ATTACHED_FRAMES) -> tuple[WireFrame, ...]:
        return self._link.frames(most)

    def health(self) -> LineHealth:
        return self._link.health()

    async def _send(self, command: bytes) -> None:
        await self._link.send(packet(self._address, (command,)))

    def _text(self) -> bytes:
        return frames.write_text(frames.TEXT_FILE, frames.text_with_live(*self._lines))

    def _quantity(self) -> bytes:
        return frames.write_string(frames.LIVE_FILE, frames.live_text(self._live))

    def _port_opened(self) -> None:
        set_up = (frames.allocate(), self._text(), self._quantity(), frames.alarm(self._alarm))
        self._link.send(packet(self._address, set_up))
        self._publish(DisplayLink(True))

    def _port_lost(self, code: str, message: str) -> None:
        self._publish(DisplayLink(False, code))

    def _heard(self, data: bytes | Trouble, at_s: float) -> None:
        """It has nothing to say; the recorder has it."""

    def _publish(self, event: DisplayLink) -> None:
        self._link_event = event
        self._listeners.tell(event)
