"""The exchange of machines that only answer questions, for every `Dialect`.

It reads a status at a steady pace, quicker while something moves or stands; reads a fresh one before each command; writes the
command once; then reads statuses until one shows the end. One request is open at a time, and only a request that reads is ever
asked again.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

from hardware.config import LiftConfig
from hardware.errors import LINE_DOWN, LINE_NO_ANSWER, MACHINE_STOPPED, MOTION_BIT_LEFT, MOTION_BUSY, MOTION_REFUSED, DeviceError
from hardware.lift.asking import Asking
from hardware.lift.clean_ups import CleanUps
from hardware.lift.course import Course, Phase, Verdict
from hardware.lift.dialect import Ask, Dialect, Kind, Pause, Refused, Snapshot
from hardware.lift.exchange import MotionEnded, Notice, Out, Outs, Reopen, Send, StatusRead
from hardware.lift.flight import FlightDeck, Notices
from hardware.lift.line_word import LineWord
from hardware.line_layer import NoAnswer, Trouble
from hardware.values import LiftRequest, LiftStatus, Outcome

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
        self._course: Course | None = None
        self._writing: Course | None = None  # whose step is open on the line
        self._clean_ups = CleanUps(self._quick_s)
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
        check_by_s = self._course.check_by_s if self._course and self._course.phase is Phase.CHECK else None
        times = (self._deck.due_s, self._asking.due_s, check_by_s, self._next_send_s())
        return min((at for at in times if at is not None), default=None)

    def begin(self, request: LiftRequest, now_s: float) -> Outs:
        if self._clean_ups.is_owed and self._deck.flight is None and self._deck.is_line_up and not self._deck.safety.code:
            raise DeviceError(MOTION_BIT_LEFT, "the start bit of the last command may still be on")
        flight = self._deck.begin(request, now_s)
        check_by_s, flight.accept_by_s = flight.accept_by_s or now_s, None  # a missing acceptance is for statuses to explain
        settle_s = self._dialect.timing.settle_s
        self._course = Course(
            request,
            echo=self._dialect.echo_of(request.command_id),
            keeps_tray=self._dialect.keeps_tray,
            settle_s=self._config.timing.accepted_s if settle_s is None else settle_s,
            check_by_s=check_by_s,
        )
        return self._pump(now_s)

    def ask_status(self, now_s: float) -> tuple[int, Outs]:
        self._asked_token += 1
        return self._asked_token, self._pump(now_s)

    @property
    def owes_clean_up(self) -> bool:
        return self._clean_ups.is_owed or (self._course is not None and self._course.owes_clean_up)

    def abandon(self) -> Outs:
        self._leave_course()
        return self._deck.abandon()

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
        outs: Outs = self._deck.tick(now_s)
        if self._deck.flight is None:
            self._leave_course()
        silence = self._asking.take_silence(now_s)
        if silence is not None:
            outs = (*outs, *self._go_down(silence, "no answer", now_s), Reopen())
            self._word.gives_up()
            return outs
        expired = self._asking.take_expired(now_s)
        if expired is not None:
            outs = (*outs, *self._unanswered(expired, now_s))
        if self._course is not None and self._course.phase is Phase.CHECK and now_s >= self._course.check_by_s:
            outs = (*outs, *self._end(Verdict(Outcome.NOT_DONE, LINE_NO_ANSWER, "no status before the command")))
        return (*outs, *self._pump(now_s))

    # --- what is sent next -------------------------------------------------------------------------------------------------

    def _next_send_s(self) -> float | None:
        free_from_s = self._asking.free_from_s
        if free_from_s is None:
            return None
        free_from_s = max(free_from_s, self._seen_s)  # what was not sent by then did not fit into a pulse
        work_s, clean_up_s = self._next_work_s(free_from_s), self._clean_ups.due_s
        return work_s if clean_up_s is None else min(work_s, max(free_from_s, clean_up_s))

    def _next_work_s(self, from_s: float) -> float:
        """When the next step of the command or the next status may be sent, not before `from_s`. In a pulse a status is read only
        where its answer comes in time: a late one would keep the bit on for longer."""
        is_wanted = self._read is not None or self._is_status_wanted_now()
        read_s = from_s if is_wanted else max(from_s, self._next_read_s)
        if read_s + self._dialect.timing.answer_s <= self._pulse_until_s:
            return read_s
        is_written = self._course is not None and self._course.phase is Phase.WRITE
        return max(from_s if is_written else read_s, self._pulse_until_s)

    @property
    def _pulse_until_s(self) -> float:
        return max(self._clean_ups.pulse_until_s, self._course.pause_until_s if self._course else 0.0)

    def _is_status_wanted_now(self) -> bool:
        is_check = self._course is not None and self._course.phase is Phase.CHECK
        return is_check or self._asked_token > self._answered_token

    def _pump(self, now_s: float) -> Outs:
        """Send the next request, if one may leave now."""
        self._seen_s = now_s
        if not self._asking.is_free(now_s):
            return ()
        clean_up = self._clean_ups.take(now_s)
        if clean_up is not None:
            return self._send(clean_up, now_s)
        if now_s < self._pulse_until_s:
            self._asking.rest()
        if now_s < self._next_work_s(now_s):
            return ()
        course = self._course
        if course is not None and course.phase is Phase.WRITE and now_s >= course.pause_until_s:
            if course.steps:
                return self._next_step(course, now_s)
            course.follow()
        if self._read is None:
            self._read = self._begin_read()
        return self._send(self._read.asks.popleft(), now_s)

    def _next_step(self, course: Course, now_s: float) -> Outs:
        step = course.steps.popleft()
        if isinstance(step, Pause):
            course.pause_until_s = now_s + step.seconds
            return self._pump(now_s)
        course.left(step)
        if step.kind is Kind.CLEAN_UP:
            self._clean_ups.left(step)
        self._writing = course
        return self._send(step, now_s)

    def _begin_read(self) -> _Read[M]:
        self._reads += 1
        asks = deque(self._dialect.status_asks(self._reads))
        return _Read(asks, self._asked_token, self._course, self._course.phase if self._course else None)

    def _send(self, ask: Ask, now_s: float) -> Outs:
        self._asking.send(ask, now_s)
        return (Send(ask.data),)

    # --- what came back ----------------------------------------------------------------------------------------------------

    def _answered(self, ask: Ask, understood: M | Refused, now_s: float) -> Outs:
        if ask.kind is Kind.CLEAN_UP:
            return self._taken_back(understood, now_s)
        if ask.kind is not Kind.READ:
            return self._step_answered(ask, understood)
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
        course = self._course
        if course is None or read.course is not course or read.phase is not course.phase:
            return told
        if course.phase is Phase.CHECK:
            return (*told, *self._checked(course, status))
        return told if isinstance(status, Refused) else (*told, *self._followed(course, status, now_s))

    def _checked(self, course: Course, status: Snapshot | Refused) -> Notices:
        """The status before the command: write it, or end it with nothing written."""
        if isinstance(status, Refused):
            return self._end(Verdict(Outcome.NOT_DONE, status.code, status.message))
        hindrance = course.hindrance(status)
        if hindrance is not None:
            return self._end(hindrance)
        try:
            steps = self._dialect.steps(course.request, status)
        except DeviceError as error:
            return self._end(Verdict(error.outcome, error.code, error.message, status.tray))
        if steps:
            course.write(steps, status)
            return ()
        is_so = course.is_as_asked(status)
        return self._end(Verdict(Outcome.DONE if is_so else Outcome.NOT_DONE, "" if is_so else MOTION_REFUSED, tray=status.tray))

    def _followed(self, course: Course, now: Snapshot, now_s: float) -> Notices:
        """A status after the command, or in its pulse."""
        notices: Notices = self._deck.accepted() if now.echo == course.echo else ()
        if now.waits_for is not None:
            notices = (*notices, *self._deck.waits_for(now.waits_for, now_s))
        elif now.is_moving and not now.stop_code and not course.is_told_moving:
            notices = (*notices, *self._deck.works(now_s))
        else:
            self._deck.waits_no_more(now_s)
        course.is_told_moving = now.waits_for is None and not now.stop_code and (course.is_told_moving or now.is_moving)
        if course.phase is Phase.WRITE:
            course.saw(now)
            return notices
        verdict = course.judge(now, now_s)
        return (*notices, *self._end(verdict)) if verdict else notices

    def _taken_back(self, understood: M | Refused, now_s: float) -> Notices:
        if isinstance(understood, Refused):
            self._clean_ups.failed(now_s)
        else:
            self._clean_ups.answered()
        return ()

    def _step_answered(self, ask: Ask, understood: M | Refused) -> Notices:
        course = self._course
        if course is None or course is not self._writing:
            return ()
        if not isinstance(understood, Refused):
            return self._deck.accepted() if ask.kind is Kind.MOVE else ()
        if not course.may_move:
            return self._end(Verdict(Outcome.NOT_DONE, understood.code, understood.message))
        if understood.is_sure:
            course.refused = understood
        course.cut()
        return ()

    def _no_answer(self, trouble: Trouble, now_s: float) -> Outs:
        """The layer waited for the answer, knows that none came, and keeps the line quiet by itself: nothing to wait for here.
        What it says of a request that was given up before is nothing to the one that is open."""
        ask = self._asking.ask
        if ask is None or (isinstance(trouble, NoAnswer) and trouble.request != ask.mark):
            return ()
        self._asking.give_up()
        if isinstance(trouble, NoAnswer) and not trouble.was_sent and self._course is not None and self._course is self._writing:
            self._course.never_left(ask)
        return (*self._unanswered(ask, now_s), *self._pump(now_s))

    def _unanswered(self, ask: Ask, now_s: float) -> Notices:
        """What reads, or takes back, is asked again; what writes anything else never is."""
        if ask.kind is Kind.CLEAN_UP:
            self._clean_ups.failed(now_s)
            return ()
        if ask.kind is Kind.READ:
            if self._read is not None:
                self._read.asks.appendleft(ask)
            return ()
        if self._course is None or self._course is not self._writing:
            return ()
        if not self._course.may_move:
            return self._end(Verdict(Outcome.NOT_DONE, LINE_NO_ANSWER, "no answer, and nothing was written that moves"))
        self._course.cut()
        return ()

    # --- the line ----------------------------------------------------------------------------------------------------------

    def _line_works(self) -> tuple[Out, ...]:
        self._deck.is_line_up = True
        return self._word.up()

    def _go_down(self, code: str, message: str, now_s: float) -> Outs:
        """Nothing is heard any more. What was not written yet is not written later, but for a bit to take back."""
        self._asking.closed()
        self._clean_ups.line_lost()
        self._read = None
        self._deck.line_lost(now_s)
        ended: Notices = ()
        if self._course is not None and not self._course.may_move:
            ended = self._end(Verdict(Outcome.NOT_DONE, LINE_DOWN, "the line was lost before anything was written that moves"))
        elif self._course is not None:
            self._course.cut()
        return (*ended, *self._word.down(code, message))

    def _leave_course(self) -> None:
        """The command is over; what it has to take back is not."""
        if self._course is not None:
            self._clean_ups.inherit(self._course)
            self._course = None

    def _end(self, verdict: Verdict) -> Notices:
        self._leave_course()
        if verdict.outcome is Outcome.DONE:
            notices = self._deck.done(verdict.message, tray=verdict.tray)
        else:
            notices = self._deck.end(verdict.outcome, verdict.code, verdict.message)
        return tuple(self._as_it_is(notice, verdict.tray) for notice in notices)

    def _as_it_is(self, notice: Notice, tray: int | None) -> Notice:
        """The tray at the opening is the one the status names, whatever the outcome."""
        if not isinstance(notice, MotionEnded):
            return notice
        return MotionEnded(replace(notice.result, tray=tray))

    def _pace_s(self, status: Snapshot | Refused) -> float:
        is_calm = self._course is None and not self._clean_ups.is_owed
        is_idle = is_calm and not isinstance(status, Refused) and status.is_ready and status.is_standing
        return self._config.timing.ping_s if is_idle else self._quick_s

    @property
    def _quick_s(self) -> float:
        return min(self._dialect.timing.quick_s, self._config.timing.ping_s)

    def _told_status(self, now: Snapshot) -> LiftStatus:
        """The machine as it says, for who asked. With a start bit left on it would take no command of ours."""
        is_ready = now.is_ready and now.is_standing and not self._clean_ups.is_owed
        why = MOTION_BIT_LEFT if self._clean_ups.is_owed else now.not_ready_code or MOTION_BUSY
        code = MACHINE_STOPPED if now.stop_code else "" if is_ready else why
        return LiftStatus(ready=is_ready, tray=now.tray, is_moving=now.is_moving, safety_code=now.stop_code, code=code)
