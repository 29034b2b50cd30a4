"""`hardware.ports.ToteLights` over Modbus registers: writes what differs, reads one lamp back at a time.

One question is on the line at a time, and one that is not answered holds the line up for seconds. So what nobody waits for gives
way after each lamp, and whoever asks for dark waits for one lamp that is dead at most, however many there are.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping
from typing import Protocol

from hardware.devices.register_lamps.lamps import Ask, LampRow
from hardware.errors import LIGHT_NOT_FITTED, LIGHT_REFUSED, LINE_DOWN, DeviceError
from hardware.listeners import Listeners
from hardware.modbus.replies import Reply
from hardware.modbus.requests import Request
from hardware.ports import Unsubscribe
from hardware.values import LightLink, LineHealth, ToteEvent, ToteKey, ToteLampsFailed, WireFrame
from hardware.wire_log import ATTACHED_FRAMES

READ_EVERY_S = 1.0
KEYS_EVERY_S = 0.05  # between two looks at the keys of the lamps that shine
LOOKS = round(READ_EVERY_S / KEYS_EVERY_S)
SELF_TEST_S = 1.0
LAST_DARK_S = 5.0  # how long the end of the program waits for lamps


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
        self._listeners: Listeners[ToteEvent] = Listeners()
        self._event = LightLink("totes", False, LINE_DOWN)
        self._failed: frozenset[str] = frozenset()
        self._lit: Mapping[str, str] = {}
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
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LAST_DARK_S):
                await self._darken(is_last=True)
        await self._line.close()

    async def show(self, lit: Mapping[str, str]) -> None:
        self._lit = {position: quantity for position, quantity in lit.items() if self._row.knows(position)}
        self._row.want(self._lit)
        await self._write(is_thorough=False)
        unknown = sorted(set(lit) - set(self._lit))
        if unknown:
            raise DeviceError(LIGHT_NOT_FITTED, f"no lamp for {', '.join(unknown)}")

    async def dark(self) -> None:
        await self._darken()

    async def _darken(self, *, is_last: bool = False) -> None:
        self._lit = {}
        self._row.want({})
        await self._write(is_thorough=is_last)

    async def self_test(self, *, for_s: float = SELF_TEST_S) -> None:
        self._row.want_all()
        await self._write()
        await self._pause(for_s)
        self._row.want(self._lit)
        await self._write()

    def subscribe(self, listener: Callable[[ToteEvent], None]) -> Unsubscribe:
        return self._listeners.add(listener, self._event)

    def frames(self, most: int = ATTACHED_FRAMES) -> tuple[WireFrame, ...]:
        return self._line.frames(most)

    def health(self) -> LineHealth:
        return self._line.health()

    async def _watch(self) -> None:
        while True:
            if self._is_line_up:
                await self._write_patiently()
                async with self._turn:
                    await self._ask(self._row.question())
                self._tell()
            await self._look_at_keys()

    async def _look_at_keys(self) -> None:
        """Until the next look at the lamps. Each question is one turn of the line: whoever lights a lamp goes before the next."""
        if not self._row.has_keys:
            await self._pause(READ_EVERY_S)
            return
        for _ in range(LOOKS):
            await self._pause(KEYS_EVERY_S)
            for ask in self._row.keys() if self._is_line_up else ():
                await self._ask_key(ask)

    async def _ask_key(self, ask: Ask) -> None:
        async with self._turn:
            try:
                reply = await self._line.ask(ask.unit, ask.request)
            except DeviceError as error:
                self._row.silent(ask, error.code)
                return
        if position := self._row.pressed(ask.unit, reply):
            self._listeners.tell(ToteKey(position))

    async def _write(self, *, is_thorough: bool = True) -> None:
        """What differs, while somebody waits.

        Not `is_thorough`: when nothing is to be lit any more, the first lamp of which nothing was known and which is silent
        leaves the others of which nothing is known to the next look.
        """
        if not self._is_line_up:
            return
        async with self._turn:
            for unit in self._row.due(is_urgent=True):
                was_known = self._row.answers(unit)
                if await self._write_lamp(unit) or was_known or is_thorough or self._row.is_light_due:
                    continue
                break
        self._tell()

    async def _write_patiently(self) -> None:
        """Everything that differs; after each lamp whoever waits goes first, and what differs then is looked at anew."""
        tried: set[int] = set()
        while self._is_line_up:
            async with self._turn:
                unit = next((each for each in self._row.due() if each not in tried), None)
                if unit is None:
                    break
                tried.add(unit)
                await self._write_lamp(unit)
        self._tell()

    async def _write_lamp(self, unit: int) -> bool:
        """Whether it answered; one that is silent is asked nothing more now."""
        for ask in self._row.writes(unit):
            if not await self._ask(ask):
                return False
        return True

    async def _ask(self, ask: Ask) -> bool:
        """Whether it was answered, be it by a refusal."""
        try:
            reply = await self._line.ask(ask.unit, ask.request)
        except DeviceError as error:
            self._row.silent(ask, error.code)
            return False
        self._row.answered(ask, reply, refused=LIGHT_REFUSED)
        return True

    def _link_changed(self, is_up: bool, code: str) -> None:
        self._is_line_up = is_up
        self._row.forget()
        if not is_up:
            self._publish(LightLink("totes", False, code))

    def _tell(self) -> None:
        if not self._is_line_up:
            return
        if self._row.failed != self._failed:
            self._failed = self._row.failed
            self._listeners.tell(ToteLampsFailed(self._failed))
        if self._row.is_proven:
            self._publish(LightLink("totes", True))
        elif self._row.fault:
            self._publish(LightLink("totes", False, self._row.fault))

    def _publish(self, event: LightLink) -> None:
        if event == self._event:
            return
        self._event = event
        self._listeners.tell(event)
