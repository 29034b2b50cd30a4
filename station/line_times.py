"""What the time between two bookings goes into, and how long the hands take for a line. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from statistics import median
from typing import Final

KEPT: Final = 31  # lines, of which the median is taken
LINE_S: Final = 9.0  # of a line, before one was worked


class Cause(StrEnum):
    """What a moment goes into. Nobody's time is counted while nobody is signed on."""

    LIFT = "lift"  # the machine moves, or stands, and the hands wait for its tray
    OPERATOR = "operator"  # there is work for the hands, or something to be decided
    HOST = "host"  # orders wait for a release, or an answer of the store or the host is on its way
    EMPTY = "empty"  # there is no order
    NOBODY = ""


@dataclass(frozen=True, slots=True)
class Spent:
    """`cause` since `since_s` (monotonic); before that, since the last booking, `by_cause` in s. `lines_s`: the hands' time of
    the last lines, oldest first."""

    cause: Cause = Cause.NOBODY
    since_s: float = 0.0
    by_cause: Mapping[Cause, float] = field(default_factory=dict)
    lines_s: tuple[float, ...] = ()

    def turned(self, cause: Cause, now_s: float) -> Spent:
        """From now on it is this; the same value where it was before."""
        return self if cause is self.cause else replace(self, cause=cause, since_s=now_s, by_cause=self.until(now_s))

    def until(self, now_s: float) -> Mapping[Cause, float]:
        """Seconds by cause, up to now."""
        if self.cause is Cause.NOBODY:
            return self.by_cause
        before = self.by_cause.get(self.cause, 0.0)
        return {**self.by_cause, self.cause: before + max(0.0, now_s - self.since_s)}

    def booked(self, now_s: float) -> Spent:
        """A line is booked: what follows belongs to the next one."""
        hands_s = self.until(now_s).get(Cause.OPERATOR, 0.0)
        return Spent(self.cause, now_s, {}, (*self.lines_s, hands_s)[-KEPT:])

    @property
    def line_s(self) -> float:
        """How long the hands take for a line."""
        return median(self.lines_s) if self.lines_s else LINE_S
