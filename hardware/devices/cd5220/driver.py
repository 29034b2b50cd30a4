"""`hardware.ports.TextDisplay` over CD5220: write only, so what should stand there is written again after every reconnect."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable

from hardware.config import DisplayConfig
from hardware.devices.cd5220.frames import clear_frame, open_frame, show_frame
from hardware.errors import LINE_DOWN
from hardware.ports import Unsubscribe
from hardware.serial_link import Link, LinkListener, SerialLink
from hardware.values import DisplayLink, WireFrame
from hardware.wire_log import WireLog


class _Deaf:
    """A reader for a device that never answers."""

    wake_s = 0.25

    def reset(self) -> None:
        """Nothing is kept."""

    def feed(self, data: bytes, now_s: float) -> tuple[bytes, ...]:
        return (data,)

    def wake(self, now_s: float) -> tuple[bytes, ...]:
        return ()


class Cd5220Display:
    """A 2x20 display. An open port is all that can be known of it."""

    def __init__(self, config: DisplayConfig, *, make_link: Callable[[LinkListener[bytes]], Link] | None = None) -> None:
        self._wire_log = WireLog(config.name)
        listener = LinkListener(self._port_opened, self._port_lost, self._heard)
        self._link: Link = make_link(listener) if make_link else SerialLink(config.port, _Deaf(), listener=listener)
        self._listeners: list[Callable[[DisplayLink], None]] = []
        self._link_event = DisplayLink(False, LINE_DOWN)
        self._wanted = clear_frame()

    async def open(self) -> None:
        self._link.start()

    async def close(self) -> None:
        await self._link.close()

    async def show(self, upper: str, lower: str) -> None:
        await self._want(show_frame(upper, lower))

    async def clear(self) -> None:
        await self._want(clear_frame())

    def subscribe(self, listener: Callable[[DisplayLink], None]) -> Unsubscribe:
        self._listeners.append(listener)
        listener(self._link_event)

        def unsubscribe() -> None:
            with contextlib.suppress(ValueError):
                self._listeners.remove(listener)

        return unsubscribe

    def frames(self) -> tuple[WireFrame, ...]:
        """The last frames on this line, oldest first."""
        return self._wire_log.frames()

    async def _want(self, frame: bytes) -> None:
        self._wanted = frame
        await self._send(frame)

    def _send(self, data: bytes) -> asyncio.Future[bool]:
        self._wire_log.record(data, sent=True, at_s=time.monotonic())
        return self._link.send(data)

    def _port_opened(self) -> None:
        self._send(open_frame() + self._wanted)
        self._publish(DisplayLink(True))

    def _port_lost(self, code: str, message: str) -> None:
        self._publish(DisplayLink(False, code))

    def _heard(self, data: bytes, at_s: float) -> None:
        self._wire_log.record(data, sent=False, at_s=at_s)

    def _publish(self, event: DisplayLink) -> None:
        self._link_event = event
        for listener in tuple(self._listeners):
            listener(event)
