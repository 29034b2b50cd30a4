"""Carries out what `station.core.bay_lights` wants: pointer, tote lamps, text display. Decides nothing; nobody waits for it."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from hardware.errors import LIGHT_NOT_FITTED, DeviceError
from hardware.ports import AimedPointer, Pointer, TextDisplay, ToteLights, Unsubscribe
from station.core.bay_lights import DARK, BayLights
from station.core.inputs import Input, LightRefused

logger = logging.getLogger(__name__)

PARTING_S = 2.0  # for the last words to a display

Feed = Callable[[Input], None]
Start = Callable[[Coroutine[Any, Any, None], str], None]


@dataclass(frozen=True, slots=True)
class Fitted:
    """The lights of this bay; None where there is none. `teachable` is the pointer again, where a person can turn it by hand."""

    pointer: Pointer | None = None
    teachable: AimedPointer | None = None
    totes: ToteLights | None = None
    display: TextDisplay | None = None


class Lights:
    """Tells each light what changed, in order. `start` makes a task of the station's."""

    def __init__(self, fitted: Fitted, feed: Feed, start: Start) -> None:
        self._fitted = fitted
        self._feed = feed
        self._start = start
        self._wanted = self._shown = DARK
        self._is_open = False
        self._writing = asyncio.Lock()  # a text and its end are several packets to some displays
        self._refused: set[str] = set()
        self._unsubscribe: list[Unsubscribe] = []

    async def open(self) -> None:
        if self._fitted.pointer is not None:
            self._unsubscribe.append(self._fitted.pointer.subscribe(self._feed))
            await self._fitted.pointer.open()
        if self._fitted.totes is not None:
            self._unsubscribe.append(self._fitted.totes.subscribe(self._feed))
            await self._fitted.totes.open()
        self._is_open = True
        self.follow(self._wanted)

    async def close(self) -> None:
        """Dark, each by its own port's close; no alarm is left behind. What is wanted after that is not shown any more."""
        self._is_open = False
        for unsubscribe in self._unsubscribe:
            unsubscribe()
        if self._fitted.display is not None:
            await self._part_from(self._fitted.display)
        for light in (self._fitted.pointer, self._fitted.totes):
            if light is not None:
                await light.close()

    def follow(self, wanted: BayLights) -> None:
        """Show this from now on."""
        self._wanted = wanted
        if not self._is_open:
            return
        shown, self._shown = self._shown, wanted
        if self._fitted.pointer is not None and (wanted.place, wanted.aim) != (shown.place, shown.aim):
            self._start(self._point(self._fitted.pointer, wanted), "pointer")
        if self._fitted.totes is not None and wanted.totes != shown.totes:
            self._start(self._light_totes(self._fitted.totes, wanted), "totes")
        if self._fitted.display is not None and (wanted.text, wanted.alarm) != (shown.text, shown.alarm):
            self._start(self._write(self._fitted.display, shown, wanted), "display")

    async def try_totes(self) -> None:
        """All tote lamps for a moment, then what they should show by then."""
        totes = self._fitted.totes
        if totes is None:
            return
        await totes.self_test()
        if self._is_open:
            await self._light_totes(totes, self._wanted)

    async def _point(self, pointer: Pointer, wanted: BayLights) -> None:
        if wanted.aim is not None and self._fitted.teachable is not None:
            await self._fitted.teachable.aim_at(wanted.aim)
            return
        if wanted.place is None:
            await pointer.dark()
            return
        try:
            await pointer.point_at(wanted.place.point, tray=wanted.place.tray)
        except DeviceError as error:
            self._refuse("pointer", error)
        else:
            self._accept("pointer")

    async def _write(self, display: TextDisplay, shown: BayLights, wanted: BayLights) -> None:
        """In the order it was wanted in; what still waits for a slow display at the end is not shown any more."""
        async with self._writing:
            if self._is_open:
                await self._say(display, shown, wanted)

    async def _part_from(self, display: TextDisplay) -> None:
        """Blank, whatever it was told last: a text may still have waited. A display that hangs is not waited for: the lift is
        closed after it."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PARTING_S), self._writing:
                await display.alarm("")
                await display.clear()

    async def _say(self, display: TextDisplay, shown: BayLights, wanted: BayLights) -> None:
        if wanted.alarm != shown.alarm:
            await display.alarm(wanted.alarm)
        if wanted.text == shown.text:
            return
        if wanted.text is None:
            await display.clear()
        else:
            await display.show(wanted.text.upper, wanted.text.lower, live=wanted.text.live)

    async def _light_totes(self, totes: ToteLights, wanted: BayLights) -> None:
        if not wanted.totes:
            await totes.dark()
            return
        try:
            await totes.show({each.position: each.quantity for each in wanted.totes})
        except DeviceError as error:
            if error.code != LIGHT_NOT_FITTED:  # not every destination is a tote here
                self._refuse("totes", error)
        else:
            self._accept("totes")

    def _refuse(self, light: str, error: DeviceError) -> None:
        logger.info("the %s stays dark: %s", light, error)
        self._refused.add(light)
        self._feed(LightRefused(light, error.code))

    def _accept(self, light: str) -> None:
        if light in self._refused:
            self._refused.discard(light)
            self._feed(LightRefused(light, ""))
