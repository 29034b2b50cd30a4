"""One command in flight, matched by its id, pure: bytes and times are given, nothing is read or waited for here.

A command that timed out is UNKNOWN and is never sent again. Its answer may still come, after a reconnect or for a command of an
earlier run of the program: that is a LateAnswer. While the machine stands for safety the command stays in flight and its
time-out rests; it starts anew when the machine works again, or when the line is lost and nobody can say.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from dataclasses import dataclass, field
from enum import Enum

from hardware.config import LiftConfig
from hardware.devices.jmif.messages import PURPOSE_CODES, STORE_CODE, Answer, Status, Telegram, UnknownStatus
from hardware.devices.jmif.safety import Safety
from hardware.errors import (
    LINE_DOWN,
    MOTION_BAD_REQUEST,
    MOTION_BUSY,
    MOTION_CANCELLED,
    MOTION_IN_FLIGHT,
    MOTION_OPENING_OCCUPIED,
    MOTION_REFUSED,
    MOTION_TIMED_OUT,
    DeviceError,
)
from hardware.values import (
    FetchTray,
    LateAnswer,
    LiftEvent,
    MotionAccepted,
    MotionResult,
    MotionStarted,
    Outcome,
    PointTray,
    StoreTray,
)

logger = logging.getLogger(__name__)

Request = FetchTray | StoreTray | PointTray
REMEMBERED = 256  # ended commands whose further answers are recognised

# How a command ends by a status that is neither progress nor success.
ENDS: dict[Status, tuple[Outcome, str]] = {
    Status.INTERFACE_ERROR: (Outcome.NOT_DONE, MOTION_BAD_REQUEST),
    Status.SEQUENCE_INVALID: (Outcome.NOT_DONE, MOTION_BAD_REQUEST),
    Status.CARRIER_UNDEFINED: (Outcome.NOT_DONE, MOTION_BAD_REQUEST),
    Status.INPUT_INVALID: (Outcome.NOT_DONE, MOTION_BAD_REQUEST),
    Status.MACHINE_BUSY: (Outcome.NOT_DONE, MOTION_BUSY),  # was never begun
    Status.OCCUPIED_ON_STORE: (Outcome.NOT_DONE, MOTION_OPENING_OCCUPIED),
    Status.OCCUPIED_ON_FETCH: (Outcome.NOT_DONE, MOTION_OPENING_OCCUPIED),
    Status.CANCELLED: (Outcome.NOT_DONE, MOTION_CANCELLED),
    Status.RETRIES_EXCEEDED: (Outcome.NOT_DONE, MOTION_CANCELLED),
    Status.COMMON_ERROR: (Outcome.UNKNOWN, MOTION_REFUSED),  # says nothing about where the tray is
    Status.TIMEOUT: (Outcome.UNKNOWN, MOTION_TIMED_OUT),
}
STOPS = (Status.MACHINE_ERROR, Status.MM260_ERROR)


class Motion(Enum):
    """What a command asks of the metal."""

    FETCH = "fetch"
    STORE = "store"
    POINT = "point"


@dataclass(frozen=True, slots=True)
class MotionEnded:
    """The command in flight is over; the next one may begin."""

    result: MotionResult


Notice = LiftEvent | MotionEnded


@dataclass(slots=True)
class _Flight:
    command_id: int
    motion: Motion
    tray: int
    limit_s: float
    end_by_s: float | None
    accept_by_s: float | None
    is_accepted: bool = False

    @property
    def due_s(self) -> float | None:
        return min((at for at in (self.end_by_s, self.accept_by_s) if at is not None), default=None)


@dataclass(frozen=True, slots=True)
class _Past:
    """A command that ended here, for its further answers. `is_known` when its end was known."""

    motion: Motion
    tray: int
    is_known: bool


@dataclass(slots=True)
class Exchange:
    """The state between the station's commands and the machine's answers. Times are monotonic seconds."""

    config: LiftConfig
    safety: Safety = field(default_factory=Safety)
    is_line_up: bool = False
    _flight: _Flight | None = None
    _past: OrderedDict[int, _Past] = field(default_factory=OrderedDict)

    @property
    def command_id(self) -> int | None:
        """The command in flight."""
        return self._flight.command_id if self._flight else None

    @property
    def due_s(self) -> float | None:
        """When `tick` has something to do."""
        return self._flight.due_s if self._flight else None

    def begin(self, request: Request, now_s: float) -> Telegram:
        """Take a command over and say what to send. Raises DeviceError; then nothing was sent and nothing moves."""
        if self._flight is not None:
            raise DeviceError(MOTION_IN_FLIGHT, f"command {self._flight.command_id} is in flight")
        if not self.is_line_up:
            raise DeviceError(LINE_DOWN, "the line is down")
        motion, limit_s = self._motion_of(request)
        accept_by_s = now_s + self.config.timing.accepted_s
        self._flight = _Flight(request.command_id, motion, request.tray, limit_s, now_s + limit_s, accept_by_s)
        return telegram_of(request)

    def receive(self, answer: Answer, now_s: float) -> tuple[Notice, ...]:
        """What an answer with a command's id means."""
        command_id = answer.command_id
        if command_id is None:
            return ()
        if self._flight is not None and command_id == self._flight.command_id:
            return self._answer_in_flight(self._flight, answer, now_s)
        return self._answer_late(command_id, answer)

    def ping_answered(self, answer: Answer, now_s: float) -> tuple[Notice, ...]:
        """What a ping's answer says about safety. Only machine errors and success say anything."""
        status = answer.status
        notices: tuple[Notice, ...] = ()
        if status in STOPS:
            notices = self.safety.ping_stopped(str(answer.code), self.command_id)
        elif status is Status.SUCCESS:
            notices = self.safety.ping_works()
        if notices:
            self._rest_or_run(now_s)
        return notices

    def line_lost(self, now_s: float) -> None:
        """Nothing is heard any more; the command goes on, so does its time-out, and a missing 201 proves nothing."""
        self.is_line_up = False
        if self._flight is not None:
            self._flight.accept_by_s = None
            if self._flight.end_by_s is None:
                self._flight.end_by_s = now_s + self._flight.limit_s

    def tick(self, now_s: float) -> tuple[Notice, ...]:
        """End a command whose time is over."""
        flight = self._flight
        if flight is None or flight.due_s is None or now_s < flight.due_s:
            return ()
        what = "accepted" if not flight.is_accepted else "ended"
        return self._end(flight, Outcome.UNKNOWN, MOTION_TIMED_OUT, f"not {what} in time")

    def abandon(self) -> tuple[Notice, ...]:
        """The port closes: what is in flight ends UNKNOWN."""
        return self._end(self._flight, Outcome.UNKNOWN, LINE_DOWN, "the port was closed") if self._flight else ()

    def _motion_of(self, request: Request) -> tuple[Motion, float]:
        match request:
            case FetchTray():
                return Motion.FETCH, self.config.fetch_limit_s
            case StoreTray():
                return Motion.STORE, self.config.timing.store_s
            case PointTray():
                return Motion.POINT, self.config.timing.point_s

    def _answer_in_flight(self, flight: _Flight, answer: Answer, now_s: float) -> tuple[Notice, ...]:
        status = answer.status
        if isinstance(status, UnknownStatus):
            logger.warning("status %d of command %d is not known: neither good nor an end", status.code, flight.command_id)
            return ()
        flight.accept_by_s = None
        if status in STOPS:
            stopped = self.safety.command_stopped(str(answer.code), flight.command_id)
            self._rest_or_run(now_s)
            return stopped
        if status in ENDS:
            outcome, code = ENDS[status]
            return self._end(flight, outcome, code, f"status {answer.code}")
        flight.is_accepted = True
        if status is Status.QUEUED:
            return (MotionAccepted(flight.command_id),)
        cleared = self.safety.command_works()
        self._rest_or_run(now_s)
        if _is_end(flight.motion, status):
            return (*cleared, *self._end(flight, Outcome.DONE, "", f"status {answer.code}"))
        return (*cleared, MotionStarted(flight.command_id))

    def _answer_late(self, command_id: int, answer: Answer) -> tuple[Notice, ...]:
        past = self._past.get(command_id)
        status = answer.status
        if isinstance(status, UnknownStatus) or (past is not None and past.is_known):
            return ()
        if status in ENDS:
            outcome, code = ENDS[status]
        elif _is_end(past.motion if past else None, status):
            outcome, code = Outcome.DONE, ""
        else:
            return ()
        if outcome is Outcome.UNKNOWN:
            return ()
        motion, tray = (past.motion, past.tray) if past else (None, None)
        self._remember(command_id, _Past(motion or Motion.FETCH, tray or 0, is_known=True))
        return (LateAnswer(_result(command_id, motion, tray, outcome, code=code, message=f"status {answer.code}")),)

    def _end(self, flight: _Flight, outcome: Outcome, code: str, message: str) -> tuple[Notice, ...]:
        self._flight = None
        self.safety.command_ended()
        self._remember(flight.command_id, _Past(flight.motion, flight.tray, outcome is not Outcome.UNKNOWN))
        return (MotionEnded(_result(flight.command_id, flight.motion, flight.tray, outcome, code=code, message=message)),)

    def _remember(self, command_id: int, past: _Past) -> None:
        self._past[command_id] = past
        while len(self._past) > REMEMBERED:
            self._past.popitem(last=False)

    def _rest_or_run(self, now_s: float) -> None:
        """The time-out of an accepted command rests while the machine stands."""
        flight = self._flight
        if flight is None or not flight.is_accepted:
            return
        if self.safety.code and self.is_line_up:
            flight.end_by_s = None
        elif flight.end_by_s is None:
            flight.end_by_s = now_s + flight.limit_s


def telegram_of(request: Request) -> Telegram:
    """The telegram of a command. Storing sends carrier 0 without a point: the light goes off before the tray leaves."""
    host_id = str(request.command_id)
    match request:
        case StoreTray():
            return Telegram(code=STORE_CODE, host_id=host_id, opening=request.opening)
        case FetchTray():
            next_tray = request.next_tray or 0
        case PointTray():
            next_tray = 0
    return Telegram(
        code=PURPOSE_CODES[request.purpose],
        host_id=host_id,
        opening=request.opening,
        carrier=request.tray,
        carrier_next=next_tray,
        point=request.point,
        texts=request.texts,
    )


def _is_end(motion: Motion | None, status: Status) -> bool:
    """203 ends what brings a tray (0 may follow or replace it); storing ends with 0 alone."""
    return status is Status.SUCCESS or (status is Status.ARRIVED and motion is not Motion.STORE)


def _result(
    command_id: int, motion: Motion | None, tray: int | None, outcome: Outcome, *, code: str, message: str
) -> MotionResult:
    is_here = outcome is Outcome.DONE and motion in (Motion.FETCH, Motion.POINT)
    is_still_here = outcome is Outcome.NOT_DONE and code == MOTION_BUSY and motion in (Motion.STORE, Motion.POINT)
    known = tray if is_here or is_still_here else None
    return MotionResult(command_id=command_id, outcome=outcome, tray=known, code=code, message=message)
