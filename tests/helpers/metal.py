"""The simulated machines at one bay by what only they know: which tray really stands there, what they began, who reset them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from hardware.sim.server import Simulator
from tests.helpers.control import ask_control


@dataclass(frozen=True, slots=True)
class OneMachine:
    """A machine and where people reach it. `before` bins of a pod stand on the carousels before it."""

    simulator: Simulator
    control: str
    before: int = 0

    async def ask(self, do: str, **values: object) -> dict[str, Any]:
        """One request on its control connection."""
        return await ask_control(self.control, do, **values)


@dataclass
class Metal:
    """All machines of one bay. `begun` counts the moves that they took over, by verb and tray; `began` hears of each at once."""

    opening: str
    machines: list[OneMachine] = field(default_factory=list)
    begun: Counter[tuple[str, int]] = field(default_factory=Counter)
    resets: int = 0
    began: Callable[[OneMachine, int], None] = lambda machine, number: None

    def watch(self, one: OneMachine) -> None:
        self.machines.append(one)
        machine = one.simulator.device.machine
        fetch, store, reset = machine.fetch, machine.store, machine.reset

        def fetching(request: str, *, opening: str, tray: int) -> None:
            fetch(request, opening=opening, tray=tray)
            self._begun(one, "fetch", tray + one.before)

        def storing(request: str, *, opening: str) -> None:
            tray = machine.tray_at(opening) or 0
            store(request, opening=opening)
            self._begun(one, "store", tray + one.before)

        def resetting() -> Any:
            self.resets += 1
            return reset()

        machine.fetch, machine.store, machine.reset = fetching, storing, resetting

    def _begun(self, one: OneMachine, verb: str, tray: int) -> None:
        self.begun[verb, tray] += 1
        self.began(one, self.begun.total())

    @property
    def trays(self) -> tuple[int, ...]:
        """What stands at the opening; of a pod, the bin in front of each carousel."""
        found = ((one, one.simulator.device.state()["openings"][self.opening]["tray"]) for one in self.machines)
        return tuple(tray + one.before for one, tray in found if tray is not None)

    @property
    def is_still(self) -> bool:
        return not any(one.simulator.device.state()["busy"] for one in self.machines)

    async def ask_all(self, do: str, **values: object) -> None:
        """The same request to every machine."""
        for one in self.machines:
            await one.ask(do, **values)
