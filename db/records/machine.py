"""What the machine was told and what it answered: motions, trays, stops and lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from db.records.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class MotionIntended(Record):
    """Written before the bytes leave. `verb` is fetch, store or point. `next_tray` is the tray that a fetch names as wanted next,
    None for none: a wish, of which the machine tells nothing."""

    kind: ClassVar[str] = "motion_intended"
    command: int
    verb: str
    machine: str
    opening: str
    tray: int
    compartment: str = ""
    next_tray: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MotionEnded(Record):
    """Written after the answer, or after nobody answered. Projects the opening: done fetch = tray there with `visit`,
    done store = empty, not_done = as before, unknown = not known. A late answer or a person may end it a second time."""

    kind: ClassVar[str] = "motion_ended"
    command: int
    verb: str
    machine: str
    opening: str
    tray: int
    outcome: str  # done | not_done | unknown
    visit: int = 0  # of the tray that arrived
    code: str = ""
    how: str = "answer"  # answer | late_answer | timeout | status (read afterwards, of a machine that reports its tray)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrayTold(Record):
    """A person, or the status of a machine that reports its tray, said which tray is at the opening (None: none)."""

    kind: ClassVar[str] = "tray_told"
    machine: str
    opening: str
    tray: int | None
    visit: int
    how: str  # scan | typed | none | machine


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyEvent(Record):
    """`opening` names the lift, where several stand side by side as one machine."""

    kind: ClassVar[str] = "safety"
    machine: str
    code: str
    is_stopped: bool
    opening: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkEvent(Record):
    """`device` is "machine"; of lifts side by side, each but that of [machine] goes by its opening."""

    kind: ClassVar[str] = "link"
    device: str
    is_up: bool
    code: str = ""
