"""The ports of the devices at the bay, opened and closed together, each in its turn."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial

from hardware.ports import Scanner, Unsubscribe
from hardware.values import LiftEvent, ScannerEvent
from station.core.inputs import FromLift, Input, MachineInput
from station.lights import Lights
from station.runner.parts import Parts


class BayPorts:
    """The lift, the scanners, the display, the scale and the lights. Used on the event loop."""

    def __init__(self, parts: Parts, lights: Lights) -> None:
        self._parts = parts
        self._lights = lights
        self._unsubscribe: list[Unsubscribe] = []

    async def open(self, feed: Callable[[Input], None], scanned: Callable[[Scanner, ScannerEvent], None]) -> None:
        """Listen to the devices and open them: their events go to `feed`, those of the scanners to `scanned`."""
        for each in self._parts.lifts:
            self._unsubscribe.append(each.lift.subscribe(self._heard(each.opening, feed)))
            await each.lift.open()
        for scanner in self._parts.scanners:
            self._unsubscribe.append(scanner.subscribe(partial(scanned, scanner)))
            await scanner.open()
        if self._parts.display is not None:
            self._unsubscribe.append(self._parts.display.subscribe(feed))
            await self._parts.display.open()
        if self._parts.scale is not None:
            self._unsubscribe.append(self._parts.scale.subscribe(feed))
            await self._parts.scale.open()
        await self._lights.open()

    async def close(self) -> None:
        """Darken the lights and close the ports, the lift's last. Nothing is heard any more."""
        for unsubscribe in self._unsubscribe:
            unsubscribe()
        await self._lights.close()
        if self._parts.display is not None:
            await self._parts.display.close()
        for scanner in self._parts.scanners:
            await scanner.close()
        if self._parts.scale is not None:
            await self._parts.scale.close()
        await asyncio.gather(*(each.lift.close() for each in self._parts.lifts))

    def _heard(self, opening: str, feed: Callable[[Input], None]) -> Callable[[LiftEvent], None]:
        """Of several lifts each says which one it is."""
        return partial(from_lift, opening, feed) if self._parts.beside else feed


def from_lift(opening: str, feed: Callable[[Input], None], happened: Input) -> None:
    """Feed what this one of several lifts says."""
    feed(FromLift(opening, happened) if isinstance(happened, MachineInput) else happened)
