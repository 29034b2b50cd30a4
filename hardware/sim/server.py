"""Runs one simulated device as a program of its own. The first line on standard output says where it is."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
import time
from collections.abc import Callable, Coroutine
from typing import Any

from hardware.config import parse_serial
from hardware.sim.control import ControlServer, Handler, Request
from hardware.sim.device import Act, SimulatedDevice
from hardware.sim.faults import KNOWN, Fault, FaultPlan, Where, check_fault, parse_fault, script_of
from hardware.sim.faulty_line import FaultyLine
from hardware.sim.layout import read_layout
from hardware.sim.line import Device, Line, make_line
from hardware.sim.options import OptionError, SimulatorOptions, check_address
from hardware.sim.pace import character_s
from hardware.sim.registry import LINK_FAULTS, LINK_LAYERS, MAKERS, Setup, check_protocol
from hardware.sim.state_file import read_state, write_state

LINGER_LOOK_S = 0.25


def serve(options: SimulatorOptions) -> int:
    """Run until SIGTERM, SIGINT or `linger_s` without a client; 0. Raises OptionError before anything starts."""
    options.check()
    check_protocol(options)
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
    ready = {"ready": True, "url": simulator.url, "pid": os.getpid(), "control": address, "faults": simulator.script}
    sys.stdout.write(json.dumps(ready) + "\n")
    sys.stdout.flush()
    lingering = asyncio.create_task(simulator.nobody_left(ended), name="linger")
    await ended.wait()
    lingering.cancel()
    await simulator.close()


class Simulator:
    """One simulated device with its line, its faults and its control connection. Also used inside tests.

    From the outside in: the line, its faults, a link layer if there is one, the device.
    """

    def __init__(self, options: SimulatorOptions) -> None:
        check_protocol(options)
        self._options = options
        self._plan = FaultPlan(seed=options.seed)
        setup = Setup(options, self._plan, time.monotonic, self._save)
        self._device = MAKERS[options.protocol](setup)
        self._device.power_changed = self._power_changed
        self._own = self._device.faults | self._device.spoils | (LINK_FAULTS if options.link_layer else frozenset())
        self._script = script_of(options.faults, seed=options.seed, own=self._own)
        for fault in self._script:
            self._check_name(fault)
        self._restore()
        inner: Device = LINK_LAYERS[options.link_layer](self._device, setup) if options.link_layer else self._device
        byte_s = character_s(parse_serial(options.serial)) if options.serial else None
        self._faulty_line = FaultyLine(inner, self._plan, byte_s=byte_s)
        kind, rest = check_address("--listen", options.listen, ("tcp", "pty"))
        self._line: Line = make_line(self._faulty_line, kind, rest)
        self._control = ControlServer(self._handlers())
        self._timers: list[asyncio.TimerHandle] = []
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def url(self) -> str:
        return self._line.url

    @property
    def script(self) -> tuple[str, ...]:
        """The faults to come as `--fault` takes them, drawn ones too: what repeats this run."""
        return tuple(str(fault) for fault in self._script)

    @property
    def own_faults(self) -> frozenset[str]:
        """The faults that this device or its link layer can have, beside those of every line."""
        return self._own

    @property
    def device(self) -> SimulatedDevice:
        return self._device

    @property
    def line(self) -> Line:
        """The cable: what the control connection's unplug and replug pull."""
        return self._line

    @property
    def plan(self) -> FaultPlan:
        """The faults that are on now; the device and its line take theirs from it."""
        return self._plan

    async def open(self) -> str:
        """Plug in and listen; the control connection's address."""
        loop = asyncio.get_running_loop()
        for fault in self._script:
            if fault.at_s == 0 and fault.kind.where is not Where.PLUG:
                self._begin_fault(fault)  # on from the first byte
            else:
                self._timers.append(loop.call_later(fault.at_s, self._begin_fault, fault))
        await self._line.plug()
        self._device.start()
        return await self._control.open(*check_address("--control", self._options.control, ("tcp", "unix")))

    async def close(self) -> None:
        for timer in self._timers:
            timer.cancel()
        await self._control.close()
        self._device.close()
        for task in tuple(self._tasks):
            task.cancel()
        await self._line.unplug()
        self._save()

    async def nobody_left(self, ended: asyncio.Event) -> None:
        """Set `ended` when no client has been there and nobody asked the control connection for `linger_s`: who is about to come
        asks it, and finds the device where it was told to be."""
        if self._options.linger_s is None:
            return
        last_s, heard = time.monotonic(), self._control.requests
        while time.monotonic() - last_s < self._options.linger_s:
            if self._device.clients or self._control.requests != heard:
                last_s, heard = time.monotonic(), self._control.requests
            await asyncio.sleep(min(LINGER_LOOK_S, self._options.linger_s))
        ended.set()

    def _restore(self) -> None:
        state = read_state(self._options.state_file) if self._options.state_file else None
        if state is None:
            return
        try:
            self._device.restore(state)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            text = f"of another version or machine: {type(error).__name__} {error}"
            raise OptionError("--state", str(self._options.state_file), text) from error

    def _save(self) -> None:
        state = self._device.snapshot() if self._options.state_file is not None else None
        if self._options.state_file is not None and state is not None:
            write_state(self._options.state_file, state)

    # --- faults --------------------------------------------------------------------------------------------------------

    def _begin_fault(self, fault: Fault) -> None:
        if fault.kind.where is Where.PLUG:
            self._spawn_unplug(fault.argument, is_other=fault.name == "replug_other_name")
            return
        ends_s = self._device.begin(fault.name, fault.argument) if fault.name in self._own else None
        if ends_s is None:
            self._plan.turn_on(fault.name, fault.argument, jitter=fault.jitter)
            ends_s = fault.argument if fault.name == "stall" else fault.for_s
        if ends_s is not None:
            self._later(ends_s, lambda: self._end_fault(fault.name))

    def _check_name(self, fault: Fault) -> Fault:
        """Raises OptionError for another name on a line that has none."""
        if fault.name == "replug_other_name" and not self._options.listen.startswith("pty:"):
            raise OptionError("--fault", fault.name, "only a pty: has a name that can change")
        return fault

    def _end_fault(self, name: str) -> None:
        self._plan.turn_off(name)
        if name in self._own:
            self._device.end(name)
        elif name == "stall":
            self._faulty_line.release()

    def _power_changed(self, is_on: bool) -> None:
        """Without power a controller drops its network; a serial line only falls silent."""
        if self._line.dies_with_power:
            self._spawn(self._line.plug() if is_on else self._line.unplug())

    def _spawn_unplug(self, seconds: float, *, is_other: bool) -> None:
        async def pull_and_replug() -> None:
            await self._line.unplug()
            await asyncio.sleep(seconds)
            await self._line.plug(is_other=is_other)

        self._spawn(pull_and_replug())

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work, name="plug")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _later(self, seconds: float, function: Callable[[], None]) -> None:
        self._timers.append(asyncio.get_running_loop().call_later(seconds, function))

    # --- the control connection ------------------------------------------------------------------------------------------

    def _handlers(self) -> dict[str, Handler]:
        return {
            "state": self._do_state,
            "unplug": self._do_unplug,
            "replug": self._do_replug,
            "fault": self._do_fault,
            **{name: _handler_of(act) for name, act in self._device.acts().items()},
        }

    async def _do_state(self, request: Request) -> dict[str, Any]:
        return {"state": self._device.state()}

    async def _do_unplug(self, request: Request) -> dict[str, Any]:
        """Pull the cable, for `for_s` seconds or until replugged."""
        if "for_s" in request:
            self._spawn_unplug(float(request["for_s"]), is_other=False)
        else:
            await self._line.unplug()
        return {}

    async def _do_replug(self, request: Request) -> dict[str, Any]:
        """Plug in again; with `other` under another name."""
        await self._line.plug(is_other=bool(request.get("other", False)))
        return {"url": self.url}

    async def _do_fault(self, request: Request) -> dict[str, Any]:
        """`name` is a fault as on the command line; `on` false ends it."""
        if request.get("on", True):
            self._begin_fault(self._check_name(check_fault(parse_fault(request["name"]), self._own)))
        elif request["name"] in KNOWN:
            self._end_fault(request["name"])
        else:
            raise ValueError(f"no fault {request['name']!r}")
        return {}


def _handler_of(act: Act) -> Handler:
    async def handle(request: Request) -> dict[str, Any]:
        return act(request)

    return handle
