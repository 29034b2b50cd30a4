"""The exchange of machines that only answer questions, for every `Dialect`.

It reads a status at a steady pace, quicker while something moves or stands; reads a fresh one before each command; writes the
command once; then reads statuses until one shows the end. One request is open at a time, and only a request that reads is ever
asked again.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from hardware.config import LiftConfig
from hardware.errors import LINE_NO_ANSWER, MACHINE_STOPPED, MOTION_BIT_LEFT, MOTION_BUSY
from hardware.lift.asking import Asking
from hardware.lift.course import Course, Phase
from hardware.lift.dialect import Ask, Dialect, Kind, Refused, Snapshot
from hardware.lift.exchange import Out, Outs, Reopen, Send, StatusRead
from hardware.lift.flight import FlightDeck, Notices
from hardware.lift.line_word import LineWord
from hardware.lift.polled_command import PolledCommand
from hardware.line_layer import NoAnswer, Trouble
from hardware.values import LiftRequest, LiftStatus

M = TypeVar("M")


@dataclass(slots=True)
class _Read(Generic[M]):
    """A status being read. It tells of `course` only in the phase in which it was begun."""

    asks: deque[Ask]
    token: int
    course: Course | None
    phase: Phase | None
    answers: list[M] = field(default_factory=list)


class PolledExchange(Generic[M]):
    """`hardware.lift.exchange.LiftExchange` over questions and answers. Times are monotonic seconds."""

    reports_tray = True
    takes_next_tray = False

    def __init__(self, config: LiftConfig, dialect: Dialect[M], *, has_light: bool = False) -> None:
        """`has_light`: whether the dialect's commands light the place they name."""
        self._config = config
        self._dialect = dialect
        self._deck = FlightDeck(config, has_light=has_light)
        self._asking = Asking(dialect.timing, config.timing)
        self._read: _Read[M] | None = None
        self._command = PolledCommand(config, dialect, self._deck)
        self._next_read_s = 0.0
        self._seen_s = 0.0  # the last time it was looked for what may leave
        self._reads = 0
        self._asked_token = 0
        self._answered_token = 0
        self._word = LineWord()

    # --- what the shell asks -----------------------------------------------------------------------------------------------

    @property
    def is_line_up(self) -> bool:
        return self._deck.is_line_up

    @property
    def due_s(self) -> float | None:
        times = (self._deck.due_s, self._asking.due_s, self._command.check_by_s, self._next_send_s())
        return min((at for at in times if at is not None), default=None)

    def begin(self, request: LiftRequest, now_s: float) -> Outs:
        self._command.begin(request, now_s)
        return self._pump(now_s)

    def ask_status(self, now_s: float) -> tuple[int, Outs]:
        self._asked_token += 1
        return self._asked_token, self._pump(now_s)

    @property
    def owes_clean_up(self) -> bool:
        return self._command.owes_clean_up

    def abandon(self) -> Outs:
        return self._command.abandon()

    # --- the port ----------------------------------------------------------------------------------------------------------

    def opened(self, now_s: float) -> Outs:
        self._word.opened()
        self._asking.opened(now_s)
        self._next_read_s = now_s
        return self._pump(now_s)

    def lost(self, code: str, message: str, now_s: float) -> Outs:
        return () if self._word.is_own_doing() else self._go_down(code, message, now_s)

    def heard(self, message: M | Trouble, now_s: float) -> Outs:
        if isinstance(message, Trouble) and message.code == LINE_NO_ANSWER:
            return self._no_answer(message, now_s)
        ask = self._asking.ask
        understood = None if ask is None or isinstance(message, Trouble) else self._dialect.understand(message, ask)
        if ask is None or understood is None:
            self._asking.stray(now_s)
            return ()
        self._asking.answered(now_s)
        outs = (*self._line_works(), *self._answered(ask, understood, now_s))
        return (*outs, *self._pump(now_s))

    def tick(self, now_s: float) -> Outs:
        outs: Outs = self._command.tick(now_s)
        silence = self._asking.take_silence(now_s)
        if silence is not None:
            outs = (*outs, *self._go_down(silence, "no answer", now_s), Reopen())
            self._word.gives_up()
            return outs
        expired = self._asking.take_expired(now_s)
        if expired is not None:
            outs = (*outs, *self._unanswered(expired, now_s))
        return (*outs, *self._command.check_missed(now_s), *self._pump(now_s))

    # --- what is sent next -------------------------------------------------------------------------------------------------

    def _next_send_s(self) -> float | None:
        free_from_s = self._asking.free_from_s
        if free_from_s is None:
            return None
        free_from_s = max(free_from_s, self._seen_s)  # what was not sent by then did not fit into a pulse
        work_s, clean_up_s = self._next_work_s(free_from_s), self._command.clean_ups.due_s
        return work_s if clean_up_s is None else min(work_s, max(free_from_s, clean_up_s))

    def _next_work_s(self, from_s: float) -> float:
        """When the next step of the command or the next status may be sent, not before `from_s`. In a pulse a status is read only
        where its answer comes in time: a late one would keep the bit on for longer."""
        is_wanted = self._read is not None or self._is_status_wanted_now()
        read_s = from_s if is_wanted else max(from_s, self._next_read_s)
        if read_s + self._dialect.timing.answer_s <= self._command.pulse_until_s:
            return read_s
        is_written = self._command.phase is Phase.WRITE
        return max(from_s if is_written else read_s, self._command.pulse_until_s)

    def _is_status_wanted_now(self) -> bool:
        return self._command.phase is Phase.CHECK or self._asked_token > self._answered_token

    def _pump(self, now_s: float) -> Outs:
        """Send the next request, if one may leave now."""
        self._seen_s = now_s
        if not self._asking.is_free(now_s):
            return ()
        clean_up = self._command.clean_ups.take(now_s)
        if clean_up is not None:
            return self._send(clean_up, now_s)
        if now_s < self._command.pulse_until_s:
            self._asking.rest()
        if now_s < self._next_work_s(now_s):
            return ()
        if self._command.phase is Phase.WRITE and now_s >= self._command.pulse_until_s:
            step = self._command.next_step(now_s)
            if step is not None:
                return self._send(step, now_s)
            if self._command.phase is Phase.WRITE:  # a pause
                return self._pump(now_s)
        if self._read is None:
            self._read = self._begin_read()
        return self._send(self._read.asks.popleft(), now_s)

    def _begin_read(self) -> _Read[M]:
        self._reads += 1
        asks = deque(self._dialect.status_asks(self._reads))
        return _Read(asks, self._asked_token, self._command.course, self._command.phase)

    def _send(self, ask: Ask, now_s: float) -> Outs:
        self._asking.send(ask, now_s)
        return (Send(ask.data),)

    # --- what came back ----------------------------------------------------------------------------------------------------

    def _answered(self, ask: Ask, understood: M | Refused, now_s: float) -> Outs:
        if ask.kind is not Kind.READ:
            return self._command.step_answered(ask, understood, now_s)
        read = self._read
        if read is None:
            return ()
        if not isinstance(understood, Refused):
            read.answers.append(understood)
            if read.asks:
                return ()
            understood_all = self._dialect.snapshot(tuple(read.answers))
        else:
            understood_all = understood
        self._read, self._answered_token = None, read.token
        outs = self._status(read, understood_all, now_s)
        self._next_read_s = now_s + self._pace_s(understood_all)
        return outs

    def _status(self, read: _Read[M], status: Snapshot | Refused, now_s: float) -> Outs:
        if isinstance(status, Refused):
            told: Outs = (StatusRead(read.token, LiftStatus(ready=False, code=status.code, is_tray_known=False)),)
        else:
            safety = self._deck.status_stopped(status.stop_code, now_s) if status.stop_code else self._deck.status_works(now_s)
            told = (*safety, StatusRead(read.token, self._told_status(status)))
        if read.course is not self._command.course or read.phase is not self._command.phase:
            return told
        return (*told, *self._command.status_read(status, now_s))

    def _no_answer(self, trouble: Trouble, now_s: float) -> Outs:
        """The layer waited for the answer, knows that none came, and keeps the line quiet by itself: nothing to wait for here.
        What it says of a request that was given up before is nothing to the one that is open."""
        ask = self._asking.ask
        if ask is None or (isinstance(trouble, NoAnswer) and trouble.request != ask.mark):
            return ()
        self._asking.give_up()
        if isinstance(trouble, NoAnswer) and not trouble.was_sent:
            self._command.never_left(ask)
        return (*self._unanswered(ask, now_s), *self._pump(now_s))

    def _unanswered(self, ask: Ask, now_s: float) -> Notices:
        """What reads, or takes back, is asked again; what writes anything else never is."""
        if ask.kind is Kind.READ:
            if self._read is not None:
                self._read.asks.appendleft(ask)
            return ()
        return self._command.step_unanswered(ask, now_s)

    # --- the line ----------------------------------------------------------------------------------------------------------

    def _line_works(self) -> tuple[Out, ...]:
        self._deck.is_line_up = True
        return self._word.up()

    def _go_down(self, code: str, message: str, now_s: float) -> Outs:
        """Nothing is heard any more."""
        self._asking.closed()
        self._read = None
        return (*self._command.line_lost(now_s), *self._word.down(code, message))

    def _pace_s(self, status: Snapshot | Refused) -> float:
        is_calm = self._command.course is None and not self._command.clean_ups.is_owed
        is_idle = is_calm and not isinstance(status, Refused) and status.is_ready and status.is_standing
        return self._config.timing.ping_s if is_idle else self._command.quick_s

    def _told_status(self, now: Snapshot) -> LiftStatus:
        """The machine as it says, for who asked. With a start bit left on it would take no command of ours."""
        is_ready = now.is_ready and now.is_standing and not self._command.clean_ups.is_owed
        why = MOTION_BIT_LEFT if self._command.clean_ups.is_owed else now.not_ready_code or MOTION_BUSY
        code = MACHINE_STOPPED if now.stop_code else "" if is_ready else why
        return LiftStatus(ready=is_ready, tray=now.tray, is_moving=now.is_moving, safety_code=now.stop_code, code=code)
