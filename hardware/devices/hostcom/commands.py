"""The command in flight over HOST-COM and those that may still be under way, pure: what XS, XI, XA and a status mean for them."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from hardware.config import LiftConfig
from hardware.devices.hostcom.messages import Answer, EndCode, Info, InfoCode, Macro, Response, Status, StatusCode
from hardware.devices.hostcom.passage import (
    INSTRUCTIONS,
    REFUSALS,
    Passage,
    is_reached,
    macro_of,
    verdict_by_tray,
    verdict_of,
)
from hardware.devices.hostcom.sequence import Sequence
from hardware.errors import MOTION_BAD_REQUEST, MOTION_CANCELLED, DeviceError
from hardware.lift.exchange import Outs
from hardware.lift.flight import Flight, FlightDeck, Notices
from hardware.lift.verdict import Verdict
from hardware.values import FetchTray, LiftRequest, Outcome, PointTray, StoreTray

logger = logging.getLogger(__name__)

LIFT_ERROR = f"{InfoCode.LIFT_ERROR.value:02}"  # the machine's own number of every stop
STATUSES_FOR_DONE = 2  # statuses in a row that name the tray of a fetch whose XA does not come: the XA was lost


@dataclass(frozen=True, slots=True)
class _Unsettled:
    """A command that ended UNKNOWN and may still be under way."""

    request: LiftRequest
    until_s: float


class Commands:
    """Joins the deck's one flight to the numbers on the wire. `wants_status`: something was heard that a status must explain."""

    def __init__(self, config: LiftConfig, deck: FlightDeck, sequence: Sequence) -> None:
        self._config = config
        self._deck = deck
        self._sequence = sequence
        self._unsettled: _Unsettled | None = None
        self.passage: Passage | None = None
        self.wants_status = False

    # --- what is asked ---------------------------------------------------------------------------------------------------

    def begin(self, request: LiftRequest, now_s: float) -> Passage:
        """Take it over; it leaves with `leave`. Raises DeviceError."""
        if request.opening != self._config.opening:
            raise DeviceError(MOTION_BAD_REQUEST, f"this line serves {self._config.opening}, not {request.opening}")
        flight = self._deck.begin(request, now_s)
        flight.accept_by_s = None  # counted from when it leaves
        self.passage = Passage(request)
        return self.passage

    @property
    def waits_to_leave(self) -> bool:
        return self.passage is not None and self.passage.waits_to_leave

    @property
    def waits_for_acceptance(self) -> bool:
        """Whether its XS is due: until then nothing else is sent."""
        return self._deck.flight is not None and self._deck.flight.accept_by_s is not None

    @property
    def is_doubted(self) -> bool:
        return self.passage is not None and self.passage.is_doubted

    @property
    def may_move(self) -> bool:
        """Whether a command of ours may be moving the machine. What a machine that moves answers to a read_status is not
        published, so its status alone does not say that it stands."""
        return self._unsettled is not None or (self.passage is not None and self.passage.number is not None)

    def leave(self, now_s: float) -> tuple[Macro, int] | None:
        """The command that waits, and its number."""
        passage, flight = self.passage, self._deck.flight
        if passage is None or flight is None:
            return None
        passage.number, passage.left_at_s = self._sequence.for_command(passage.request), now_s
        flight.accept_by_s = now_s + self._config.timing.accepted_s
        return macro_of(passage.request), passage.number

    def not_sent(self, code: str, message: str) -> Notices:
        """A command that still waits to leave never will."""
        return self._end(Verdict(Outcome.NOT_DONE, code, message)) if self.waits_to_leave else ()

    # --- the line and the time -------------------------------------------------------------------------------------------

    def line_lost(self) -> None:
        """Answers may be lost."""
        if self.passage is not None:
            self.passage.is_doubted = True

    def tick(self, now_s: float) -> Notices:
        passage, flight = self.passage, self._deck.flight
        ended = self._deck.tick(now_s)
        if ended and passage is not None and flight is not None:
            self.passage = None
            if passage.number is not None:
                self._unsettled = _Unsettled(passage.request, passage.left_at_s + flight.limit_s)
        return ended

    def abandon(self) -> Notices:
        self.passage = None
        return self._deck.abandon()

    # --- what the machine answers to it ------------------------------------------------------------------------------------

    def is_about(self, message: Answer) -> bool:
        """Whether it answers the command in flight, under its last number."""
        return self.passage is not None and self.passage.number == message.head.seq

    def answered(self, message: Answer, now_s: float) -> Notices | Passage:
        """What an answer to the command in flight means. A Passage comes back when it is to be sent again."""
        passage, flight = self.passage, self._deck.flight
        if passage is None or flight is None:
            return ()
        self.wants_status = self.wants_status or bool(self._deck.safety.code)
        match message:
            case Status():
                return self._taken_or_not(passage, flight, message)
            case Info():
                return self._informed(message, now_s)
            case Response():
                return self._responded(passage, message)
            case _:
                return not_explained(message)

    def _taken_or_not(self, passage: Passage, flight: Flight, message: Status) -> Notices | Passage:
        if message.code is StatusCode.ACCEPTED:
            passage.is_taken = True
            return self._deck.accepted()
        if not isinstance(message.code, StatusCode) or flight.is_accepted:  # after an acceptance no refusal can follow
            return not_explained(message)
        may_send_again = self.waits_for_acceptance and not passage.is_sent_again and not flight.may_be_twice
        if message.code is StatusCode.FIRST_CONTACT and may_send_again:
            passage.is_sent_again = True
            return passage
        return self._end(_refused(message.code))

    def _informed(self, message: Info, now_s: float) -> Notices:
        if message.code is InfoCode.STARTED:
            return self._deck.works(now_s)
        if message.code is InfoCode.LIFT_ERROR:
            return self._deck.stopped(LIFT_ERROR, now_s)
        if isinstance(message.code, InfoCode):
            return self._deck.waits_for(INSTRUCTIONS[message.code], now_s)
        return not_explained(message)

    def _responded(self, passage: Passage, message: Response) -> Notices:
        """An XA counts after the E00 to the same telegram: the line keeps the order, and a machine that is still at an earlier
        command says E02. Without it, or without a tray, only a status can tell."""
        verdict = verdict_of(passage.request, message)
        if verdict is not None and passage.is_taken:
            return self._end(verdict)
        if isinstance(message.code, EndCode):
            passage.is_doubted = self.wants_status = True
        return not_explained(message)

    def answered_late(self, message: Answer) -> Outs | None:
        """An answer to a command that is not in flight any more, or to the first telegram of one that was sent again. None when
        no command of this run had its number lately."""
        request = self._sequence.request_of(message.head.seq)
        if request is None:
            return None
        verdict: Verdict | None = None
        if isinstance(message, Response):
            verdict = verdict_of(request, message)
        elif isinstance(message, Status) and isinstance(message.code, StatusCode) and message.code in REFUSALS:
            verdict = _refused(message.code)
        if verdict is None or request.command_id == self._deck.command_id:
            return ()
        if self._unsettled is not None and self._unsettled.request.command_id == request.command_id:
            self._unsettled = None
        tray = verdict.tray or None
        return self._deck.late(request.command_id, verdict.outcome, verdict.code, verdict.message, tray=tray)

    # --- what a status says of it ------------------------------------------------------------------------------------------

    def switched_on(self) -> Notices:
        """The machine was off: it knows nothing any more of what it was told."""
        self._unsettled = None
        if self.passage is None or self.passage.number is None:
            return ()
        return self._end(Verdict(Outcome.UNKNOWN, MOTION_CANCELLED, "the machine was switched on meanwhile"))

    def status_tells(self, tray: int, now_s: float) -> None:
        """A status named the tray at the access point; what was not settled may be."""
        rest = self._unsettled
        if rest is not None and (now_s >= rest.until_s or is_reached(rest.request, tray)):
            self._unsettled = None

    def status_ends(self, tray: int, token: int, now_s: float) -> Notices:
        """Whether a status ends the command in flight."""
        passage, flight = self.passage, self._deck.flight
        if passage is None or flight is None:
            return ()
        by_status = verdict_by_tray(passage.request, tray, f"status T={tray}")
        if isinstance(passage.request, PointTray):
            return self._end(by_status) if self._is_decided_by(token) else ()
        is_so = passage.number is not None and by_status.outcome is Outcome.DONE
        passage.reached_statuses = passage.reached_statuses + 1 if is_so else 0
        is_fetched = isinstance(passage.request, FetchTray) and passage.reached_statuses >= STATUSES_FOR_DONE
        if is_so and (passage.is_doubted or is_fetched):
            return self._end(by_status)
        if is_so and isinstance(passage.request, StoreTray) and flight.asked is not None:
            self._deck.waits_no_more(now_s)  # the tray is on its way
        return ()

    def status_refused(self, code: str, message: str, *, token: int) -> Notices:
        """A question was answered without a tray."""
        if self.passage is None:
            return ()
        self.passage.reached_statuses = 0
        return self._end(Verdict(Outcome.NOT_DONE, code, message)) if self._is_decided_by(token) else ()

    def _is_decided_by(self, token: int) -> bool:
        passage = self.passage
        return passage is not None and passage.question is not None and token >= passage.question

    def _end(self, verdict: Verdict) -> Notices:
        tray = verdict.tray or None
        if verdict.outcome is Outcome.DONE:
            ended = self._deck.done(verdict.message, tray=tray)
        else:
            ended = self._deck.end(verdict.outcome, verdict.code, verdict.message, tray=tray)
        if self._deck.flight is None:  # a refusal that may be meant for a copy ends nothing
            self.passage = None
        return ended


def _refused(code: StatusCode) -> Verdict:
    what = ": RETURN is to be pressed at its panel" if code is StatusCode.NOT_READY else ""
    return Verdict(Outcome.NOT_DONE, REFUSALS[code], f"XS E{code.value:02}{what}")


def not_explained(message: Answer) -> Notices:
    """Nobody waits for it, or nothing published explains it: neither good nor an end."""
    logger.info("not waited for, or not explained: %s", message)
    return ()
