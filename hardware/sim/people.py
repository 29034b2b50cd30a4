"""People at a simulated machine: what the control connection lets them do, and those that a fault sends.

A fault's person does something and, where the fault has an end, undoes it and presses the machine's own reset.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Protocol

from hardware.sim.alarms import OVERWEIGHT, TOO_HIGH
from hardware.sim.device import Act, Request
from hardware.sim.loads import Load
from hardware.sim.machine import Happened, Happening, Machine

LOADS = {"overweight": OVERWEIGHT, "too_high": TOO_HIGH}


class MachineSide(Protocol):
    """What people can do to a machine (`hardware.sim.machine_wire`)."""

    machine: Machine

    def act(self, act: Callable[[], tuple[Happened, ...]]) -> None: ...

    def curtain(self, opening: str, *, is_broken: bool) -> None: ...

    def e_stop(self, *, is_pressed: bool) -> None: ...

    def manual_key(self, *, is_manual: bool) -> None: ...

    def alarm(self, name: str, *, is_there: bool) -> None: ...

    def reset(self) -> None: ...

    def power(self, *, is_on: bool) -> None: ...

    def state(self) -> dict[str, object]: ...


class People:
    """Everybody who stands at one machine."""

    def __init__(self, side: MachineSide) -> None:
        self._side = side
        self._timers: list[asyncio.TimerHandle] = []
        self._power_cut_s: float | None = None  # a power cut that waits for the next move
        self._unloads_s: dict[str, float] = {}  # alarm -> how long after a refused store the goods are taken off

    def close(self) -> None:
        for timer in self._timers:
            timer.cancel()

    # --- by faults -----------------------------------------------------------------------------------------------------

    def begin(self, fault: str, argument: float) -> float | None:
        """Seconds after which `end` is due, None where that is not a matter of time."""
        match fault:
            case "curtain":
                self._side.curtain(self._side.machine.openings[0], is_broken=True)
            case "e_stop":
                self._side.e_stop(is_pressed=True)
            case "manual_key":
                self._side.manual_key(is_manual=True)
            case "power_cycle_mid_move":
                self._power_cut_s = argument
                return None
            case "overweight" | "too_high":
                self._side.alarm(LOADS[fault], is_there=True)
                self._unloads_s[LOADS[fault]] = argument
                return None
            case "arrive_wrong_tray":
                self._side.machine.mislead(int(argument))
                return None
            case _:
                return None
        return argument

    def end(self, fault: str) -> None:
        match fault:
            case "curtain":
                self._side.curtain(self._side.machine.openings[0], is_broken=False)
                self._side.reset()
            case "e_stop":
                self._side.e_stop(is_pressed=False)
                self._side.reset()
            case "manual_key":
                self._side.manual_key(is_manual=False)
            case "power_cycle_mid_move":
                self._power_cut_s = None
                self._side.power(is_on=True)
            case "overweight" | "too_high":
                self._unload(LOADS[fault])
            case "arrive_wrong_tray":
                self._side.machine.mislead(0)
            case _:
                pass

    def happened(self, happened: Happened) -> None:
        """The machine told something; some people wait for that."""
        if happened.what is Happening.STARTED and self._power_cut_s is not None:
            off_s, self._power_cut_s = self._power_cut_s, None
            self._later(self._side.machine.left_s / 2, lambda: self._cut(off_s))
        elif happened.what is Happening.RETURNED and self._side.machine.stop in self._unloads_s:
            alarm = self._side.machine.stop
            self._later(self._unloads_s[alarm], lambda: self._unload(alarm))

    def _cut(self, off_s: float) -> None:
        self._side.power(is_on=False)
        self._later(off_s, lambda: self._side.power(is_on=True))

    def _unload(self, alarm: str) -> None:
        self._unloads_s.pop(alarm, None)
        self._side.alarm(alarm, is_there=False)
        self._side.reset()

    def _later(self, seconds: float, function: Callable[[], None]) -> None:
        self._timers.append(asyncio.get_running_loop().call_later(seconds, function))

    # --- by the control connection -------------------------------------------------------------------------------------

    def acts(self) -> Mapping[str, Act]:
        return {
            "curtain": self._do_curtain,
            "e_stop": lambda request: self._seen(lambda: self._side.e_stop(is_pressed=bool(request["on"]))),
            "manual_key": lambda request: self._seen(lambda: self._side.manual_key(is_manual=bool(request["on"]))),
            "alarm": lambda request: self._seen(lambda: self._side.alarm(request["name"], is_there=bool(request["on"]))),
            "power": lambda request: self._seen(lambda: self._side.power(is_on=bool(request["on"]))),
            "reset": lambda request: self._seen(self._side.reset),
            "load": self._do_load,
        }

    def _do_curtain(self, request: Request) -> dict[str, object]:
        opening = str(request.get("opening") or self._side.machine.openings[0])
        return self._seen(lambda: self._side.curtain(opening, is_broken=bool(request["on"])))

    def _do_load(self, request: Request) -> dict[str, object]:
        """`tray` has from now on `weight_g`, `height_mm`; what is left out stays."""
        machine, tray = self._side.machine, int(request["tray"])
        old = machine.load_of(tray)
        load = Load(int(request.get("weight_g", old.weight_g)), int(request.get("height_mm", old.height_mm)))
        return self._seen(lambda: self._side.act(lambda: machine.set_load(tray, load)))

    def _seen(self, act: Callable[[], None]) -> dict[str, object]:
        act()
        return {"state": self._side.state()}
