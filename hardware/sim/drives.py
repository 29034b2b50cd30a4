"""The drives of a machine with the moves in hand: what each has left to do, where everything is, and why a drive
takes no more. No safety: that is `hardware.sim.safety_circuit`.
"""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from hardware.sim.carousel_moves import CarouselMoves
from hardware.sim.layout import Layout
from hardware.sim.lift_moves import LiftMoves
from hardware.sim.moves import Job, Kind, Moves, Phase, Places, Refusal


class Drives:
    """Jobs by drive. `queued` holds what waits behind an errand of the machine's own. `speed` divides every motion."""

    def __init__(self, layout: Layout, *, speed: float) -> None:
        self.moves: Moves = CarouselMoves(layout.pod) if layout.pod else LiftMoves(layout)
        self.places: Places = self.moves.places()
        self.jobs: dict[str, Job] = {}
        self.queued: dict[str, Job] = {}
        self._speed = speed

    @property
    def positions_mm(self) -> dict[str, int]:
        """Where each drive is."""
        now = {drive: job.phases[0].position_mm() for drive, job in self.jobs.items() if job.phases and job.has_started}
        return {**self.places.drives, **now}

    @property
    def left_s(self) -> float:
        """Seconds until everything in hand is done, if nothing stops it."""
        return max((job.left_s for job in self.jobs.values()), default=0.0) / self._speed

    @property
    def next_s(self) -> float | None:
        """Seconds until something ends or begins."""
        return min((self.next_of_s(job) for job in self.jobs.values()), default=None)

    def next_of_s(self, job: Job) -> float:
        return job.phases[0].left_s / self._speed if job.has_started and job.phases else 0.0

    def drive_of(self, opening: str, tray: int | None) -> str:
        return self.moves.drive_of(self.places, opening, tray)

    def refusal_of(self, opening: str, tray: int | None) -> Refusal | None:
        """Why the drive would not take the request; `tray` None asks for storing."""
        refusal = self._refusal_now(opening, tray)
        return refusal if refusal or tray is None else self.moves.refusal_of(self.places, opening, tray)

    def refusal_of_prefetch(self, opening: str, tray: int) -> Refusal | None:
        """Why the drive would not bring the tray to the second place."""
        return self._refusal_now(opening, tray) or self.moves.refusal_of_prefetch(self.places, opening, tray)

    def another(self, opening: str, tray: int) -> int:
        """A tray that could come to this opening instead of the one that was asked for; that one itself if there is no other."""
        others = [*(each for each in self.moves.trays if each > tray), *self.moves.trays]
        good = (each for each in others if each != tray and self.moves.refusal_of(self.places, opening, each) is None)
        return next(good, tray)

    def _refusal_now(self, opening: str, tray: int | None) -> Refusal | None:
        drive = self.drive_of(opening, tray)
        if not self.is_free(drive):
            return Refusal.BUSY
        job = self.jobs.get(drive)  # a prefetch of the machine's own
        is_elsewhere = job is not None and job.tray == tray and job.opening != opening
        return Refusal.NO_SUCH_TRAY if is_elsewhere else None

    def is_free(self, drive: str) -> bool:
        """Whether it takes a job: nothing is in hand, or only a prefetch of the machine's own with nothing behind it."""
        job = self.jobs.get(drive)
        return job is None or (job.kind is Kind.PREFETCH and not job.request and drive not in self.queued)

    def take(self, job: Job) -> None:
        """Begin a job, or put it behind the errand in hand."""
        drive = self.drive_of(job.opening, job.tray or None)
        if drive in self.jobs:
            self.queued[drive] = job
        else:
            self._begin(drive, job)

    def _begin(self, drive: str, job: Job) -> None:
        plans = {Kind.FETCH: self.moves.fetch, Kind.STORE: self.moves.store, Kind.PREFETCH: self.moves.prefetch}
        job.phases = plans[job.kind](self.places, job.opening, job.tray)
        self.jobs[drive] = job

    def spend(self, job: Job, seconds: float) -> None:
        """Let a part of the first stretch pass."""
        if job.phases:
            job.phases[0].left_s -= seconds * self._speed

    def end_phase(self, drive: str, job: Job) -> Phase | None:
        """The first stretch is over; None for a job without any."""
        if not job.phases:
            return None
        phase = job.phases.pop(0)
        self.places.drives[drive] = phase.end_mm
        self.places.end(phase.step, job.opening, job.tray)
        return phase

    def end_job(self, drive: str) -> None:
        """Done: what waited behind it begins."""
        del self.jobs[drive]
        if drive in self.queued:
            self._begin(drive, self.queued.pop(drive))

    def send_back(self, job: Job) -> None:
        """Turn round with the tray that the job holds."""
        job.phases = self.moves.back(self.places, job)

    def recover(self, drive: str, *, is_lost: bool) -> None:
        """Drop the move of one drive where it stands; find its position if that is lost, and bring back what it holds."""
        job = self.jobs.pop(drive, None)
        if job is not None and job.phases and job.has_started:
            self.places.drives[drive] = job.phases[0].position_mm()
        errand = Job("", "", 0, Kind.ERRAND)
        if is_lost:
            errand.opening, errand.tray, errand.phases = self.moves.reference(self.places, drive)
        if job is not None and job.holds_tray:
            errand.opening, errand.tray, errand.alarm = job.opening, job.tray, job.alarm
            ends_mm = errand.phases[-1].end_mm if errand.phases else self.places.drives[drive]
            errand.phases += self.moves.back(replace(self.places, drives={drive: ends_mm}), job)
        if errand.phases:
            self.jobs[drive] = errand

    def snapshot(self) -> dict[str, Any]:
        return {
            "places": asdict(self.places),
            "jobs": {drive: job.snapshot() for drive, job in self.jobs.items()},
            "queued": {drive: job.snapshot() for drive, job in self.queued.items()},
        }

    def restore(self, state: dict[str, Any]) -> None:
        self.places = Places(**state["places"])
        self.jobs = {drive: Job.restored(job) for drive, job in state["jobs"].items()}
        self.queued = {drive: Job.restored(job) for drive, job in state["queued"].items()}
