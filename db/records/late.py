"""Bookings of what was done without the station, entered afterwards.

They are the same kinds of event as those of the bay, and say three things more: when it was really done (UTC), by whom, and why
it was not booked then. Who entered it, and when, is in the envelope as ever. Those of the bay keep their form.
"""

from __future__ import annotations

from dataclasses import dataclass

from db.records.orders import LineClosed
from db.records.stock import Counted, Picked, Put


@dataclass(frozen=True, slots=True, kw_only=True)
class LatePicked(Picked):
    """Taken at `true_at` by the person `done_by`."""

    true_at: str
    done_by: str
    late_reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LatePut(Put):
    """Put in at `true_at` by the person `done_by`."""

    true_at: str
    done_by: str
    late_reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LateCounted(Counted):
    """Counted at `true_at` by the person `done_by`; nothing moved there since."""

    true_at: str
    done_by: str
    late_reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LateLineClosed(LineClosed):
    """A line that a late booking finished."""

    true_at: str
    done_by: str
    late_reason: str
