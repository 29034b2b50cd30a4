"""How far the command in flight is on a polled machine, and what a status says of its end, pure.

A machine that only answers questions never says "done": its status does. DONE takes a status that was asked for after the last
write. A machine that stands ready and unchanged has ended what it was doing, whatever that was:
- it refused the write and was never seen moving: NOT_DONE, the refusal is its own word
- otherwise UNKNOWN, with the tray its status names. That it took the command (or may have) and stands elsewhere can mean that it
  gave up, that it brought another tray, or that somebody moved it by hand; no status tells these apart.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from enum import Enum

from hardware.errors import MACHINE_STOPPED, MOTION_BUSY, MOTION_CANCELLED, MOTION_OPENING_OCCUPIED, MOTION_REFUSED
from hardware.lift.dialect import Ask, CommandStep, Kind, Pause, Refused, Snapshot
from hardware.lift.verdict import Verdict
from hardware.values import FetchTray, LiftRequest, Outcome, PointTray, StoreTray

REFUSED_SETTLE_S = 0.5  # after a refusal it is enough to see twice that nothing moves


class Phase(Enum):
    """What happens with a command."""

    CHECK = "check"  # a fresh status is read; nothing was written
    WRITE = "write"  # its steps are written
    FOLLOW = "follow"  # statuses are read until one shows the end


@dataclass(slots=True)
class Course:
    """One command's way. `check_by_s`: without a status until then nothing is written."""

    request: LiftRequest
    echo: int
    keeps_tray: bool
    settle_s: float
    check_by_s: float
    phase: Phase = Phase.CHECK
    steps: deque[CommandStep] = field(default_factory=deque)
    pause_until_s: float = 0.0
    may_move: bool = False  # a MOVE has left
    is_told_moving: bool = False
    refused: Refused | None = None
    _before: Snapshot | None = None
    _last: Snapshot | None = None
    _same_from_s: float = 0.0
    _was_moving: bool = False
    _is_give_up_new: bool = False

    def hindrance(self, now: Snapshot) -> Verdict | None:
        """Why the command must not be written, from the status before it."""
        if now.stop_code:
            return Verdict(Outcome.NOT_DONE, MACHINE_STOPPED, f"the machine stands for safety: {now.stop_code}", now.tray)
        if now.is_moving or now.waits_for is not None:
            return Verdict(Outcome.NOT_DONE, MOTION_BUSY, "the machine is busy")
        if not now.is_ready:
            return Verdict(Outcome.NOT_DONE, now.not_ready_code or MOTION_BUSY, "the machine is not ready", now.tray)
        if self._is_another_there(
            now
        ):  # a point is UNKNOWN: nothing was lit, and what its caller believes of the opening is not so
            outcome = Outcome.UNKNOWN if isinstance(self.request, PointTray) else Outcome.NOT_DONE
            return Verdict(outcome, MOTION_OPENING_OCCUPIED, f"tray {now.tray or 'none'} is at the opening", now.tray)
        return None

    def write(self, steps: tuple[CommandStep, ...], before: Snapshot) -> None:
        """The machine is ready for it."""
        self.phase, self.steps, self._before = Phase.WRITE, deque(steps), before

    def left(self, ask: Ask) -> None:
        """These bytes go out; they never go out again."""
        self.may_move = self.may_move or ask.kind is Kind.MOVE

    def never_left(self, ask: Ask) -> None:
        """The line says that these bytes did not go out after all."""
        self.may_move = self.may_move and ask.kind is not Kind.MOVE

    @property
    def owes_clean_up(self) -> bool:
        """Whether a MOVE has left that is still to be cleaned up."""
        return self.may_move and any(isinstance(step, Ask) and step.kind is Kind.CLEAN_UP for step in self.steps)

    def cut(self) -> None:
        """Go no further; what a MOVE needs to be cleaned up stays."""
        kept = [step for step in self.steps if isinstance(step, Pause) or step.kind is Kind.CLEAN_UP]
        self.steps = deque(kept if self.owes_clean_up else ())

    def follow(self) -> None:
        """Everything is written."""
        self.phase = Phase.FOLLOW

    def is_as_asked(self, now: Snapshot) -> bool:
        """Whether the opening is as the command wants it."""
        if isinstance(self.request, StoreTray):
            return self.keeps_tray or now.tray is None
        return now.tray == self.request.tray

    def judge(self, now: Snapshot, now_s: float) -> Verdict | None:
        """The end, from a status that was asked for after the last write; None while there is none."""
        self._note(now, now_s)
        if not now.is_standing:
            return None
        if now.gave_up_code and (now.echo == self.echo if now.echo is not None else self._is_give_up_new):
            return Verdict(Outcome.NOT_DONE, now.gave_up_code, "the machine gave the command up", now.tray)
        if self.refused is None and now.echo in (None, self.echo) and self.is_as_asked(now):
            return Verdict(Outcome.DONE, tray=now.tray)
        return self._settled(now, now_s - self._same_from_s)

    def _settled(self, now: Snapshot, same_for_s: float) -> Verdict | None:
        if self.refused is not None and not self._was_moving:
            is_over = same_for_s >= min(REFUSED_SETTLE_S, self.settle_s)
            return Verdict(Outcome.NOT_DONE, self.refused.code, self.refused.message, now.tray) if is_over else None
        if not now.is_ready or same_for_s < self.settle_s:
            return None
        if isinstance(self.request, FetchTray) and now.tray not in (None, self.request.tray):
            code = MOTION_OPENING_OCCUPIED
        else:
            code = MOTION_CANCELLED if self._was_moving else MOTION_REFUSED
        return Verdict(Outcome.UNKNOWN, code, "the machine stands ready and the command is not done", now.tray)

    def _note(self, now: Snapshot, now_s: float) -> None:
        if now != self._last:
            self._last, self._same_from_s = now, now_s
        self.saw(now)

    def saw(self, now: Snapshot) -> None:
        """A status after a MOVE, also one in its pulse, where nothing ends yet."""
        self._was_moving = self._was_moving or now.is_moving
        if self._before is None or now.gave_up_code != self._before.gave_up_code:
            self._is_give_up_new = True

    def _is_another_there(self, now: Snapshot) -> bool:
        """A store may name no tray (0): it sends away what is there."""
        if isinstance(self.request, PointTray):
            return now.tray != self.request.tray
        if self.keeps_tray:
            return False
        return now.tray is not None and self.request.tray != 0 and now.tray != self.request.tray
