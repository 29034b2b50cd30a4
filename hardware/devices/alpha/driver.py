"""`hardware.ports.TextDisplay` over Alpha: the text stands, the quantity changes in it, an alarm goes over both."""

from __future__ import annotations

from hardware.config import DisplayConfig
from hardware.devices.alpha import frames
from hardware.devices.alpha.frames import SignAddress, packet
from hardware.devices.alpha.layer import AlphaLayer
from hardware.display_driver import DisplayDriver, MakeLink
from hardware.serial_link import SerialLink


class AlphaDisplay(DisplayDriver):
    """A message bar. It answers nothing."""

    def __init__(self, config: DisplayConfig, *, make_link: MakeLink | None = None) -> None:
        super().__init__(make_link or (lambda heard: SerialLink(config.port, AlphaLayer(), listener=heard)))
        self._address = SignAddress()
        self._lines = ("", "")
        self._live = ""
        self._alarm = ""

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

    async def _send(self, command: bytes) -> None:
        await self._link.send(packet(self._address, (command,)))

    def _text(self) -> bytes:
        return frames.write_text(frames.TEXT_FILE, frames.text_with_live(*self._lines))

    def _quantity(self) -> bytes:
        return frames.write_string(frames.LIVE_FILE, frames.live_text(self._live))

    def _set_up(self) -> bytes:
        return packet(self._address, (frames.allocate(), self._text(), self._quantity(), frames.alarm(self._alarm)))
