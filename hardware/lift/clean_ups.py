"""What commands that are over left to be taken back: a start bit that was written on. Pure.

It is kept apart from the command, because it outlives it: a command whose time ends while the line is down, or whose port
closes, has still left its bit on.
"""

from __future__ import annotations

from collections import deque

from hardware.lift.course import Course
from hardware.lift.dialect import Ask, CommandStep


class CleanUps:
    """The steps still to be written, in order. Times are monotonic seconds."""

    def __init__(self) -> None:
        self._steps: deque[CommandStep] = deque()
        self.from_s = 0.0  # a pulse that runs is not cut short

    @property
    def is_owed(self) -> bool:
        return bool(self._steps)

    def inherit(self, course: Course) -> None:
        """Take over what this command, which is over, would still have cleaned up."""
        course.cut()
        if course.steps:
            self._steps += course.steps
            self.from_s = max(self.from_s, course.pause_until_s)

    def take(self, now_s: float) -> Ask | None:
        """The next to be sent; None while a pause runs."""
        while self._steps and now_s >= self.from_s:
            step = self._steps.popleft()
            if isinstance(step, Ask):
                return step
            self.from_s = now_s + step.seconds
        return None
