"""Runs one simulated device as a program of its own. The first line on standard output says where it is."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
import time
from typing import Any

from hardware.sim.control import ControlServer, Handler, Request
from hardware.sim.display import SimulatedDisplay
from hardware.sim.faults import KNOWN, Fault, FaultPlan, parse_fault
from hardware.sim.layout import Layout, default_layout, read_layout
from hardware.sim.line import Line, make_line
from hardware.sim.machine import Machine
from hardware.sim.options import SimulatorOptions, check_address
from hardware.sim.scanner import SimulatedScanner
from hardware.sim.state_file import read_state, write_state
from hardware.sim.wire import JmifWire

LINGER_LOOK_S = 0.25


def serve(options: SimulatorOptions) -> int:
    """Run until SIGTERM, SIGINT or `linger_s` without a client; 0. Raises OptionError before anything starts."""
    options.check()
    for text in options.faults:
        parse_fault(text)
    if options.machine_file is not None:
        read_layout(options.machine_file)
    if options.state_file is not None:
        read_state(options.state_file)
    asyncio.run(_run(options))
    return 0


async def _run(options: SimulatorOptions) -> None:
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError):  # Windows
            loop.add_signal_handler(number, ended.set)
    simulator = Simulator(options)
    address = await simulator.open()
    sys.stdout.write(json.dumps({"ready": True, "url": simulator.url, "pid": os.getpid(), "control": address}) + "\n")
    sys.stdout.flush()
    lingering = asyncio.create_task(simulator.nobody_left(ended), name="linger")
    await ended.wait()
    lingering.cancel()
    await simulator.close()


class Simulator:
    """One simulated device with its line, its faults and its control connection. Also used inside tests."""

    def __init__(self, options: SimulatorOptions) -> None:
        self._options = options
        self._plan = FaultPlan(tuple(parse_fault(text) for text in options.faults), seed=options.seed)
        self._device = self._make_device()
        kind, rest = check_address("--listen", options.listen, ("tcp", "pty"))
        self._line: Line = make_line(self._device, kind, rest)
        self._control = ControlServer(self._handlers())
        self._timers: list[asyncio.TimerHandle] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._replug: asyncio.TimerHandle | None = None

    @property
    def url(self) -> str:
        return self._line.url

    @property
    def device(self) -> JmifWire | SimulatedDisplay | SimulatedScanner:
        return self._device

    async def open(self) -> str:
        """Plug in and listen; the control connection's address."""
        loop = asyncio.get_running_loop()
        for fault in self._plan.faults:
            if fault.at_s == 0 and fault.name not in ("curtain", "e_stop", "unplug"):
                self._begin_fault(fault)  # on from the first byte
            else:
                self._timers.append(loop.call_later(fault.at_s, self._begin_fault, fault))
        await self._line.plug()
        if isinstance(self._device, JmifWire):
            self._device.pump()
        return await self._control.open(*check_address("--control", self._options.control, ("tcp", "unix")))

    async def close(self) -> None:
        for timer in self._timers:
            timer.cancel()
        for task in tuple(self._tasks):
            task.cancel()
        await self._control.close()
        await self._line.unplug()
        if isinstance(self._device, JmifWire):
            self._device.close()
        self._save()

    async def nobody_left(self, ended: asyncio.Event) -> None:
        """Set `ended` when no client has been there for `linger_s`."""
        if self._options.linger_s is None:
            return
        last_s = time.monotonic()
        while time.monotonic() - last_s < self._options.linger_s:
            if self._device.clients:
                last_s = time.monotonic()
            await asyncio.sleep(min(LINGER_LOOK_S, self._options.linger_s))
        ended.set()

    # --- devices -------------------------------------------------------------------------------------------------------

    def _make_device(self) -> JmifWire | SimulatedDisplay | SimulatedScanner:
        if self._options.protocol == "cd5220":
            return SimulatedDisplay(self._plan)
        if self._options.protocol == "scanner":
            return SimulatedScanner(self._plan)
        layout: Layout = read_layout(self._options.machine_file) if self._options.machine_file else default_layout()
        machine = Machine(layout, speed=self._options.speed, now_s=time.monotonic())
        wire = JmifWire(machine, self._plan, clock=time.monotonic, saved=self._save)
        state = read_state(self._options.state_file) if self._options.state_file else None
        if state is not None:
            wire.restore(state)
        return wire

    def _save(self) -> None:
        if self._options.state_file is not None and isinstance(self._device, JmifWire):
            write_state(self._options.state_file, self._device.snapshot())

    # --- faults --------------------------------------------------------------------------------------------------------

    def _begin_fault(self, fault: Fault) -> None:
        if fault.name == "unplug":
            self._spawn_unplug(fault.argument)
        elif fault.name in ("curtain", "e_stop") and isinstance(self._device, JmifWire):
            self._interrupt(fault, self._device)
        elif fault.name == "stall":
            self._plan.turn_on("stall")
            self._later(fault.argument, self._end_stall)
        else:
            self._plan.turn_on(fault.name, fault.argument)

    def _interrupt(self, fault: Fault, wire: JmifWire) -> None:
        """Somebody reaches in, or presses the red button; then takes the hand away and presses the machine's own reset."""
        opening = self._first_opening()

        def end() -> None:
            if fault.name == "curtain":
                wire.curtain(opening, is_broken=False)
            else:
                wire.e_stop(is_pressed=False)
            wire.reset()

        if fault.name == "curtain":
            wire.curtain(opening, is_broken=True)
        else:
            wire.e_stop(is_pressed=True)
        self._later(fault.argument, end)

    def _end_stall(self) -> None:
        self._plan.turn_off("stall")
        if not isinstance(self._device, SimulatedDisplay):
            self._device.release()

    def _spawn_unplug(self, seconds: float) -> None:
        async def pull_and_replug() -> None:
            await self._line.unplug()
            await asyncio.sleep(seconds)
            await self._line.plug()

        task = asyncio.create_task(pull_and_replug(), name="unplug")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _later(self, seconds: float, function: Any) -> None:
        self._timers.append(asyncio.get_running_loop().call_later(seconds, function))

    def _first_opening(self) -> str:
        state = self._device.state()
        return str(next(iter(state["openings"])))

    # --- the control connection ------------------------------------------------------------------------------------------

    def _handlers(self) -> dict[str, Handler]:
        return {
            "state": self._do_state,
            "unplug": self._do_unplug,
            "replug": self._do_replug,
            "fault": self._do_fault,
            **({"curtain": self._do_curtain, "e_stop": self._do_e_stop, "reset": self._do_reset} if self._is_lift else {}),
            **({"scan": self._do_scan} if isinstance(self._device, SimulatedScanner) else {}),
        }

    @property
    def _is_lift(self) -> bool:
        return isinstance(self._device, JmifWire)

    async def _do_state(self, request: Request) -> dict[str, Any]:
        return {"state": self._device.state()}

    async def _do_unplug(self, request: Request) -> dict[str, Any]:
        """Pull the cable, for `for_s` seconds or until replugged."""
        if "for_s" in request:
            self._spawn_unplug(float(request["for_s"]))
        else:
            await self._line.unplug()
        return {}

    async def _do_replug(self, request: Request) -> dict[str, Any]:
        await self._line.plug()
        return {"url": self.url}

    async def _do_fault(self, request: Request) -> dict[str, Any]:
        """`name` is a fault as on the command line; `on` false ends it."""
        if request.get("on", True):
            self._begin_fault(parse_fault(request["name"]))
        elif request["name"] == "stall":
            self._end_stall()
        elif request["name"] in KNOWN:
            self._plan.turn_off(request["name"])
        else:
            raise ValueError(f"no fault {request['name']!r}")
        return {}

    async def _do_curtain(self, request: Request) -> dict[str, Any]:
        if isinstance(self._device, JmifWire):
            self._device.curtain(str(request.get("opening") or self._first_opening()), is_broken=bool(request["on"]))
        return await self._do_state(request)

    async def _do_e_stop(self, request: Request) -> dict[str, Any]:
        if isinstance(self._device, JmifWire):
            self._device.e_stop(is_pressed=bool(request["on"]))
        return await self._do_state(request)

    async def _do_reset(self, request: Request) -> dict[str, Any]:
        if isinstance(self._device, JmifWire):
            self._device.reset()
        return await self._do_state(request)

    async def _do_scan(self, request: Request) -> dict[str, Any]:
        if isinstance(self._device, SimulatedScanner):
            return {"heard": self._device.scan(str(request["text"]))}
        return {}
