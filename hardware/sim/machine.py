"""A machine, pure: requests, people's acts and times go in, happenings come out. It knows no wire.

A drive makes one move at a time: a lift has one extractor, a pod of carousels a drive for each. What stops the moves, and what
follows then, is said in `hardware.sim.safety_circuit`.
"""

from __future__ import annotations

from typing import Any

from hardware.sim.alarms import ALARMS, CURTAIN, E_STOP
from hardware.sim.drives import Drives
from hardware.sim.happenings import DONE, Happened, Happening, told
from hardware.sim.layout import Layout
from hardware.sim.loads import WEIGHED, Load, Loads
from hardware.sim.moves import Job, Kind, Refusal, Step
from hardware.sim.safety_circuit import NEARLY_NOTHING_S, SafetyCircuit

__all__ = ["CURTAIN", "E_STOP", "Happened", "Happening", "Machine", "Refusal"]  # what a dialect needs


class Machine:
    """One machine's state. Times are monotonic seconds; `advance` must be called before anything that asks or acts."""

    def __init__(self, layout: Layout, *, speed: float = 1.0, now_s: float = 0.0) -> None:
        self._drives = Drives(layout, speed=speed)
        self._now_s = now_s
        self._safety = SafetyCircuit(self._drives)
        self._loads = Loads(layout.limits, self._drives.moves.trays)
        self._wrong_trays = 0
        self.is_manual = False
        self.is_powered = True

    # --- questions -----------------------------------------------------------------------------------------------------

    @property
    def stop(self) -> str:
        """What it stands for: the name of an alarm (`hardware.sim.alarms`), or nothing."""
        return self._safety.stop

    @property
    def alarms(self) -> tuple[str, ...]:
        """Every alarm that stands, also those that only warn."""
        return self._safety.alarms.names

    @property
    def openings(self) -> tuple[str, ...]:
        return self._drives.moves.openings

    @property
    def trays(self) -> tuple[int, ...]:
        return self._drives.moves.trays

    @property
    def is_busy(self) -> bool:
        return bool(self._drives.jobs)

    @property
    def is_referencing(self) -> bool:
        """It finds its position again after the power was away."""
        return any(job.is_referencing for job in self._drives.jobs.values())

    @property
    def moving_tray(self) -> int | None:
        """The tray that a move in hand is about, of the first drive that moves."""
        return next((job.tray for job in self._drives.jobs.values() if job.tray), None)

    @property
    def positions_mm(self) -> dict[str, int]:
        """Where each drive is."""
        return self._drives.positions_mm

    @property
    def left_s(self) -> float:
        """Seconds until everything in hand is done, if nothing stops it."""
        return self._drives.left_s

    def tray_at(self, opening: str) -> int | None:
        return self._drives.places.front.get(opening)

    def waiting_at(self, opening: str) -> int | None:
        """The tray in the second place."""
        return self._drives.places.waiting.get(opening)

    def load_of(self, tray: int) -> Load:
        return self._loads.of(tray)

    @property
    def due_s(self) -> float | None:
        """When `advance` has something to say if nothing else comes."""
        if not self.is_powered:
            return None
        next_s = self._safety.relay_left_s if self.stop else self._drives.next_s
        return None if next_s is None else self._now_s + next_s

    def refusal_of(self, opening: str, tray: int | None) -> Refusal | None:
        """Why the request would not be taken now; `tray` None asks for storing."""
        return self._refusal_now(opening) or self._drives.refusal_of(opening, tray)

    def refusal_of_prefetch(self, opening: str, tray: int) -> Refusal | None:
        """Why the tray would not be brought to the second place now."""
        return self._refusal_now(opening) or self._drives.refusal_of_prefetch(opening, tray)

    def _refusal_now(self, opening: str) -> Refusal | None:
        """Why no request at all would be taken at this opening."""
        if opening not in self.openings:
            return Refusal.NO_SUCH_OPENING
        if self.is_manual:
            return Refusal.MANUAL
        if self.stop:
            return Refusal.STOPPED
        return Refusal.NOT_READY if self.is_referencing else None

    # --- requests ------------------------------------------------------------------------------------------------------

    def fetch(self, request: str, *, opening: str, tray: int) -> None:
        """Take a fetch over that `refusal_of` does not refuse. Of the tray that is there already, nothing moves."""
        if self._wrong_trays and self.tray_at(opening) != tray:
            self._wrong_trays -= 1
            tray = self._drives.another(opening, tray)
        self._drives.take(Job(request, opening, tray, Kind.FETCH))

    def store(self, request: str, *, opening: str) -> None:
        """Take a store over. With no tray at the opening, and on a carousel, nothing moves."""
        self._drives.take(Job(request, opening, self.tray_at(opening) or 0, Kind.STORE))

    def prefetch(self, request: str, *, opening: str, tray: int) -> None:
        """Bring a tray to the second place; with an empty `request` by the machine's own wish, and other requests may follow."""
        self._drives.take(Job(request, opening, tray, Kind.PREFETCH))

    def mislead(self, count: int) -> None:
        """The next fetches bring another tray than asked."""
        self._wrong_trays = count

    # --- people and safety ---------------------------------------------------------------------------------------------

    def set_curtain(self, opening: str, *, is_broken: bool) -> tuple[Happened, ...]:
        """Somebody reaches in at an opening, or is out again."""
        return self._safety.set_curtain(opening, is_broken=is_broken)

    def set_e_stop(self, *, is_pressed: bool) -> tuple[Happened, ...]:
        """The emergency stop is pressed, or pulled out again."""
        return self._safety.set_e_stop(is_pressed=is_pressed)

    def set_alarm(self, name: str, *, is_there: bool) -> tuple[Happened, ...]:
        """The cause of an alarm comes or goes. What only the check of a store can find waits for that. Raises KeyError."""
        return self._safety.set_alarm(name, is_there=is_there)

    def set_manual(self, *, is_manual: bool) -> tuple[Happened, ...]:
        """The key switch. A move in hand is finished; requests are refused."""
        self.is_manual = is_manual
        return ()

    def set_load(self, tray: int, load: Load) -> tuple[Happened, ...]:
        """Somebody puts goods on a tray or takes them off. Raises KeyError."""
        self._loads.put(tray, load)
        bad = {self._loads.alarm_of(each) for each in self._drives.places.front.values()}
        alarms = self._safety.alarms
        for name in WEIGHED:
            alarms.set_cause(name, is_there=alarms.has_cause(name) and name in bad)
        return ()

    def reset(self) -> tuple[Happened, ...]:
        """Somebody presses the machine's own reset. Ends nothing whose cause is still there."""
        return self._safety.reset()

    def power_off(self) -> tuple[Happened, ...]:
        """The mains fail: everything stands where it is, what was in hand is forgotten."""
        self.is_powered = False
        self._safety.power_off()
        return ()

    def power_on(self) -> tuple[Happened, ...]:
        """The mains are back: the machine finds its position and brings back what it holds, once nothing stops it."""
        self.is_powered = True
        return self._safety.power_on()

    # --- time ----------------------------------------------------------------------------------------------------------

    def advance(self, now_s: float) -> tuple[Happened, ...]:
        """Let the time pass up to `now_s`."""
        left_s = max(0.0, now_s - self._now_s)
        self._now_s = max(now_s, self._now_s)
        if not self.is_powered:
            return ()
        happened: list[Happened] = []
        if self._safety.relay_left_s is not None:
            happened += self._safety.run_relay(left_s)
            left_s = 0.0
        for drive in tuple(self._drives.jobs):
            happened += self._run(drive, left_s)
        return tuple(happened)

    def _run(self, drive: str, left_s: float) -> list[Happened]:
        happened: list[Happened] = []
        while (job := self._drives.jobs.get(drive)) is not None and not self.stop:
            if not job.has_started:
                job.has_started = True
                happened += told(Happening.STARTED, job)
            happened += self._safety.stop_in_beam()
            needed_s = self._drives.next_of_s(job)
            if self.stop or needed_s > left_s + NEARLY_NOTHING_S:
                break
            left_s = max(0.0, left_s - needed_s)
            happened += self._end_phase(drive, job)
        if job is not None and not self.stop:
            self._drives.spend(job, left_s)
        return happened

    def _end_phase(self, drive: str, job: Job) -> tuple[Happened, ...]:
        phase = self._drives.end_phase(drive, job)
        if phase is not None and phase.step is Step.PULL_FROM_BAY:
            self._check(job)
        if job.phases:
            return ()
        self._drives.end_job(drive)
        if job.alarm:
            self._safety.found_at_store(job.alarm)
            return told(Happening.RETURNED, job)
        return told(DONE[job.kind], job) if job.kind in DONE else ()

    def _check(self, job: Job) -> None:
        """Height is scanned and weight is felt when the tray leaves the bay; a bad one goes back."""
        forced = (name for name, alarm in ALARMS.items() if alarm.at_store and self._safety.alarms.has_cause(name))
        job.alarm = self._loads.alarm_of(job.tray) or next(forced, "")
        if job.alarm:
            self._drives.send_back(job)

    # --- what survives a kill ------------------------------------------------------------------------------------------

    def snapshot(self) -> dict[str, Any]:
        """Everything that changes, as JSON values."""
        return {
            "drives": self._drives.snapshot(),
            "loads": self._loads.snapshot(),
            **self._safety.snapshot(),
            "is_manual": self.is_manual,
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Go on from a snapshot: metal stays where it is when a program ends. Of one from before drives had names only the trays
        are taken over; the move in hand is forgotten. Raises KeyError and others for what is no snapshot."""
        if "at_opening" in state:
            self._drives.places.front = {str(name): int(tray) for name, tray in state["at_opening"].items()}
            return
        self._drives.restore(state["drives"])
        self._loads.restore(state["loads"])
        self._safety.restore(state)
        self.is_manual = bool(state["is_manual"])
