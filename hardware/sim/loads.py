"""What lies on the trays: weight and height, and what the check at the bay says to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hardware.sim.alarms import MACHINE_OVERWEIGHT, OVERWEIGHT, TOO_HIGH
from hardware.sim.layout import Limits

WEIGHED = (TOO_HIGH, OVERWEIGHT, MACHINE_OVERWEIGHT)


@dataclass(frozen=True, slots=True)
class Load:
    """Ours to choose where nobody has said more."""

    weight_g: int = 50_000
    height_mm: int = 100


class Loads:
    """The load of each tray."""

    def __init__(self, limits: Limits, trays: tuple[int, ...]) -> None:
        self._limits = limits
        self._loads = dict.fromkeys(trays, Load())

    def of(self, tray: int) -> Load:
        return self._loads[tray]

    def put(self, tray: int, load: Load) -> None:
        """Raises KeyError for a tray that is not there."""
        self._loads[tray] = load if tray in self._loads else self._loads[tray]

    def alarm_of(self, tray: int) -> str:
        """What is wrong with a tray that is to be stored; nothing if it is good."""
        load = self.of(tray)
        if load.height_mm > self._limits.height_mm:
            return TOO_HIGH
        if load.weight_g > self._limits.tray_g:
            return OVERWEIGHT
        total_g = sum(each.weight_g for each in self._loads.values())
        return MACHINE_OVERWEIGHT if total_g > self._limits.machine_g else ""

    def snapshot(self) -> dict[str, Any]:
        return {str(tray): [load.weight_g, load.height_mm] for tray, load in self._loads.items() if load != Load()}

    def restore(self, state: dict[str, Any]) -> None:
        for tray, (weight_g, height_mm) in state.items():
            self.put(int(tray), Load(weight_g, height_mm))
