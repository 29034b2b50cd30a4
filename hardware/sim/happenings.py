"""What a machine tells about the requests it has in hand."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from hardware.sim.moves import Job, Kind


class Happening(Enum):
    """What a machine tells about a request in hand."""

    STARTED = "started"
    ARRIVED = "arrived"
    STORED = "stored"
    WAITING = "waiting"  # prefetched: the tray is in the second place
    RETURNED = "returned"  # the check refused the store: the tray is back at the opening, `stop` says why
    STOPPED = "stopped"
    RESUMED = "resumed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Happened:
    """`tray` is the one that was really moved, whatever was asked for."""

    what: Happening
    request: str
    opening: str
    tray: int = 0


DONE = {Kind.FETCH: Happening.ARRIVED, Kind.STORE: Happening.STORED, Kind.PREFETCH: Happening.WAITING}


def told(what: Happening, job: Job) -> tuple[Happened, ...]:
    """Nobody is told of the machine's own errands."""
    return (Happened(what, job.request, job.opening, job.tray),) if job.request else ()
