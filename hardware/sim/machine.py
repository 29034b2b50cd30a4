"""A vertical lift with one extractor, pure: requests and times go in, happenings come out. It knows no wire.

The light curtain stops the machine only while a tray moves in the bay zone; the move goes on after the curtain is free AND the
machine's own reset was pressed. The E-stop stops it anywhere; after release, reset and the relay's second the command is
cancelled and the tray is brought back to where it came from, during which the machine is busy.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from enum import Enum
from typing import Any

from hardware.sim.layout import Layout

RELAY_S = 1.0  # the safety relay pulls in 0.5-2 s after the reset; not divided by the speed
CURTAIN = "curtain"
E_STOP = "e_stop"


class Happening(Enum):
    """What a machine tells about the request in hand."""

    STARTED = "started"
    ARRIVED = "arrived"
    STORED = "stored"
    STOPPED = "stopped"
    RESUMED = "resumed"
    CANCELLED = "cancelled"


class Refusal(Enum):
    """Why a request is not taken."""

    BUSY = "busy"
    STOPPED = "stopped"
    NO_SUCH_OPENING = "no_such_opening"
    NO_SUCH_TRAY = "no_such_tray"
    OCCUPIED = "occupied"


@dataclass(frozen=True, slots=True)
class Happened:
    what: Happening
    request: str
    opening: str


@dataclass(slots=True)
class Phase:
    """A stretch of a move. The extractor is at `level_mm` when it is over."""

    name: str
    left_s: float
    level_mm: int
    is_in_bay: bool = False


@dataclass(slots=True)
class Job:
    """The move in hand. `request` is empty while the machine brings a tray back by itself."""

    request: str
    opening: str
    tray: int
    is_fetch: bool
    phases: list[Phase] = field(default_factory=list)
    has_started: bool = False


class Machine:
    """One machine's state. Times are monotonic seconds; `advance` must be called before anything that asks."""

    def __init__(self, layout: Layout, *, speed: float = 1.0, now_s: float = 0.0) -> None:
        self._layout = layout
        self._speed = speed
        self._now_s = now_s
        self._level_mm = layout.start_level_mm
        self._at_opening: dict[str, int] = {}
        self._job: Job | None = None
        self._broken: set[str] = set()
        self._is_e_stop_pressed = False
        self._stop = ""
        self._relay_left_s: float | None = None

    # --- questions -----------------------------------------------------------------------------------------------------

    @property
    def stop(self) -> str:
        """What it stands for: CURTAIN, E_STOP or nothing."""
        return self._stop

    @property
    def openings(self) -> tuple[str, ...]:
        return tuple(self._layout.openings)

    @property
    def is_busy(self) -> bool:
        return self._job is not None

    def tray_at(self, opening: str) -> int | None:
        return self._at_opening.get(opening)

    @property
    def due_s(self) -> float | None:
        """When `advance` has something to say if nothing else comes."""
        if self._stop:
            return None if self._relay_left_s is None else self._now_s + self._relay_left_s
        if self._job is None:
            return None
        return self._now_s + self._job.phases[0].left_s / self._speed if self._job.has_started else self._now_s

    def refusal_of(self, opening: str, tray: int | None) -> Refusal | None:
        """Why the request would not be taken now; `tray` None asks for storing."""
        if opening not in self._layout.openings:
            return Refusal.NO_SUCH_OPENING
        if self._stop:
            return Refusal.STOPPED
        if self._job is not None:
            return Refusal.BUSY
        if tray is None:
            return None
        here = self._at_opening.get(opening)
        if tray not in self._layout.trays or (here != tray and tray in self._at_opening.values()):
            return Refusal.NO_SUCH_TRAY
        return Refusal.OCCUPIED if here not in (None, tray) else None

    # --- requests ------------------------------------------------------------------------------------------------------

    def fetch(self, request: str, *, opening: str, tray: int) -> None:
        """Take a fetch over that `refusal_of` does not refuse, of a tray that is not at the opening yet."""
        self._job = Job(request, opening, tray, is_fetch=True, phases=self._fetch_phases(opening, tray))

    def store(self, request: str, *, opening: str) -> None:
        """Take a store over; there is a tray at the opening."""
        tray = self._at_opening[opening]
        self._job = Job(request, opening, tray, is_fetch=False, phases=self._store_phases(opening, tray))

    # --- safety --------------------------------------------------------------------------------------------------------

    def set_curtain(self, opening: str, *, is_broken: bool) -> tuple[Happened, ...]:
        if not is_broken:
            self._broken.discard(opening)
            return ()
        self._broken.add(opening)
        return self._stop_if_in_beam()

    def set_e_stop(self, *, is_pressed: bool) -> tuple[Happened, ...]:
        self._is_e_stop_pressed = is_pressed
        if not is_pressed or self._stop == E_STOP:
            self._relay_left_s = None if is_pressed else self._relay_left_s
            return ()
        return self._stop_for(E_STOP)

    def reset(self) -> tuple[Happened, ...]:
        """Somebody presses the machine's own reset. Does nothing while the cause is still there."""
        if self._stop == E_STOP and not self._is_e_stop_pressed:
            self._relay_left_s = RELAY_S
        elif self._stop == CURTAIN and not self._broken:
            self._stop = ""
            return self._tell(Happening.RESUMED)
        return ()

    # --- time ----------------------------------------------------------------------------------------------------------

    def advance(self, now_s: float) -> tuple[Happened, ...]:
        """Let the time pass up to `now_s`."""
        left_s = max(0.0, now_s - self._now_s)
        happened: list[Happened] = []
        if self._stop and self._relay_left_s is not None:
            self._relay_left_s -= left_s
            if self._relay_left_s <= 1e-9:
                happened += self._recover()
            left_s = 0.0
        while self._job is not None and not self._stop:
            if not self._job.has_started:
                self._job.has_started = True
                happened += self._tell(Happening.STARTED)
            happened += self._stop_if_in_beam()
            phase = self._job.phases[0]
            if self._stop or phase.left_s > left_s * self._speed + 1e-9:
                break
            left_s = max(0.0, left_s - phase.left_s / self._speed)
            happened += self._end_phase(self._job, phase)
        if self._job is not None and not self._stop:
            self._job.phases[0].left_s -= left_s * self._speed
        self._now_s = max(now_s, self._now_s)
        return tuple(happened)

    def _end_phase(self, job: Job, phase: Phase) -> list[Happened]:
        self._level_mm = phase.level_mm
        job.phases.pop(0)
        if phase.name == "pull_from_bay":
            self._at_opening.pop(job.opening, None)
        if phase.name == "present":
            self._at_opening[job.opening] = job.tray
        if job.phases:
            return []
        happened = self._tell(Happening.ARRIVED if job.is_fetch else Happening.STORED)
        self._job = None
        return list(happened)

    def _recover(self) -> tuple[Happened, ...]:
        """After an E-stop: the command is cancelled, the tray goes back to where it came from."""
        self._stop, self._relay_left_s = "", None
        job = self._job
        if job is None or not job.request:  # nothing in hand, or already on the way back
            return ()
        cancelled = self._tell(Happening.CANCELLED)
        done = {phase.name for phase in job.phases}
        is_on_extractor = "pull" not in done and "pull_from_bay" not in done
        back = self._back_phases(job) if is_on_extractor else []
        self._job = Job("", job.opening, job.tray, is_fetch=not job.is_fetch, phases=back) if back else None
        return cancelled

    def _back_phases(self, job: Job) -> list[Phase]:
        if job.is_fetch:
            return self._to(self._layout.trays[job.tray], "put", is_loaded=True)
        return self._to(self._layout.openings[job.opening], "present", is_loaded=True)

    # --- plans ---------------------------------------------------------------------------------------------------------

    def _fetch_phases(self, opening: str, tray: int) -> list[Phase]:
        rack, bay = self._layout.trays[tray], self._layout.openings[opening]
        loaded = self._to(bay, "present", is_loaded=True, from_mm=rack)
        return [*self._to(rack, "pull", is_loaded=False), *loaded]

    def _store_phases(self, opening: str, tray: int) -> list[Phase]:
        rack, bay = self._layout.trays[tray], self._layout.openings[opening]
        loaded = self._to(rack, "put", is_loaded=True, from_mm=bay)
        return [*self._to(bay, "pull_from_bay", is_loaded=False), *loaded]

    def _to(self, level_mm: int, then: str, *, is_loaded: bool, from_mm: int | None = None) -> list[Phase]:
        """Travel to a level, settle, and transfer the tray there."""
        kinematics = self._layout.kinematics
        distance_mm = level_mm - (self._level_mm if from_mm is None else from_mm)
        travel = Phase("travel", kinematics.approach_s(distance_mm, is_loaded=is_loaded), level_mm)
        is_in_bay = then in ("present", "pull_from_bay")
        return [travel, Phase(then, kinematics.transfer_s, level_mm, is_in_bay)]

    def _stop_if_in_beam(self) -> tuple[Happened, ...]:
        job = self._job
        if job is None or self._stop or not job.has_started:
            return ()
        return self._stop_for(CURTAIN) if job.phases[0].is_in_bay and job.opening in self._broken else ()

    def _stop_for(self, cause: str) -> tuple[Happened, ...]:
        self._stop, self._relay_left_s = cause, None
        return self._tell(Happening.STOPPED)

    def _tell(self, what: Happening) -> tuple[Happened, ...]:
        return (Happened(what, self._job.request, self._job.opening),) if self._job and self._job.request else ()

    # --- what survives a kill ------------------------------------------------------------------------------------------

    def snapshot(self) -> dict[str, Any]:
        """Everything that changes, as JSON values."""
        return {
            "level_mm": self._level_mm,
            "at_opening": self._at_opening,
            "job": asdict(self._job) if self._job else None,
            "broken": sorted(self._broken),
            "is_e_stop_pressed": self._is_e_stop_pressed,
            "stop": self._stop,
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Go on from a snapshot: metal stays where it is when a program ends."""
        self._level_mm = int(state["level_mm"])
        self._at_opening = {str(name): int(tray) for name, tray in state["at_opening"].items()}
        self._broken = set(state["broken"])
        self._is_e_stop_pressed = bool(state["is_e_stop_pressed"])
        self._stop = str(state["stop"])
        job = state["job"]
        if job is not None:
            self._job = Job(**{**job, "phases": [Phase(**phase) for phase in job["phases"]]})
