"""The line of a light: what it should show is told again on every new line, and dark comes first. Lives on the event loop.

A light is up when its device has answered on this line, not when a port could be opened.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from hardware.errors import LINE_DOWN
from hardware.light_messages import LightMessage, Ready, Silent
from hardware.line_layer import Trouble
from hardware.listeners import Listeners
from hardware.ports import Unsubscribe
from hardware.serial_link import Link, LinkListener
from hardware.values import LightLink, LineHealth, WireFrame
from hardware.wire_log import ATTACHED_FRAMES

logger = logging.getLogger(__name__)

MakeLink = Callable[[LinkListener[LightMessage]], Link]
DARK = b""
PARTING_S = 2.0


class LightLine:
    """Wants one thing at a time: `content` in the words of its layer, DARK for nothing."""

    def __init__(self, light: str, make_link: MakeLink) -> None:
        self._light = light
        self._link = make_link(LinkListener(self._port_opened, self._port_lost, self._heard))
        self._listeners: Listeners[LightLink] = Listeners()
        self._event = LightLink(light, False, LINE_DOWN)
        self._wanted = DARK
        self._is_open = False

    async def open(self) -> None:
        self._is_open = True
        self._link.start()

    async def close(self) -> None:
        """Dark first; the port goes after it, also when it hangs."""
        if not self._is_open:
            return
        self._is_open = False
        self._wanted = DARK
        await asyncio.wait((self._link.send(DARK),), timeout=PARTING_S)
        await self._link.close()

    async def show(self, content: bytes) -> None:
        """Returns when the layer has taken it over, which for DARK means that its bytes have left; at once on a lost line."""
        if not self._is_open:
            return
        self._wanted = content
        await self._link.send(content)

    def subscribe(self, listener: Callable[[LightLink], None]) -> Unsubscribe:
        return self._listeners.add(listener, self._event)

    def frames(self, most: int = ATTACHED_FRAMES) -> tuple[WireFrame, ...]:
        return self._link.frames(most)

    def health(self) -> LineHealth:
        return self._link.health()

    def _port_opened(self) -> None:
        """Its layer has made it dark; whether anybody is there the first answer tells."""

    def _port_lost(self, code: str, message: str) -> None:
        self._publish(LightLink(self._light, False, code))

    def _heard(self, message: LightMessage | Trouble, at_s: float) -> None:
        match message:
            case Ready() if not self._event.is_up:
                self._publish(LightLink(self._light, True))
                if self._wanted != DARK:
                    self._link.send(self._wanted)
            case Silent(code):
                self._publish(LightLink(self._light, False, code))
                self._link.reopen()
            case Trouble(code, told):
                logger.info("light=%s %s %s", self._light, code, told)

    def _publish(self, event: LightLink) -> None:
        if event == self._event:
            return
        self._event = event
        self._listeners.tell(event)
