"""A real driver on a real line to the simulated machine, over TCP and over a pseudo terminal."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import pytest

from hardware.config import LiftConfig, LiftTiming
from hardware.factory import make_lift
from hardware.ports import Lift
from hardware.sim.options import SimulatorOptions
from hardware.sim.server import Simulator
from hardware.sim.wires.jmif import JmifWire
from hardware.values import FetchTray, LiftEvent, LinkUp, PointAt, StoreTray
from tests.contract.dialects import TIMING as TIMING


@dataclass
class Bay:
    """One lift with its simulated machine, and everything the lift has told."""

    lift: Lift
    simulator: Simulator
    told: list[LiftEvent] = field(default_factory=list)
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def wire(self) -> JmifWire:
        device = self.simulator.device
        assert isinstance(device, JmifWire)
        return device

    def hear(self, event: LiftEvent) -> None:
        self.told.append(event)
        self._news.set()

    async def hears(self, kind: type[Any], *, since: int = 0) -> Any:
        """The first event of a kind after the first `since` ones; waits for it."""
        async with asyncio.timeout(8):
            while True:
                for event in self.told[since:]:
                    if isinstance(event, kind):
                        return event
                self._news.clear()
                await self._news.wait()

    async def news(self, most_s: float) -> None:
        """Wait for the next event, or so long."""
        self._news.clear()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(most_s):
                await self._news.wait()


BayMaker = Callable[..., Any]

# The contract over TCP is JMIF's in every run; each other dialect has it in the long runs only: most of it is waiting.
LINES = ("tcp", "pty") if os.environ.get("BAYLIGHT_SOAK") else ("pty",)


def listen_at(where: str, directory: Path) -> str:
    """The `--listen` of this kind of line; skips what the system does not have."""
    if where == "pty" and sys.platform == "win32":
        pytest.skip("no pseudo terminals on Windows")
    return "tcp:0" if where == "tcp" else f"pty:{directory / 'lift'}"


B = TypeVar("B", bound=Bay)


@asynccontextmanager
async def bay_at(
    options: SimulatorOptions, config: Callable[[str], LiftConfig], *, kind: Callable[[Lift, Simulator], B]
) -> AsyncIterator[B]:
    """The simulated machine and the real driver on its line, which works."""
    simulator = Simulator(options)
    await simulator.open()
    bay = kind(make_lift(config(simulator.url)), simulator)
    bay.lift.subscribe(bay.hear)
    await bay.lift.open()
    try:
        await bay.hears(LinkUp)
        yield bay
    finally:
        await bay.lift.close()
        await simulator.close()


@pytest.fixture(params=["tcp", "pty", "pty 3964r"])
def open_bay(request: pytest.FixtureRequest, tmp_path: Path) -> BayMaker:
    where, _, link_layer = request.param.partition(" ")
    listen = listen_at(where, tmp_path)

    def opened(*faults: str, speed: float = 50, timing: LiftTiming = TIMING) -> AbstractAsyncContextManager[Bay]:
        if link_layer and "never_arrive" in faults:
            pytest.skip("a link layer adds twelve seconds to this time-out")
        link = {"link_layer": link_layer, "serial": "115200,8E1" if link_layer else ""}
        options = SimulatorOptions(protocol="jmif", listen=listen, speed=speed, faults=faults, seed=5, **link)
        return bay_at(options, lambda url: LiftConfig(url=url, timing=timing, **link), kind=Bay)

    return opened


def fetch(command_id: int, tray: int = 12) -> FetchTray:
    return FetchTray(command_id=command_id, opening="SH1-1", tray=tray, point=PointAt(430, 215))


def store(command_id: int, tray: int = 12) -> StoreTray:
    return StoreTray(command_id=command_id, opening="SH1-1", tray=tray)


@pytest.fixture
def run() -> Callable[[Awaitable[None]], None]:
    """Run a scenario on a loop of its own."""

    def run_to_end(scenario: Any) -> None:
        asyncio.run(scenario)

    return run_to_end
