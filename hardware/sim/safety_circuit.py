"""What stops a machine and what follows when it may go on: light curtains, E-stop, alarms, the reset, the mains. Pure.

The light curtain stops only what moves in its zone; the move goes on after the curtain is free AND the machine's own reset was
pressed. The E-stop, and most alarms, stop everything; after the cause is gone and the reset was pressed (for the E-stop also the
relay's second) the command is cancelled and the tray is brought back to where it came from, during which the machine is busy.
After a power cut the command in hand is forgotten, the machine finds its position again and then brings the tray back.
"""

from __future__ import annotations

from typing import Any

from hardware.sim.alarms import ALARMS, CURTAIN, E_STOP, StandingAlarms
from hardware.sim.drives import Drives
from hardware.sim.happenings import Happened, Happening, told

RELAY_S = 1.0  # the safety relay pulls in 0.5-2 s after the reset; not divided by the speed
NEARLY_NOTHING_S = 1e-9


class SafetyCircuit:
    """Stands over the drives of one machine. What people do returns what is to be told of it."""

    def __init__(self, drives: Drives) -> None:
        self.alarms = StandingAlarms()
        self.relay_left_s: float | None = None  # seconds until the safety relay pulls in; None while it need not
        self._drives = drives
        self._broken: set[str] = set()
        self._must_cancel = False
        self._must_reference = False

    @property
    def stop(self) -> str:
        """What the machine stands for: the name of an alarm, or nothing."""
        return self.alarms.stop

    # --- what people do ------------------------------------------------------------------------------------------------

    def set_curtain(self, opening: str, *, is_broken: bool) -> tuple[Happened, ...]:
        if is_broken:
            self._broken.add(opening)
        else:
            self._broken.discard(opening)
        self.alarms.set_cause(CURTAIN, is_there=bool(self._broken))
        return self.stop_in_beam()

    def set_e_stop(self, *, is_pressed: bool) -> tuple[Happened, ...]:
        if is_pressed:
            self.relay_left_s = None
        return self.set_alarm(E_STOP, is_there=is_pressed)

    def set_alarm(self, name: str, *, is_there: bool) -> tuple[Happened, ...]:
        """The cause of an alarm comes or goes. What only the check of a store can find waits for that. Raises KeyError."""
        alarm = ALARMS[name]
        self.alarms.set_cause(name, is_there=is_there)
        return self._stand(name) if is_there and not alarm.at_store else ()

    def reset(self) -> tuple[Happened, ...]:
        """Somebody presses the machine's own reset. Ends nothing whose cause is still there."""
        was_stopped = bool(self.stop)
        for name in self.alarms.resettable():
            if name == E_STOP:
                self.relay_left_s = self.relay_left_s or RELAY_S
            else:
                self.alarms.end(name)
        return self._go_on() if was_stopped and not self.stop else ()

    def power_off(self) -> None:
        """Everything stands where it is, what was in hand is forgotten."""
        self.relay_left_s = None
        self._must_reference = self._must_cancel = True
        self._drives.queued.clear()
        for job in self._drives.jobs.values():
            job.request = ""

    def power_on(self) -> tuple[Happened, ...]:
        """The machine finds its position and brings back what it holds, once nothing stops it."""
        return () if self.stop else self._go_on()

    # --- what the machine meets while it moves -------------------------------------------------------------------------

    def stop_in_beam(self) -> tuple[Happened, ...]:
        """Stop if something moves where a curtain is broken."""
        jobs = self._drives.jobs.values()
        is_in_beam = any(job.has_started and job.phases and job.phases[0].zone in self._broken for job in jobs)
        return self._stand(CURTAIN) if is_in_beam and not self.stop else ()

    def found_at_store(self, name: str) -> None:
        """The check of a store has found this; the tray is back at the opening."""
        self.alarms.set_cause(name, is_there=True)
        self._stand(name)

    def run_relay(self, seconds: float) -> tuple[Happened, ...]:
        """Let time pass for the safety relay; with it the E-stop ends."""
        self.relay_left_s = (self.relay_left_s or 0.0) - seconds
        if self.relay_left_s > NEARLY_NOTHING_S:
            return ()
        self.relay_left_s = None
        self.alarms.end(E_STOP)
        return () if self.stop else self._go_on()

    def _stand(self, name: str) -> tuple[Happened, ...]:
        before, alarm = self.stop, ALARMS[name]
        self.alarms.stand(name)
        self._must_cancel = self._must_cancel or (alarm.stops and not alarm.resumes and bool(self._drives.jobs))
        self._must_reference = self._must_reference or alarm.loses_reference
        return self._tell_all(Happening.STOPPED) if self.stop != before else ()

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

    def _tell_all(self, what: Happening) -> tuple[Happened, ...]:
        return tuple(each for job in self._drives.jobs.values() for each in told(what, job))

    # --- what survives a kill ------------------------------------------------------------------------------------------

    def snapshot(self) -> dict[str, Any]:
        """Everything that changes, as JSON values; the relay's second begins again with the next reset."""
        return {
            "alarms": self.alarms.snapshot(),
            "broken": sorted(self._broken),
            "must": [self._must_cancel, self._must_reference],
        }

    def restore(self, state: dict[str, Any]) -> None:
        """`state` is what `snapshot` said, in a larger object."""
        self.alarms.restore(state["alarms"])
        self._broken = set(state["broken"])
        self._must_cancel, self._must_reference = state["must"]
