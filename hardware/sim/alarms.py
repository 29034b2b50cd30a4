"""The alarms of reference 6 by name, and which of them stand. Which ones stop the machine and what follows is our choice.

An alarm latches: it stands until the machine's own reset is pressed AND its cause is gone. Nothing on the host's line ends one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

CURTAIN = "curtain"
E_STOP = "e_stop"
TOO_HIGH = "tray_too_high"
OVERWEIGHT = "tray_overweight"
MACHINE_OVERWEIGHT = "machine_overweight"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """`stops` is false for what is only shown. A move goes on after the reset where it `resumes`, and is cancelled elsewhere.
    `at_store` stands only when the check of a store meets its cause: the tray comes back to the bay. After one that
    `loses_reference` the machine has to find its position again."""

    name: str
    stops: bool = True
    resumes: bool = False
    at_store: bool = False
    loses_reference: bool = False


# In the order in which a machine with one display line names them.
ALARMS = {
    alarm.name: alarm
    for alarm in (
        Alarm(name=E_STOP),
        Alarm(name=CURTAIN, resumes=True),
        Alarm(name="curtain_muted_long", resumes=True),
        Alarm(name="bay_door_open", resumes=True),
        Alarm(name=TOO_HIGH, at_store=True),
        Alarm(name="overhang_left", at_store=True),
        Alarm(name="overhang_right", at_store=True),
        Alarm(name="overhang_front", at_store=True),
        Alarm(name="overhang_rear", at_store=True),
        Alarm(name=OVERWEIGHT, at_store=True),
        Alarm(name=MACHINE_OVERWEIGHT, at_store=True),
        Alarm(name="no_place", at_store=True),
        Alarm(name="tray_not_in_slot"),
        Alarm(name="slot_occupied"),
        Alarm(name="extractor_not_home", loses_reference=True),
        Alarm(name="tray_skewed"),
        Alarm(name="drive_fault"),
        Alarm(name="drive_hot"),
        Alarm(name="position_error", loses_reference=True),
        Alarm(name="reference_lost", loses_reference=True),
        Alarm(name="panel_lost"),
        Alarm(name="maintenance_due", stops=False),
        Alarm(name="battery_low", stops=False),
    )
}


class StandingAlarms:
    """Causes and what stands because of them."""

    def __init__(self) -> None:
        self._causes: set[str] = set()
        self._standing: set[str] = set()

    @property
    def names(self) -> tuple[str, ...]:
        """What stands, warnings too, in the order of ALARMS."""
        return tuple(name for name in ALARMS if name in self._standing)

    @property
    def stop(self) -> str:
        """The first that stops the machine, or nothing."""
        return next((name for name in self.names if ALARMS[name].stops), "")

    def has_cause(self, name: str) -> bool:
        return name in self._causes

    def set_cause(self, name: str, *, is_there: bool) -> None:
        """The cause comes or goes; coming, it does not stand by that alone."""
        if is_there:
            self._causes.add(name)
        else:
            self._causes.discard(name)

    def stand(self, name: str) -> None:
        self._standing.add(name)

    def end(self, name: str) -> None:
        self._standing.discard(name)

    def resettable(self) -> tuple[str, ...]:
        """What the machine's own reset would end now."""
        return tuple(name for name in self.names if name not in self._causes)

    def snapshot(self) -> dict[str, Any]:
        return {"causes": sorted(self._causes), "standing": sorted(self._standing)}

    def restore(self, state: dict[str, Any]) -> None:
        self._causes, self._standing = set(state["causes"]), set(state["standing"])
