"""The shell of a text display that answers nothing: its line, and what is told of it. Lives on the event loop.

An open port is all that can be known of such a display, so what should stand there is set up anew on every new line.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable

from hardware.errors import LINE_DOWN
from hardware.line_layer import Trouble
from hardware.listeners import Listeners
from hardware.ports import Unsubscribe
from hardware.serial_link import Link, LinkListener
from hardware.values import DisplayLink, LineHealth, WireFrame
from hardware.wire_log import ATTACHED_FRAMES

MakeLink = Callable[[LinkListener[bytes]], Link]


class DisplayDriver(ABC):
    """`hardware.ports.TextDisplay` without its words: a protocol adds `show`, `clear`, `alarm` and its set-up."""

    def __init__(self, make_link: MakeLink) -> None:
        self._link = make_link(LinkListener(self._port_opened, self._port_lost, _heard))
        self._listeners: Listeners[DisplayLink] = Listeners()
        self._link_event = DisplayLink(False, LINE_DOWN)

    @abstractmethod
    def _set_up(self) -> bytes:
        """What a display of unknown state needs to hear, so that all that is wanted stands there."""

    async def open(self) -> None:
        self._link.start()

    async def close(self) -> None:
        await self._link.close()

    def subscribe(self, listener: Callable[[DisplayLink], None]) -> Unsubscribe:
        return self._listeners.add(listener, self._link_event)

    def frames(self, most: int = ATTACHED_FRAMES) -> tuple[WireFrame, ...]:
        return self._link.frames(most)

    def health(self) -> LineHealth:
        return self._link.health()

    def _port_opened(self) -> None:
        self._link.send(self._set_up())
        self._publish(DisplayLink(True))

    def _port_lost(self, code: str, message: str) -> None:
        self._publish(DisplayLink(False, code))

    def _publish(self, event: DisplayLink) -> None:
        self._link_event = event
        self._listeners.tell(event)


def _heard(data: bytes | Trouble, at_s: float) -> None:
    """It has nothing to say; the recorder has it."""
