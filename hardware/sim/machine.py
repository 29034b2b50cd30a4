"""A machine, pure: requests, people's acts and times go in, happenings come out. It knows no wire.

A drive makes one move at a time: a lift has one extractor, a pod of carousels a drive for each.

The light curtain stops only what moves in its zone; the move goes on after the curtain is free AND the machine's own reset was
pressed. The E-stop, and most alarms, stop everything; after the cause is gone and the reset was pressed (for the E-stop also the
relay's second) the command is cancelled and the tray is brought back to where it came from, during which the machine is busy.
After a power cut the command in hand is forgotten, the machine finds its position again and then brings the tray back.
"""

from __future__ import annotations

from typing import Any

from hardware.sim.alarms import ALARMS, CURTAIN, E_STOP, StandingAlarms
from hardware.sim.drives import Drives
from hardware.sim.happenings import DONE, Happened, Happening, told
from hardware.sim.layout import Layout
from hardware.sim.loads import WEIGHED, Load, Loads
from hardware.sim.moves import Job, Kind, Refusal, Step

__all__ = ["CURTAIN", "E_STOP", "Happened", "Happening", "Machine", "Refusal"]  # what a dialect needs

RELAY_S = 1.0  # the safety relay pulls in 0.5-2 s after the reset; not divided by the speed
NEARLY_NOTHING_S = 1e-9


class Machine:
    """One machine's state. Times are monotonic seconds; `advance` must be called before anything that asks or acts."""

    def __init__(self, layout: Layout, *, speed: float = 1.0, now_s: float = 0.0) -> None:
        self._drives = Drives(layout, speed=speed)
        self._now_s = now_s
        self._alarms = StandingAlarms()
        self._loads = Loads(layout.limits, self._drives.moves.trays)
        self._broken: set[str] = set()
        self._must_cancel = False
        self._must_reference = False
        self._relay_left_s: float | None = None
        self._wrong_trays = 0
        self.is_manual = False
        self.is_powered = True

    # --- questions -----------------------------------------------------------------------------------------------------

    @property
    def stop(self) -> str:
        """What it stands for: the name of an alarm (`hardware.sim.alarms`), or nothing."""
        return self._alarms.stop

    @property
    def alarms(self) -> tuple[str, ...]:
        """Every alarm that stands, also those that only warn."""
        return self._alarms.names

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
        next_s = self._relay_left_s if self.stop else self._drives.next_s
        return None if next_s is None else self._now_s + next_s

    def refusal_of(self, opening: str, tray: int | None) -> Refusal | None:
        """Why the request would not be taken now; `tray` None asks for storing."""
        refusal = self._refusal_now(opening, tray)
        if refusal is not None or tray is None:
            return refusal
        return self._drives.moves.refusal_of(self._drives.places, opening, tray)

    def refusal_of_prefetch(self, opening: str, tray: int) -> Refusal | None:
        """Why the tray would not be brought to the second place now."""
        refusal = self._refusal_now(opening, tray)
        return refusal or self._drives.moves.refusal_of_prefetch(self._drives.places, opening, tray)

    def _refusal_now(self, opening: str, tray: int | None) -> Refusal | None:
        if opening not in self.openings:
            return Refusal.NO_SUCH_OPENING
        if self.is_manual:
            return Refusal.MANUAL
        if self.stop:
            return Refusal.STOPPED
        if self.is_referencing:
            return Refusal.NOT_READY
        drive = self._drives.drive_of(opening, tray)
        if not self._drives.is_free(drive):
            return Refusal.BUSY
        job = self._drives.jobs.get(drive)  # a prefetch of the machine's own
        is_elsewhere = job is not None and job.tray == tray and job.opening != opening
        return Refusal.NO_SUCH_TRAY if is_elsewhere else None

    # --- requests ------------------------------------------------------------------------------------------------------

    def fetch(self, request: str, *, opening: str, tray: int) -> None:
        """Take a fetch over that `refusal_of` does not refuse. Of the tray that is there already, nothing moves."""
        if self._wrong_trays and self.tray_at(opening) != tray:
            self._wrong_trays -= 1
            tray = self._another(opening, tray)
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

    def _another(self, opening: str, tray: int) -> int:
        others = [*(each for each in self.trays if each > tray), *self.trays]
        moves, places = self._drives.moves, self._drives.places
        good = (each for each in others if each != tray and moves.refusal_of(places, opening, each) is None)
        return next(good, tray)

    # --- people and safety ---------------------------------------------------------------------------------------------

    def set_curtain(self, opening: str, *, is_broken: bool) -> tuple[Happened, ...]:
        if is_broken:
            self._broken.add(opening)
        else:
            self._broken.discard(opening)
        self._alarms.set_cause(CURTAIN, is_there=bool(self._broken))
        return self._stop_in_beam()

    def set_e_stop(self, *, is_pressed: bool) -> tuple[Happened, ...]:
        if is_pressed:
            self._relay_left_s = None
        return self.set_alarm(E_STOP, is_there=is_pressed)

    def set_alarm(self, name: str, *, is_there: bool) -> tuple[Happened, ...]:
        """The cause of an alarm comes or goes. What only the check of a store can find waits for that. Raises KeyError."""
        alarm = ALARMS[name]
        self._alarms.set_cause(name, is_there=is_there)
        return self._stand(name) if is_there and not alarm.at_store else ()

    def set_manual(self, *, is_manual: bool) -> tuple[Happened, ...]:
        """The key switch. A move in hand is finished; requests are refused."""
        self.is_manual = is_manual
        return ()

    def set_load(self, tray: int, load: Load) -> tuple[Happened, ...]:
        """Somebody puts goods on a tray or takes them off. Raises KeyError."""
        self._loads.put(tray, load)
        bad = {self._loads.alarm_of(each) for each in self._drives.places.front.values()}
        for name in WEIGHED:
            self._alarms.set_cause(name, is_there=self._alarms.has_cause(name) and name in bad)
        return ()

    def reset(self) -> tuple[Happened, ...]:
        """Somebody presses the machine's own reset. Ends nothing whose cause is still there."""
        was_stopped = bool(self.stop)
        for name in self._alarms.resettable():
            if name == E_STOP:
                self._relay_left_s = self._relay_left_s or RELAY_S
            else:
                self._alarms.end(name)
        return self._go_on() if was_stopped and not self.stop else ()

    def power_off(self) -> tuple[Happened, ...]:
        """The mains fail: everything stands where it is, what was in hand is forgotten."""
        self.is_powered = False
        self._relay_left_s = None
        self._must_reference = self._must_cancel = True
        self._drives.queued.clear()
        for job in self._drives.jobs.values():
            job.request = ""
        return ()

    def power_on(self) -> tuple[Happened, ...]:
        """The mains are back: the machine finds its position and brings back what it holds, once nothing stops it."""
        self.is_powered = True
        return () if self.stop else self._go_on()

    def _stand(self, name: str) -> tuple[Happened, ...]:
        before, alarm = self.stop, ALARMS[name]
        self._alarms.stand(name)
        self._must_cancel = self._must_cancel or (alarm.stops and not alarm.resumes and self.is_busy)
        self._must_reference = self._must_reference or alarm.loses_reference
        return self._tell_all(Happening.STOPPED) if self.stop != before else ()

    def _stop_in_beam(self) -> tuple[Happened, ...]:
        jobs = self._drives.jobs.values()
        is_in_beam = any(job.has_started and job.phases and job.phases[0].zone in self._broken for job in jobs)
        return self._stand(CURTAIN) if is_in_beam and not self.stop else ()

    def _go_on(self) -> tuple[Happened, ...]:
        """Nothing stops the machine any more."""
        if not self._must_cancel and not self._must_reference:
            return self._tell_all(Happening.RESUMED)
        queued = tuple(each for job in self._drives.queued.values() for each in told(Happening.CANCELLED, job))
        cancelled = (*self._tell_all(Happening.CANCELLED), *queued)
        self._drives.queued.clear()
        for drive in self._drives.places.drives:
            self._drives.recover(drive, is_lost=self._must_reference)
        self._must_cancel = self._must_reference = False
        return cancelled

    # --- time ----------------------------------------------------------------------------------------------------------

    def advance(self, now_s: float) -> tuple[Happened, ...]:
        """Let the time pass up to `now_s`."""
        left_s = max(0.0, now_s - self._now_s)
        self._now_s = max(now_s, self._now_s)
        if not self.is_powered:
            return ()
        happened: list[Happened] = []
        if self._relay_left_s is not None:
            happened += self._relay(left_s)
            left_s = 0.0
        for drive in tuple(self._drives.jobs):
            happened += self._run(drive, left_s)
        return tuple(happened)

    def _relay(self, left_s: float) -> tuple[Happened, ...]:
        self._relay_left_s = (self._relay_left_s or 0.0) - left_s
        if self._relay_left_s > NEARLY_NOTHING_S:
            return ()
        self._relay_left_s = None
        self._alarms.end(E_STOP)
        return () if self.stop else self._go_on()

    def _run(self, drive: str, left_s: float) -> list[Happened]:
        happened: list[Happened] = []
        while (job := self._drives.jobs.get(drive)) is not None and not self.stop:
            if not job.has_started:
                job.has_started = True
                happened += told(Happening.STARTED, job)
            happened += self._stop_in_beam()
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
            self._alarms.set_cause(job.alarm, is_there=True)
            self._stand(job.alarm)
            return told(Happening.RETURNED, job)
        return told(DONE[job.kind], job) if job.kind in DONE else ()

    def _check(self, job: Job) -> None:
        """Height is scanned and weight is felt when the tray leaves the bay; a bad one goes back."""
        forced = (name for name, alarm in ALARMS.items() if alarm.at_store and self._alarms.has_cause(name))
        job.alarm = self._loads.alarm_of(job.tray) or next(forced, "")
        if job.alarm:
            self._drives.send_back(job)

    def _tell_all(self, what: Happening) -> tuple[Happened, ...]:
        return tuple(each for job in self._drives.jobs.values() for each in told(what, job))

    # --- what survives a kill ------------------------------------------------------------------------------------------

    def snapshot(self) -> dict[str, Any]:
        """Everything that changes, as JSON values."""
        return {
            "drives": self._drives.snapshot(),
            "alarms": self._alarms.snapshot(),
            "loads": self._loads.snapshot(),
            "broken": sorted(self._broken),
            "must": [self._must_cancel, self._must_reference],
            "is_manual": self.is_manual,
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Go on from a snapshot: metal stays where it is when a program ends. Of one from before drives had names only the trays
        are taken over; the move in hand is forgotten. Raises KeyError and others for what is no snapshot."""
        if "at_opening" in state:
            self._drives.places.front = {str(name): int(tray) for name, tray in state["at_opening"].items()}
            return
        self._drives.restore(state["drives"])
        self._alarms.restore(state["alarms"])
        self._loads.restore(state["loads"])
        self._broken = set(state["broken"])
        self._must_cancel, self._must_reference = state["must"]
        self.is_manual = bool(state["is_manual"])
