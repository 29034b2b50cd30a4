"""What is remembered of a bay, and what is out of service."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """A tray (`tray`) or a bay (`opening`) of a machine that is out of service; the other of the two is None or empty."""

    machine: str
    tray: int | None = None
    opening: str = ""
    reason: str
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """A tray that another bay of the same machine had last; `is_out`: it is at that bay's opening still, as far as is known."""

    tray: int
    opening: str
    station: str
    is_out: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenMotion:
    """A motion whose intent is in the log and whose result is not (or is UNKNOWN)."""

    command_id: int
    verb: str
    machine: str
    opening: str
    tray: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Travel:
    """A tray that was fetched or stored (`verb`), and what that took."""

    verb: str
    tray: int
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BayMemory:
    """What the log says of an opening: the tray there (None = empty), its visit, and a motion that never ended."""

    machine: str
    opening: str
    is_known: bool
    tray: int | None
    visit: int
    open_motion: OpenMotion | None
    last_command_id: int  # the machine's next command has a higher number
