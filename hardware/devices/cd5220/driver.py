"""`hardware.ports.TextDisplay` over CD5220: write only, so what should stand there is written again after every reconnect."""

from __future__ import annotations

from collections.abc import Callable

from hardware.config import DisplayConfig
from hardware.devices.cd5220.frames import clear_frame, open_frame, show_frame
from hardware.errors import LINE_DOWN
from hardware.line_layer import Trouble
from hardware.listeners import Listeners
from hardware.ports import Unsubscribe
from hardware.serial_link import Link, LinkListener, SerialLink
from hardware.values import DisplayLink, LineHealth, WireFrame
from hardware.wire_log import ATTACHED_FRAMES
from hardware.write_only import WriteOnly


class Cd5220Display:
    """A 2x20 display. An open port is all that can be known of it."""

    def __init__(self, config: DisplayConfig, *, make_link: Callable[[LinkListener[bytes]], Link] | None = None) -> None:
        listener: LinkListener[bytes] = LinkListener(self._port_opened, self._port_lost, self._heard)
        self._link: Link = make_link(listener) if make_link else SerialLink(config.port, WriteOnly(), listener=listener)
        self._listeners: Listeners[DisplayLink] = Listeners()
        self._link_event = DisplayLink(False, LINE_DOWN)
        self._wanted = clear_frame()
        self._alarm = ""

    async def open(self) -> None:
        self._link.start()

    async def close(self) -> None:
        await self._link.close()

    async def show(self, upper: str, lower: str, *, live: str = "") -> None:
        await self._want(show_frame(f"{upper} {live}".strip(), lower))

    async def clear(self) -> None:
        await self._want(clear_frame())

    async def alarm(self, text: str) -> None:
        self._alarm = text
        await self._link.send(self._frame())

    def subscribe(self, listener: Callable[[DisplayLink], None]) -> Unsubscribe:
        return self._listeners.add(listener, self._link_event)

    def frames(self, most: int = ATTACHED_FRAMES) -> tuple[WireFrame, ...]:
        return self._link.frames(most)

    def health(self) -> LineHealth:
        return self._link.health()

    async def _want(self, frame: bytes) -> None:
        self._wanted = frame
        if not self._alarm:
            await self._link.send(frame)

    def _frame(self) -> bytes:
        """What should stand there now: the alarm over everything."""
        return show_frame(self._alarm, "") if self._alarm else self._wanted

    def _port_opened(self) -> None:
        self._link.send(open_frame() + self._frame())
        self._publish(DisplayLink(True))

    def _port_lost(self, code: str, message: str) -> None:
        self._publish(DisplayLink(False, code))

    def _heard(self, data: bytes | Trouble, at_s: float) -> None:
        """It has nothing to say; the recorder has it."""

    def _publish(self, event: DisplayLink) -> None:
        self._link_event = event
        self._listeners.tell(event)
