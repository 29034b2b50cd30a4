"""The command in flight on a polled line, pure: what a status, an answer, a time-out and a lost line mean for it."""

from __future__ import annotations

from dataclasses import replace
from typing import Generic, TypeVar

from hardware.config import LiftConfig
from hardware.errors import LINE_DOWN, LINE_NO_ANSWER, MOTION_BIT_LEFT, MOTION_REFUSED, DeviceError
from hardware.lift.clean_ups import CleanUps
from hardware.lift.course import Course, Phase
from hardware.lift.dialect import Ask, Dialect, Kind, Pause, Refused, Snapshot
from hardware.lift.exchange import FlightEnded, Notice
from hardware.lift.flight import FlightDeck, Notices
from hardware.lift.verdict import Verdict
from hardware.values import LiftRequest, Outcome

M = TypeVar("M")


class PolledCommand(Generic[M]):
    """Joins the deck's one flight to its course. `clean_ups` is what commands that are over have still to take back."""

    def __init__(self, config: LiftConfig, dialect: Dialect[M], deck: FlightDeck) -> None:
        self._config = config
        self._dialect = dialect
        self._deck = deck
        self._writing: Course | None = None  # whose step is open on the line
        self.course: Course | None = None
        self.quick_s = min(dialect.timing.quick_s, config.timing.ping_s)  # between statuses that are waited for
        self.clean_ups = CleanUps(self.quick_s)

    def begin(self, request: LiftRequest, now_s: float) -> None:
        """Take it over; a status comes before its first step. Raises DeviceError, also while a start bit may still be on."""
        if self.clean_ups.is_owed and self._deck.flight is None and self._deck.is_line_up and not self._deck.safety.code:
            raise DeviceError(MOTION_BIT_LEFT, "the start bit of the last command may still be on")
        flight = self._deck.begin(request, now_s)
        check_by_s, flight.accept_by_s = flight.accept_by_s or now_s, None  # a missing acceptance is for statuses to explain
        settle_s = self._dialect.timing.settle_s
        self.course = Course(
            request,
            echo=self._dialect.echo_of(request.command_id),
            keeps_tray=self._dialect.keeps_tray,
            settle_s=self._config.timing.accepted_s if settle_s is None else settle_s,
            check_by_s=check_by_s,
        )

    @property
    def phase(self) -> Phase | None:
        return self.course.phase if self.course is not None else None

    @property
    def check_by_s(self) -> float | None:
        """When the status before the command must have come."""
        return self.course.check_by_s if self.course is not None and self.course.phase is Phase.CHECK else None

    @property
    def owes_clean_up(self) -> bool:
        return self.clean_ups.is_owed or (self.course is not None and self.course.owes_clean_up)

    @property
    def pulse_until_s(self) -> float:
        """Until when a start bit stays on."""
        return max(self.clean_ups.pulse_until_s, self.course.pause_until_s if self.course is not None else 0.0)

    # --- what is sent --------------------------------------------------------------------------------------------------------

    def next_step(self, now_s: float) -> Ask | None:
        """The next step of the command that is being written; None when a pause begins, or when all is written."""
        course = self.course
        if course is None:
            return None
        if not course.steps:
            course.follow()
            return None
        step = course.steps.popleft()
        if isinstance(step, Pause):
            course.pause_until_s = now_s + step.seconds
            return None
        course.left(step)
        if step.kind is Kind.CLEAN_UP:
            self.clean_ups.left(step)
        self._writing = course
        return step

    # --- what came back ------------------------------------------------------------------------------------------------------

    def status_read(self, status: Snapshot | Refused, now_s: float) -> Notices:
        """A status that was begun in the phase in which the command is now."""
        course = self.course
        if course is None:
            return ()
        if course.phase is Phase.CHECK:
            return self._checked(course, status)
        return () if isinstance(status, Refused) else self._followed(course, status, now_s)

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

    def step_answered(self, ask: Ask, understood: M | Refused, now_s: float) -> Notices:
        """The machine's word to something written."""
        if ask.kind is Kind.CLEAN_UP:
            return self._taken_back(understood, now_s)
        course = self.course
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

    def _taken_back(self, understood: M | Refused, now_s: float) -> Notices:
        if isinstance(understood, Refused):
            self.clean_ups.failed(now_s)
        else:
            self.clean_ups.answered()
        return ()

    def never_left(self, ask: Ask) -> None:
        """The line says that this was not sent after all."""
        if self.course is not None and self.course is self._writing:
            self.course.never_left(ask)

    def step_unanswered(self, ask: Ask, now_s: float) -> Notices:
        """What takes back is owed until it is answered; what writes anything else is never sent again."""
        if ask.kind is Kind.CLEAN_UP:
            self.clean_ups.failed(now_s)
            return ()
        if self.course is None or self.course is not self._writing:
            return ()
        if not self.course.may_move:
            return self._end(Verdict(Outcome.NOT_DONE, LINE_NO_ANSWER, "no answer, and nothing was written that moves"))
        self.course.cut()
        return ()

    # --- the line and the time -----------------------------------------------------------------------------------------------

    def tick(self, now_s: float) -> Notices:
        """End a command whose time is over."""
        ended = self._deck.tick(now_s)
        if self._deck.flight is None:
            self._leave_course()
        return ended

    def check_missed(self, now_s: float) -> Notices:
        """End a command whose first status did not come in time."""
        check_by_s = self.check_by_s
        if check_by_s is None or now_s < check_by_s:
            return ()
        return self._end(Verdict(Outcome.NOT_DONE, LINE_NO_ANSWER, "no status before the command"))

    def line_lost(self, now_s: float) -> Notices:
        """What was not written yet is not written later, but for a bit to take back."""
        self.clean_ups.line_lost()
        self._deck.line_lost(now_s)
        if self.course is not None and not self.course.may_move:
            return self._end(Verdict(Outcome.NOT_DONE, LINE_DOWN, "the line was lost before anything was written that moves"))
        if self.course is not None:
            self.course.cut()
        return ()

    def abandon(self) -> Notices:
        self._leave_course()
        return self._deck.abandon()

    def _leave_course(self) -> None:
        """The command is over; what it has to take back is not."""
        if self.course is not None:
            self.clean_ups.inherit(self.course)
            self.course = None

    def _end(self, verdict: Verdict) -> Notices:
        self._leave_course()
        if verdict.outcome is Outcome.DONE:
            notices = self._deck.done(verdict.message, tray=verdict.tray)
        else:
            notices = self._deck.end(verdict.outcome, verdict.code, verdict.message)
        return tuple(self._as_it_is(notice, verdict.tray) for notice in notices)

    def _as_it_is(self, notice: Notice, tray: int | None) -> Notice:
        """The tray at the opening is the one the status names, whatever the outcome."""
        if not isinstance(notice, FlightEnded):
            return notice
        return FlightEnded(replace(notice.result, tray=tray))
