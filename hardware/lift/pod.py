"""Two or three carousels around one person, as one machine: bins are numbered through, and one command is in flight for all.

Each carousel has a line and a driver of its own. What one of them says of safety or of its line holds for the pod: the person
stands among all of them. A bin is in front of every carousel at any time; the one that the pod presents is the one that was
fetched last, as long as its carousel's own status shows it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from hardware.errors import LINE_DOWN, MACHINE_STOPPED, MOTION_BAD_REQUEST, MOTION_IN_FLIGHT, DeviceError
from hardware.listeners import Listeners
from hardware.ports import Lift, Unsubscribe
from hardware.values import (
    FetchTray,
    LateAnswer,
    LiftEvent,
    LiftRequest,
    LiftStatus,
    LineHealth,
    LinkDown,
    LinkUp,
    MotionResult,
    Outcome,
    PointTray,
    SafetyCleared,
    SafetyStopped,
    SafetyUnclear,
    StoreTray,
    WireFrame,
)
from hardware.wire_log import ATTACHED_FRAMES


@dataclass(frozen=True, slots=True)
class Member:
    """One carousel. Its own bins are 1, 2, ...; in the pod they are `first_bin` to `last_bin`."""

    lift: Lift
    first_bin: int
    last_bin: int

    def has(self, pod_bin: int) -> bool:
        return self.first_bin <= pod_bin <= self.last_bin

    def own(self, pod_bin: int) -> int:
        return pod_bin - self.first_bin + 1

    def of_pod(self, own_bin: int | None) -> int | None:
        return None if own_bin is None else own_bin + self.first_bin - 1


class PodLift:
    """`hardware.ports.Lift` over carousels whose bins do not overlap."""

    reports_tray = True
    takes_next_tray = False  # no carousel turns ahead within reach of a person's hands

    def __init__(self, name: str, members: Sequence[Member]) -> None:
        self._name = name
        self._members = tuple(members)
        self._links: list[LinkUp | LinkDown] = [LinkDown(LINE_DOWN) for _ in self._members]
        self._safety: list[SafetyStopped | SafetyUnclear | SafetyCleared] = [SafetyCleared() for _ in self._members]
        self._in_flight: int | None = None
        self._shown: int | None = None  # the bin that was fetched last
        self._listeners: Listeners[LiftEvent] = Listeners()
        for index, member in enumerate(self._members):
            member.lift.subscribe(partial(self._heard, index))

    # --- the port's verbs --------------------------------------------------------------------------------------------------

    async def open(self) -> None:
        await asyncio.gather(*(member.lift.open() for member in self._members))

    async def close(self) -> None:
        await asyncio.gather(*(member.lift.close() for member in self._members))

    async def status(self) -> LiftStatus:
        """Every carousel is asked; the pod is ready when all are. Raises DeviceError when one does not answer."""
        statuses = await asyncio.gather(*(member.lift.status() for member in self._members))
        is_moving = any(each.is_moving for each in statuses)
        return LiftStatus(
            ready=all(each.ready for each in statuses),
            tray=None if is_moving else self._presented(statuses),
            is_moving=is_moving,
            safety_code=next((each.safety_code for each in statuses if each.safety_code), ""),
            code=next((each.code for each in statuses if each.code), ""),
            is_tray_known=all(each.is_tray_known for each in statuses),
        )

    async def fetch(self, command: FetchTray) -> MotionResult:
        """Turn the carousel that has the bin. Raises DeviceError for a bin that none has."""
        member = self._member_of(command.tray)
        self._begin(command)
        before, self._shown = self._shown, command.tray
        try:
            result = await self._done(member, member.lift.fetch(replace(command, tray=member.own(command.tray), next_tray=None)))
        except DeviceError:  # nothing was sent
            self._shown = before
            raise
        if result.outcome is Outcome.NOT_DONE:  # this carousel may have turned all the same; another one has not
            self._shown = before if before is not None and self._member_of(before) is not member else None
        return result

    async def store(self, command: StoreTray) -> MotionResult:
        """Nothing is presented any more. No carousel moves."""
        shown = command.tray or self._shown or self._members[0].first_bin
        member = self._member_of(shown)
        self._begin(command)
        own = member.own(command.tray) if command.tray else 0
        result = await self._done(member, member.lift.store(replace(command, tray=own)))
        if result.outcome is not Outcome.DONE:
            return result
        self._shown = None
        return replace(result, tray=None)

    async def point(self, command: PointTray) -> MotionResult:
        member = self._member_of(command.tray)
        self._begin(command)
        return await self._done(member, member.lift.point(replace(command, tray=member.own(command.tray), next_tray=None)))

    def subscribe(self, listener: Callable[[LiftEvent], None]) -> Unsubscribe:
        return self._listeners.add(listener, self._link)

    def frames(self, most: int = ATTACHED_FRAMES) -> tuple[WireFrame, ...]:
        """Of all lines, in the order of time."""
        frames = [frame for member in self._members for frame in member.lift.frames(most)]
        return tuple(sorted(frames, key=lambda frame: frame.at_s)[-most:])

    def health(self) -> LineHealth:
        """Sums of all lines, and the worst of each time."""
        lines = [member.lift.health() for member in self._members]
        return LineHealth(
            name=self._name,
            url=", ".join(line.url for line in lines),
            port=", ".join(filter(None, (line.port for line in lines))),
            is_up=all(line.is_up for line in lines),
            frames_sent=sum(line.frames_sent for line in lines),
            frames_heard=sum(line.frames_heard for line in lines),
            errors=sum(line.errors for line in lines),
            retries=sum(line.retries for line in lines),
            reconnects=sum(line.reconnects for line in lines),
            longest_silence_s=max(line.longest_silence_s for line in lines),
            round_trips=sum(line.round_trips for line in lines),
            round_trip_p50_ms=max(line.round_trip_p50_ms for line in lines),
            round_trip_p99_ms=max(line.round_trip_p99_ms for line in lines),
        )

    # --- commands ----------------------------------------------------------------------------------------------------------

    def _member_of(self, pod_bin: int) -> Member:
        found = next((member for member in self._members if member.has(pod_bin)), None)
        if found is None:
            raise DeviceError(MOTION_BAD_REQUEST, f"no carousel has bin {pod_bin}", frames=self.frames())
        return found

    def _begin(self, command: LiftRequest) -> None:
        """Take a command over for the whole pod. Raises DeviceError; then nothing was sent."""
        if self._in_flight is not None:
            raise DeviceError(MOTION_IN_FLIGHT, f"command {self._in_flight} is in flight", frames=self.frames())
        if isinstance(self._stop, SafetyStopped):
            raise DeviceError(MACHINE_STOPPED, f"the machine stands for safety: {self._stop.code}", frames=self.frames())
        if isinstance(self._link, LinkDown):
            raise DeviceError(LINE_DOWN, "the line of a carousel is down", frames=self.frames())
        self._in_flight = command.command_id

    async def _done(self, member: Member, moving: Awaitable[MotionResult]) -> MotionResult:
        """A caller that is cancelled leaves the command in flight: it ends with the carousel's late answer."""
        try:
            result = await moving
        except DeviceError:
            self._in_flight = None
            raise
        self._in_flight = None
        return self._numbered(member, result)

    def _numbered(self, member: Member, result: MotionResult) -> MotionResult:
        return replace(result, tray=member.of_pod(result.tray))

    def _presented(self, statuses: Sequence[LiftStatus]) -> int | None:
        """The bin that was fetched last, if it stands in front of its carousel."""
        for member, status in zip(self._members, statuses, strict=True):
            if self._shown is not None and member.has(self._shown) and status.tray == member.own(self._shown):
                return self._shown
        return None

    # --- what the carousels tell -------------------------------------------------------------------------------------------

    @property
    def _link(self) -> LinkUp | LinkDown:
        return next((link for link in self._links if isinstance(link, LinkDown)), LinkUp())

    @property
    def _stop(self) -> SafetyStopped | SafetyUnclear | SafetyCleared:
        """The worst that one of them says."""
        for kind in (SafetyStopped, SafetyUnclear):
            for said in self._safety:
                if isinstance(said, kind):
                    return said
        return SafetyCleared()

    def _heard(self, index: int, event: LiftEvent) -> None:
        match event:
            case LinkUp() | LinkDown():
                before, self._links[index] = self._link, event
                if self._link != before:
                    self._listeners.tell(self._link)
            case SafetyStopped(code=code):
                self._said_of_safety(index, SafetyStopped(code))
            case SafetyUnclear() | SafetyCleared():
                self._said_of_safety(index, event)
            case LateAnswer(result=result):
                if result.command_id == self._in_flight:
                    self._in_flight = None
                self._listeners.tell(LateAnswer(self._numbered(self._members[index], result)))
            case _:
                self._listeners.tell(event)

    def _said_of_safety(self, index: int, said: SafetyStopped | SafetyUnclear | SafetyCleared) -> None:
        """One carousel stands, or works again; the pod works when all do."""
        before, self._safety[index] = self._stop, said
        now = self._stop
        if now != before:
            self._listeners.tell(SafetyStopped(now.code, self._in_flight) if isinstance(now, SafetyStopped) else now)
