"""The conversation in JMIF telegrams, pure: what an answer means for the command in flight, and the ping that proves the line."""

from __future__ import annotations

import logging

from hardware.config import LiftConfig
from hardware.devices.jmif.messages import (
    PURPOSE_CODES,
    STORE_CODE,
    Answer,
    Status,
    Telegram,
    UnknownStatus,
    encode,
    ping,
)
from hardware.errors import (
    LINE_NO_ANSWER,
    MACHINE_STOPPED,
    MOTION_BAD_REQUEST,
    MOTION_BUSY,
    MOTION_CANCELLED,
    MOTION_OPENING_OCCUPIED,
    MOTION_REFUSED,
    MOTION_TIMED_OUT,
)
from hardware.heartbeat import Heartbeat
from hardware.lift.demand import Demand
from hardware.lift.exchange import Notice, Out, Outs, Reopen, Send, StatusRead
from hardware.lift.flight import Flight, FlightDeck
from hardware.lift.line_word import LineWord
from hardware.line_layer import Trouble, Unacknowledged
from hardware.values import LiftRequest, LiftStatus, Outcome, StoreTray

logger = logging.getLogger(__name__)

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


class JmifExchange:
    """One machine behind JMIF. Its ping says nothing about trays. `unix_offset_s` is unix time minus monotonic time."""

    reports_tray = False
    takes_next_tray = True
    owes_clean_up = False  # a telegram leaves nothing on

    def __init__(self, config: LiftConfig, *, unix_offset_s: float) -> None:
        self._config = config
        self._unix_offset_s = unix_offset_s
        self._deck = FlightDeck(config, has_light=True)
        self._heartbeat = Heartbeat(config.timing)
        self._word = LineWord()

    @property
    def is_line_up(self) -> bool:
        return self._deck.is_line_up

    @property
    def due_s(self) -> float | None:
        return min((at for at in (self._deck.due_s, self._heartbeat.due_s) if at is not None), default=None)

    # --- the line --------------------------------------------------------------------------------------------------------

    def opened(self, now_s: float) -> Outs:
        """The port is open; LinkUp waits for an answer, because an open port proves nothing."""
        self._word.opened()
        self._heartbeat.opened(now_s)
        return self.tick(now_s)

    def lost(self, code: str, message: str, now_s: float) -> Outs:
        self._heartbeat.closed()
        return () if self._word.is_own_doing() else self._down(code, message, now_s)

    def tick(self, now_s: float) -> Outs:
        outs: list[Out] = [*self._deck.tick(now_s)]
        silence = self._heartbeat.take_silence(now_s)
        if silence is not None:
            outs += self._down(silence, "no answer", now_s)
            self._word.gives_up()
            outs.append(Reopen())
        return (*outs, *self._ping(now_s))

    def _down(self, code: str, message: str, now_s: float) -> Outs:
        self._deck.line_lost(now_s)
        return self._word.down(code, message)

    def _ping(self, now_s: float) -> Outs:
        unix_s = now_s + self._unix_offset_s
        token = self._heartbeat.take_ping(now_s, unix_s, is_stopped=bool(self._deck.safety.code))
        return () if token is None else (Send(encode(ping(token, self._config.opening))),)

    # --- commands --------------------------------------------------------------------------------------------------------

    def begin(self, request: LiftRequest, now_s: float) -> Outs:
        self._deck.begin(request, now_s)
        text = encode(telegram_of(request))
        self._deck.leaves(text)
        return (Send(text),)

    def ask_status(self, now_s: float) -> tuple[int, Outs]:
        self._heartbeat.ping_now(now_s)
        outs = self._ping(now_s)
        return self._heartbeat.last_token, outs

    def abandon(self) -> Outs:
        return self._deck.abandon()

    # --- answers ---------------------------------------------------------------------------------------------------------

    def heard(self, message: Answer | Trouble, now_s: float) -> Outs:
        if isinstance(message, Trouble):
            self._troubled(message)
            return ()
        self._heartbeat.heard(now_s)
        outs: list[Out] = []
        if not self._deck.is_line_up:
            self._deck.is_line_up = True
            outs += self._word.up()
        return (*outs, *(self._pinged(message, now_s) if message.is_ping else self._answered(message, now_s)))

    def _troubled(self, trouble: Trouble) -> None:
        if isinstance(trouble, Unacknowledged):
            self._deck.sent_again(trouble.text)
        elif trouble.code != LINE_NO_ANSWER:
            self._heartbeat.noise()

    def _pinged(self, answer: Answer, now_s: float) -> Outs:
        """What a ping's answer says about safety. Only machine errors and success say anything."""
        notices: tuple[Notice, ...] = ()
        if answer.status in STOPS:
            notices = self._deck.status_stopped(str(answer.code), now_s)
        elif answer.status is Status.SUCCESS:
            notices = self._deck.status_works(now_s)
        stop = self._deck.safety.code
        is_good = answer.status is Status.SUCCESS and not stop
        status = LiftStatus(ready=is_good, safety_code=stop, code=MACHINE_STOPPED if stop else "")
        return (*notices, StatusRead(answer.ping_token, status))

    def _answered(self, answer: Answer, now_s: float) -> Outs:
        command_id, flight = answer.command_id, self._deck.flight
        if command_id is None:
            return ()
        was_stopped = bool(self._deck.safety.code)
        if flight is not None and command_id == flight.command_id:
            outs: Outs = self._answered_in_flight(flight, answer, now_s)
        else:
            outs = self._answered_late(command_id, answer)
        if was_stopped:
            self._heartbeat.ping_now(now_s)
        return outs

    def _answered_in_flight(self, flight: Flight, answer: Answer, now_s: float) -> Outs:
        status = answer.status
        if isinstance(status, UnknownStatus):
            logger.warning("status %d of command %d is not known: neither good nor an end", status.code, flight.command_id)
            return ()
        if status in STOPS:
            return self._deck.stopped(str(answer.code), now_s)
        if status in ENDS:
            outcome, code = ENDS[status]
            return self._deck.end(outcome, code, f"status {answer.code}")
        if status is Status.QUEUED:
            return self._deck.accepted()
        if _is_end(flight.demand, status):
            return self._deck.done(f"status {answer.code}")
        return self._deck.works(now_s)

    def _answered_late(self, command_id: int, answer: Answer) -> Outs:
        status = answer.status
        if isinstance(status, UnknownStatus):
            return ()
        if status in ENDS:
            outcome, code = ENDS[status]
        elif _is_end(self._deck.past_demand(command_id), status):
            outcome, code = Outcome.DONE, ""
        else:
            return ()
        return self._deck.late(command_id, outcome, code, f"status {answer.code}")


def telegram_of(request: LiftRequest) -> Telegram:
    """The telegram of a command. Storing sends carrier 0 without a point: the light goes off before the tray leaves."""
    host_id = str(request.command_id)
    if isinstance(request, StoreTray):
        return Telegram(code=STORE_CODE, host_id=host_id, opening=request.opening)
    return Telegram(
        code=PURPOSE_CODES[request.purpose],
        host_id=host_id,
        opening=request.opening,
        carrier=request.tray,
        carrier_next=request.next_tray or 0,
        point=request.point,
        texts=request.texts,
    )


def _is_end(demand: Demand | None, status: Status) -> bool:
    """203 ends what brings a tray (0 may follow or replace it); storing, and what nobody knows any more, ends with 0 alone."""
    return status is Status.SUCCESS or (status is Status.ARRIVED and demand in (Demand.FETCH, Demand.POINT))
