"""A lift whose trays have other numbers at the station than at its own controller, and its opening another name.

Lifts that stand side by side are numbered through at the station; each counts its own trays from 1. A tray of another lift is
refused before a byte leaves: its number would be one of this lift's own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from hardware.errors import MOTION_BAD_REQUEST, DeviceError
from hardware.ports import Lift, Unsubscribe
from hardware.values import (
    FetchTray,
    LateAnswer,
    LiftEvent,
    LiftStatus,
    LineHealth,
    MotionResult,
    PointTray,
    StoreTray,
    WireFrame,
)
from hardware.wire_log import ATTACHED_FRAMES


class NumberedLift:
    """`hardware.ports.Lift` over another one. Trays `first` to `last` of the station are its own trays from `own_first` on."""

    takes_next_tray = False  # the next tray of the work is most often another lift's

    def __init__(self, lift: Lift, *, first: int, last: int, own_first: int = 1, opening: str) -> None:
        self._lift = lift
        self._first, self._last, self._own_first = first, last, own_first
        self._opening = opening

    @property
    def reports_tray(self) -> bool:
        return self._lift.reports_tray

    async def open(self) -> None:
        await self._lift.open()

    async def close(self) -> None:
        await self._lift.close()

    async def status(self) -> LiftStatus:
        status = await self._lift.status()
        return replace(status, tray=self._of_station(status.tray))

    async def fetch(self, command: FetchTray) -> MotionResult:
        """Raises DeviceError for a tray that is not its own."""
        own = replace(command, tray=self._own(command.tray), opening=self._opening, next_tray=None)
        return self._numbered(await self._lift.fetch(own))

    async def store(self, command: StoreTray) -> MotionResult:
        """Raises DeviceError for a tray that is not its own; 0 stands for whichever is there."""
        own = self._own(command.tray) if command.tray else 0
        return self._numbered(await self._lift.store(replace(command, tray=own, opening=self._opening)))

    async def point(self, command: PointTray) -> MotionResult:
        """Raises DeviceError for a tray that is not its own."""
        own = replace(command, tray=self._own(command.tray), opening=self._opening, next_tray=None)
        return self._numbered(await self._lift.point(own))

    def subscribe(self, listener: Callable[[LiftEvent], None]) -> Unsubscribe:
        def heard(event: LiftEvent) -> None:
            listener(LateAnswer(self._numbered(event.result)) if isinstance(event, LateAnswer) else event)

        return self._lift.subscribe(heard)

    def frames(self, most: int = ATTACHED_FRAMES) -> tuple[WireFrame, ...]:
        return self._lift.frames(most)

    def health(self) -> LineHealth:
        return self._lift.health()

    def _own(self, tray: int) -> int:
        if not self._first <= tray <= self._last:
            raise DeviceError(MOTION_BAD_REQUEST, f"tray {tray} is of another lift", frames=self.frames())
        return tray - self._first + self._own_first

    def _of_station(self, own: int | None) -> int | None:
        return None if own is None else own - self._own_first + self._first

    def _numbered(self, result: MotionResult) -> MotionResult:
        return replace(result, tray=self._of_station(result.tray))
