"""The one command in flight and the memory of those before it, pure; the same for every lift protocol.

A command that timed out is UNKNOWN and is never sent again. Its answer may still come, after a reconnect or for a command of an
earlier run of the program: that is a LateAnswer. While the machine stands for safety, or waits for a person at its panel, the
command stays in flight and its time-out rests; it starts anew when the machine works again, or when the line is lost and nobody
can say.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from hardware.config import LiftConfig
from hardware.errors import (
    LINE_DOWN,
    MACHINE_STOPPED,
    MOTION_BAD_REQUEST,
    MOTION_IN_FLIGHT,
    MOTION_TIMED_OUT,
    DeviceError,
)
from hardware.lift.demand import Demand, demand_of
from hardware.lift.exchange import FlightEnded, Notice
from hardware.lift.past_flights import PastFlight, PastFlights, result_of
from hardware.lift.safety import Safety
from hardware.values import (
    FetchTray,
    Instruction,
    LateAnswer,
    LiftRequest,
    MotionAccepted,
    MotionResult,
    MotionStarted,
    OperatorAsked,
    Outcome,
    PointTray,
    StoreTray,
)

Notices = tuple[Notice, ...]


@dataclass(slots=True)
class Flight:
    """A command on its way. `end_by_s` None: its time rests. `texts`: what was sent of it. `may_be_twice`: a link protocol may
    have carried one of them two times."""

    request: LiftRequest
    demand: Demand
    limit_s: float
    end_by_s: float | None
    accept_by_s: float | None
    texts: tuple[bytes, ...] = ()
    is_accepted: bool = False
    may_be_twice: bool = False
    asked: Instruction | None = None

    @property
    def command_id(self) -> int:
        return self.request.command_id

    @property
    def due_s(self) -> float | None:
        return min((at for at in (self.end_by_s, self.accept_by_s) if at is not None), default=None)


@dataclass(slots=True)
class FlightDeck:
    """Begins, follows and ends commands. `has_light`: the machine lights the place that a command names. Times are monotonic
    seconds."""

    config: LiftConfig
    has_light: bool = False
    safety: Safety = field(default_factory=Safety)
    is_line_up: bool = False
    flight: Flight | None = None
    _past: PastFlights = field(default_factory=PastFlights)

    @property
    def command_id(self) -> int | None:
        """The command in flight."""
        return self.flight.command_id if self.flight else None

    @property
    def due_s(self) -> float | None:
        """When `tick` has something to do."""
        return self.flight.due_s if self.flight else None

    def begin(self, request: LiftRequest, now_s: float) -> Flight:
        """Take a command over. Raises DeviceError; then nothing moves. A stop of which nobody knows any more whether it stands
        hinders none: only an answer to one can tell.

        A tray has a number from 1 up: on more than one wire 0 means "none", and JMIF would send the tray at the opening away.
        """
        if request.tray < 1 and not isinstance(request, StoreTray):
            raise DeviceError(MOTION_BAD_REQUEST, f"no tray has the number {request.tray}")
        if self.flight is not None:
            raise DeviceError(MOTION_IN_FLIGHT, f"command {self.flight.command_id} is in flight")
        if self.safety.code:
            raise DeviceError(MACHINE_STOPPED, f"the machine stands for safety: {self.safety.code}")
        if not self.is_line_up:
            raise DeviceError(LINE_DOWN, "the line is down")
        limit_s = self._limit_s(request)
        self.flight = Flight(
            request, demand_of(request), limit_s, now_s + limit_s, accept_by_s=now_s + self.config.timing.accepted_s
        )
        return self.flight

    # --- what the machine says of the command in flight ------------------------------------------------------------------

    def accepted(self) -> Notices:
        """It is queued. Says nothing of safety."""
        flight = self.flight
        if flight is None:
            return ()
        flight.accept_by_s = None
        was_accepted, flight.is_accepted = flight.is_accepted, True
        return () if was_accepted else (MotionAccepted(flight.command_id),)

    def works(self, now_s: float) -> Notices:
        """The machine works on it."""
        flight = self.flight
        if flight is None:
            return ()
        flight.accept_by_s, flight.is_accepted, flight.asked = None, True, None
        cleared = self.safety.command_works()
        self._rest_or_run(now_s)
        return (*cleared, MotionStarted(flight.command_id))

    def waits_for(self, instruction: Instruction, now_s: float) -> Notices:
        """The machine waits for a person; said once for each instruction."""
        flight = self.flight
        if flight is None:
            return ()
        flight.accept_by_s, flight.is_accepted = None, True
        was_asked, flight.asked = flight.asked, instruction
        self._rest_or_run(now_s)
        return () if was_asked is instruction else (OperatorAsked(flight.command_id, instruction),)

    def waits_no_more(self, now_s: float) -> None:
        """The machine does not wait for a person any longer, and does not say that it works either."""
        if self.flight is not None and self.flight.asked is not None:
            self.flight.asked = None
            self._rest_or_run(now_s)

    def stopped(self, code: str, now_s: float) -> Notices:
        """The machine says with the command that it stands for safety."""
        flight = self.flight
        if flight is None:
            return ()
        flight.accept_by_s = None
        notices = self.safety.command_stopped(code, flight.command_id)
        self._rest_or_run(now_s)
        return notices

    def done(self, message: str = "", *, tray: int | None = None) -> Notices:
        """It is done; `tray` is what the machine itself names at the opening, where it does."""
        cleared = self.safety.command_works() if self.flight is not None else ()
        return (*cleared, *self.end(Outcome.DONE, message=message, tray=tray))

    def end(self, outcome: Outcome, code: str = "", message: str = "", *, tray: int | None = None) -> Notices:
        """The command in flight is over. Whether the machine still stands is for its next status to say.

        Where the machine may have it twice, a refusal may be meant for the second copy and ends nothing: the time-out will.
        """
        flight = self.flight
        if flight is None or (flight.may_be_twice and outcome is Outcome.NOT_DONE):
            return ()
        self.flight = None
        self.safety.command_ended()
        is_known = outcome is not Outcome.UNKNOWN
        self._past.keep(flight.command_id, PastFlight(flight.demand, flight.request.tray, is_known, flight.may_be_twice))
        result = result_of(flight.command_id, flight.demand, flight.request.tray, outcome, code=code, message=message, named=tray)
        return (FlightEnded(self._lit(result, flight.demand)),)

    # --- what it says of others ------------------------------------------------------------------------------------------

    def late(
        self, command_id: int, outcome: Outcome, code: str = "", message: str = "", *, tray: int | None = None
    ) -> tuple[LateAnswer, ...]:
        """A final answer for a command that is not in flight. Told once, and only where its end was not known."""
        past = self._past.get(command_id)
        if outcome is Outcome.UNKNOWN or (past is not None and past.is_known):
            return ()
        if past is not None and past.may_be_twice and outcome is Outcome.NOT_DONE:
            return ()
        demand, asked = (past.demand, past.tray) if past else (None, None)
        self._past.keep(command_id, PastFlight(demand or Demand.FETCH, asked or 0, is_known=True))
        result = result_of(command_id, demand, asked, outcome, code=code, message=message, named=tray)
        return (LateAnswer(self._lit(result, demand)),)

    def past_demand(self, command_id: int) -> Demand | None:
        """What an ended command asked for, None when it was not ours or too long ago."""
        past = self._past.get(command_id)
        return past.demand if past else None

    def status_stopped(self, code: str, now_s: float) -> Notices:
        """A status says that the machine stands for safety."""
        notices = self.safety.status_stopped(code, self.command_id)
        if notices:
            self._rest_or_run(now_s)
        return notices

    def status_works(self, now_s: float) -> Notices:
        """A status says that it does not."""
        notices = self.safety.status_works()
        if notices:
            self._rest_or_run(now_s)
        return notices

    # --- the line and the time -------------------------------------------------------------------------------------------

    def leaves(self, text: bytes) -> None:
        """The command in flight is given to the line as this text."""
        if self.flight is not None:
            self.flight.texts += (text,)

    def sent_again(self, text: bytes) -> None:
        """A link protocol repeats a text that nobody acknowledged. Where it is the command in flight, the machine may have that
        twice; a question that is there twice casts no doubt on it."""
        if self.flight is not None and text in self.flight.texts:
            self.flight.may_be_twice = True

    def line_lost(self, now_s: float) -> None:
        """Nothing is heard any more; the command goes on, so does its time-out, and a missing acceptance proves nothing."""
        self.is_line_up = False
        self.safety.line_lost()
        if self.flight is not None:
            self.flight.accept_by_s = None
            if self.flight.end_by_s is None:
                self.flight.end_by_s = now_s + self.flight.limit_s

    def tick(self, now_s: float) -> Notices:
        """End a command whose time is over."""
        flight = self.flight
        if flight is None or flight.due_s is None or now_s < flight.due_s:
            return ()
        what = "accepted" if not flight.is_accepted else "ended"
        return self.end(Outcome.UNKNOWN, MOTION_TIMED_OUT, f"not {what} in time")

    def abandon(self) -> Notices:
        """The port closes: what is in flight ends UNKNOWN."""
        return self.end(Outcome.UNKNOWN, LINE_DOWN, "the port was closed")

    def _lit(self, result: MotionResult, demand: Demand | None) -> MotionResult:
        """With a light the place is lit once the tray is here."""
        is_lit = self.has_light and result.outcome is Outcome.DONE and demand is not Demand.STORE
        return replace(result, is_lit=is_lit)

    def _limit_s(self, request: LiftRequest) -> float:
        match request:
            case FetchTray():
                return self.config.fetch_limit_s
            case StoreTray():
                return self.config.timing.store_s
            case PointTray():
                return self.config.timing.point_s

    def _rest_or_run(self, now_s: float) -> None:
        """The time-out of an accepted command rests while the machine stands or waits for a person."""
        flight = self.flight
        if flight is None or not flight.is_accepted:
            return
        if (self.safety.code or flight.asked is not None) and self.is_line_up:
            flight.end_by_s = None
        elif flight.end_by_s is None:
            flight.end_by_s = now_s + flight.limit_s
