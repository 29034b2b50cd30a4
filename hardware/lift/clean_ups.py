"""What is to be taken back of a command: a start bit that was written on. Pure.

It is kept apart from the command, because it outlives it: a command whose time ends while the line is down, or whose port
closes, has still left its bit on. Taking back is the one write that may be repeated, and it is owed until the machine has
answered it: a bit that stays on would start the next command at once, or hide it.
"""

from __future__ import annotations

from collections import deque

from hardware.lift.course import Course
from hardware.lift.dialect import Ask, CommandStep


class CleanUps:
    """The steps still to be written, in order, and the one that is open on the line. `again_s`: how long it is waited before one
    that was not answered is written again. Times are monotonic seconds."""

    def __init__(self, again_s: float) -> None:
        self._wait_s = again_s
        self._steps: deque[CommandStep] = deque()
        self._open: Ask | None = None
        self._again_s = 0.0
        self.pulse_until_s = 0.0  # a pulse that runs is not cut short

    @property
    def is_owed(self) -> bool:
        return bool(self._steps) or self._open is not None

    @property
    def due_s(self) -> float | None:
        """When the next of them may be written; None while none waits."""
        return max(self.pulse_until_s, self._again_s) if self._steps else None

    def inherit(self, course: Course) -> None:
        """Take over what this command, which is over, would still have cleaned up."""
        course.cut()
        if course.steps:
            self._steps += course.steps
            self.pulse_until_s = max(self.pulse_until_s, course.pause_until_s)

    def take(self, now_s: float) -> Ask | None:
        """The next to be sent; None while a pause runs."""
        while (due_s := self.due_s) is not None and now_s >= due_s:
            step = self._steps.popleft()
            if isinstance(step, Ask):
                self.left(step)
                return step
            self.pulse_until_s = now_s + step.seconds
        return None

    def left(self, ask: Ask) -> None:
        """This one goes out."""
        self._open = ask

    def answered(self) -> None:
        """The machine has done it."""
        self._open = None

    def failed(self, now_s: float) -> None:
        """Nobody knows whether the machine has done it, or it has said that it did not."""
        self._again_s = now_s + self._wait_s
        self._put_back()

    def line_lost(self) -> None:
        """What was open comes first when the line is back."""
        self._again_s = 0.0
        self._put_back()

    def _put_back(self) -> None:
        if self._open is not None:
            self._steps.appendleft(self._open)
            self._open = None
