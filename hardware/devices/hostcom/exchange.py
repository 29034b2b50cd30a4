"""The conversation in HOST-COM telegrams, pure: the status that proves the line and names the tray, and the order of things.

One telegram at a time: nothing is sent before a command has its XS and a question its XA, or their time is over. read_status is
a macro like the others; a command that overtook one would be answered E02.
"""

from __future__ import annotations

from hardware.config import LiftConfig
from hardware.devices.hostcom.commands import LIFT_ERROR, Commands, not_explained
from hardware.devices.hostcom.messages import (
    READ_STATUS,
    Answer,
    EndCode,
    Info,
    InfoCode,
    Macro,
    Response,
    Status,
    StatusCode,
    encode,
    parse_opening,
)
from hardware.devices.hostcom.passage import REFUSALS, Passage
from hardware.devices.hostcom.questions import Question, Questions
from hardware.devices.hostcom.sequence import Sequence
from hardware.errors import LINE_DOWN, LINE_NO_ANSWER, MACHINE_NOT_READY, MACHINE_STOPPED, MOTION_BUSY, MOTION_REFUSED
from hardware.lift.exchange import Out, Outs, Reopen, Send, StatusRead
from hardware.lift.flight import FlightDeck
from hardware.lift.line_word import LineWord
from hardware.line_layer import Trouble, Unacknowledged
from hardware.values import LiftRequest, LiftStatus, PointTray


class HostComExchange:
    """One access point of one Hänel machine. `first_number` is where its questions begin to count."""

    reports_tray = True
    takes_next_tray = False
    owes_clean_up = False  # a telegram leaves nothing on

    def __init__(self, config: LiftConfig, *, first_number: int = 0) -> None:
        self._address = parse_opening(config.opening)
        self._options = config.hostcom
        self._deck = FlightDeck(config)  # no published parameter moves the light: what is done is done without one
        sequence = Sequence(first_number)
        self._questions = Questions(config.timing, sequence)
        self._commands = Commands(config, self._deck, sequence)
        self._word = LineWord()

    @property
    def is_line_up(self) -> bool:
        return self._deck.is_line_up

    @property
    def due_s(self) -> float | None:
        return min((at for at in (self._deck.due_s, self._questions.due_s) if at is not None), default=None)

    # --- the line --------------------------------------------------------------------------------------------------------

    def opened(self, now_s: float) -> Outs:
        """The port is open; LinkUp waits for the answer to a question of this connection: what comes before it is older."""
        self._word.opened()
        self._questions.opened(now_s)
        return self.tick(now_s)

    def lost(self, code: str, message: str, now_s: float) -> Outs:
        self._questions.heartbeat.closed()
        self._questions.forget()
        return () if self._word.is_own_doing() else self._down(code, message, now_s)

    def tick(self, now_s: float) -> Outs:
        outs: list[Out] = [*self._commands.tick(now_s)]
        if self._questions.take_unanswered(now_s):
            outs += self._commands.not_sent(LINE_NO_ANSWER, "no answer to the question before it")
        silence = self._questions.heartbeat.take_silence(now_s)
        if silence is not None:
            self._word.gives_up()
            return (*outs, *self._down(silence, "no answer", now_s), Reopen())
        self._questions.take_ping(now_s, is_quick=self._is_quick)
        return (*outs, *self._pump(now_s))

    def _down(self, code: str, message: str, now_s: float) -> Outs:
        self._questions.forget()
        ended = self._commands.not_sent(LINE_DOWN, "the line was lost before it left")
        self._commands.line_lost()
        self._deck.line_lost(now_s)
        return (*ended, *self._word.down(code, message))

    def _works(self) -> Outs:
        self._deck.is_line_up = True
        return self._word.up()

    # --- what is asked ---------------------------------------------------------------------------------------------------

    def begin(self, request: LiftRequest, now_s: float) -> Outs:
        passage = self._commands.begin(request, now_s)
        if isinstance(request, PointTray):  # no published parameter moves the light: a status says whether the tray is here
            passage.question = self._ask(now_s)
        return self._pump(now_s)

    def ask_status(self, now_s: float) -> tuple[int, Outs]:
        return self._ask(now_s), self._pump(now_s)

    def abandon(self) -> Outs:
        return self._commands.abandon()

    @property
    def _is_quick(self) -> bool:
        return bool(self._deck.safety.code) or self._commands.is_doubted

    def _ask(self, now_s: float) -> int:
        return self._questions.ask(now_s, is_quick=self._is_quick)

    def _pump(self, now_s: float) -> Outs:
        """Send what may leave now: the command before a question."""
        if self._commands.wants_status:
            self._commands.wants_status = False
            self._ask(now_s)
        if self._questions.current is not None:
            return ()
        if self._commands.waits_to_leave:
            return self._send_command(now_s)
        if self._commands.waits_for_acceptance or not self._questions.is_wanted:
            return ()
        return (self._send(Macro(READ_STATUS), self._questions.leave(now_s)),)

    def _send_command(self, now_s: float) -> Outs:
        leaving = self._commands.leave(now_s)
        if leaving is None:
            return ()
        send = self._send(*leaving)
        self._deck.leaves(send.data)
        return (send,)

    def _send(self, macro: Macro, number: int) -> Send:
        return Send(encode(macro, self._address, seq=number, options=self._options))

    # --- answers ---------------------------------------------------------------------------------------------------------

    def heard(self, message: Answer | Trouble, now_s: float) -> Outs:
        if isinstance(message, Trouble) and message.code == LINE_NO_ANSWER:
            if isinstance(message, Unacknowledged):
                self._deck.sent_again(message.text)
            return ()
        outs = None if isinstance(message, Trouble) or not self._is_for_us(message) else self._understood(message, now_s)
        if outs is None:
            self._questions.heartbeat.noise()
            return ()
        self._questions.heartbeat.heard(now_s)
        return (*outs, *self._pump(now_s))

    def _is_for_us(self, message: Answer) -> bool:
        """A machine that refuses our header may answer with what it holds right; then the number alone must do."""
        if message.head.host == self._options.host and message.head.address == self._address:
            return True
        is_header_refused = isinstance(message, Status) and message.code in (StatusCode.HEADER_WRONG, StatusCode.HOST_WRONG)
        return is_header_refused and (self._is_asked(message) or self._commands.is_about(message))

    def _is_asked(self, message: Answer) -> bool:
        question = self._questions.current
        return question is not None and question.number == message.head.seq

    def _understood(self, message: Answer, now_s: float) -> Outs | None:
        """What it means; None for an answer to nothing that this run has sent lately."""
        question = self._questions.current
        if question is not None and self._is_asked(message):
            return (*self._works(), *self._question_answered(question, message, now_s))
        if not self._commands.is_about(message):
            return self._commands.answered_late(message)
        meant = self._commands.answered(message, now_s)
        return self._send_command(now_s) if isinstance(meant, Passage) else meant

    # --- answers to a question -------------------------------------------------------------------------------------------

    def _question_answered(self, question: Question, message: Answer, now_s: float) -> Outs:
        match message:
            case Status(code=StatusCode.ACCEPTED):
                question.is_taken = True
                return ()
            case Status(code=StatusCode.FIRST_CONTACT):
                return self._switched_on(question, now_s)
            case Status(code=StatusCode() as code):
                return self._not_told(question, REFUSALS[code], f"XS E{code.value:02}")
            case Info(code=InfoCode.LIFT_ERROR):
                question.is_stopped = True
                return self._deck.status_stopped(LIFT_ERROR, now_s)
            case Response(code=EndCode.DONE, tray=int() as tray) if question.is_taken:
                return self._told(question, tray, now_s)
            case Response() if question.is_taken:
                return self._not_told(question, MOTION_REFUSED, "no tray in the XA")
            case _:
                return not_explained(message)

    def _switched_on(self, question: Question, now_s: float) -> Outs:
        """E01: the machine was off. The question is asked once more, and once only."""
        ended = self._commands.switched_on()
        if question.is_sent_again:
            return (*ended, *self._not_told(question, MACHINE_NOT_READY, "XS E01 twice"))
        return (*ended, self._send(Macro(READ_STATUS), self._questions.leave_again(question, now_s)))

    def _not_told(self, question: Question, code: str, message: str) -> Outs:
        """The machine answers and names no tray."""
        self._questions.current = None
        stop, is_moving = self._deck.safety.code, code == MOTION_BUSY
        why = MACHINE_STOPPED if stop else code
        status = LiftStatus(ready=False, is_moving=is_moving, safety_code=stop, code=why, is_tray_known=False)
        return (StatusRead(question.token, status), *self._commands.status_refused(code, message, token=question.token))

    def _told(self, question: Question, tray: int, now_s: float) -> Outs:
        """The machine names the tray at the access point."""
        self._questions.current = None
        notices = () if question.is_stopped else self._deck.status_works(now_s)
        self._commands.status_tells(tray, now_s)
        read = StatusRead(question.token, self._status(tray))
        return (*notices, read, *self._commands.status_ends(tray, question.token, now_s))

    def _status(self, tray: int) -> LiftStatus:
        stop, may_move = self._deck.safety.code, self._commands.may_move
        is_busy = may_move or self._deck.flight is not None
        code = MACHINE_STOPPED if stop else MOTION_BUSY if is_busy else ""
        return LiftStatus(ready=not code, tray=tray or None, is_moving=may_move, safety_code=stop, code=code)
