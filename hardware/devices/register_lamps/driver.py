"""`hardware.ports.ToteLights` over Modbus registers: writes what differs, reads one lamp back at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Protocol

from hardware.devices.register_lamps.lamps import Ask, LampRow
from hardware.errors import LIGHT_NOT_FITTED, LIGHT_REFUSED, LINE_DOWN, DeviceError
from hardware.listeners import Listeners
from hardware.modbus.replies import Reply
from hardware.modbus.requests import Request
from hardware.ports import Unsubscribe
from hardware.values import LightLink, LineHealth, WireFrame
from hardware.wire_log import ATTACHED_FRAMES

READ_EVERY_S = 1.0
SELF_TEST_S = 1.0


class RegisterLineLike(Protocol):
    """What is needed of a Modbus line (`hardware.modbus.register_line`)."""

    async def open(self) -> None: ...

    async def close(self) -> None: ...

    async def ask(self, unit: int, request: Request) -> Reply: ...

    def frames(self, most: int = ATTACHED_FRAMES) -> tuple[WireFrame, ...]: ...

    def health(self) -> LineHealth: ...


LinkChanged = Callable[[bool, str], None]


class RegisterToteLights:
    """Lamps on one Modbus line. They are up when each of them has answered."""

    def __init__(
        self,
        row: LampRow,
        make_line: Callable[[LinkChanged], RegisterLineLike],
        *,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._row = row
        self._line = make_line(self._link_changed)
        self._pause = pause
        self._listeners: Listeners[LightLink] = Listeners()
        self._event = LightLink("totes", False, LINE_DOWN)
        self._lit: tuple[str, str] | None = None
        self._turn = asyncio.Lock()
        self._watching: asyncio.Task[None] | None = None
        self._is_line_up = False

    async def open(self) -> None:
        await self._line.open()
        self._watching = asyncio.create_task(self._watch(), name="register-lamps")

    async def close(self) -> None:
        if self._watching is None:
            return
        self._watching.cancel()
        await asyncio.gather(self._watching, return_exceptions=True)
        self._watching = None
        await self.dark()
        await self._line.close()

    async def light(self, position: str, *, quantity: str = "") -> None:
        if not self._row.knows(position):
            await self.dark()
            raise DeviceError(LIGHT_NOT_FITTED, f"no lamp for {position}")
        self._lit = (position, quantity)
        self._row.want(position, quantity)
        await self._write()

    async def dark(self) -> None:
        self._lit = None
        self._row.want(None)
        await self._write()

    async def self_test(self, *, for_s: float = SELF_TEST_S) -> None:
        self._row.want_all()
        await self._write()
        await self._pause(for_s)
        self._row.want(*self._lit or (None,))
        await self._write()

    def subscribe(self, listener: Callable[[LightLink], None]) -> Unsubscribe:
        return self._listeners.add(listener, self._event)

    def frames(self, most: int = ATTACHED_FRAMES) -> tuple[WireFrame, ...]:
        return self._line.frames(most)

    def health(self) -> LineHealth:
        return self._line.health()

    async def _watch(self) -> None:
        while True:
            if self._is_line_up:
                await self._write(is_urgent=False)
                async with self._turn:
                    await self._ask(self._row.question())
                self._tell()
            await self._pause(READ_EVERY_S)

    async def _write(self, *, is_urgent: bool = True) -> None:
        """Everything that differs, one after another; a lamp that does not answer is tried again at the next look."""
        if not self._is_line_up:
            return
        async with self._turn:
            for ask in self._row.writes(is_urgent=is_urgent):
                await self._ask(ask)
        self._tell()

    async def _ask(self, ask: Ask) -> None:
        try:
            reply = await self._line.ask(ask.unit, ask.request)
        except DeviceError as error:
            self._row.silent(ask, error.code)
        else:
            self._row.answered(ask, reply, refused=LIGHT_REFUSED)

    def _link_changed(self, is_up: bool, code: str) -> None:
        self._is_line_up = is_up
        self._row.forget()
        if not is_up:
            self._publish(LightLink("totes", False, code))

    def _tell(self) -> None:
        if not self._is_line_up:
            return
        if self._row.is_proven:
            self._publish(LightLink("totes", True))
        elif self._row.fault:
            self._publish(LightLink("totes", False, self._row.fault))

    def _publish(self, event: LightLink) -> None:
        if event == self._event:
            return
        self._event = event
        self._listeners.tell(event)
