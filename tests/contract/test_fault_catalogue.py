"""Each dialect through a pseudo terminal with each fault of the catalogue, held to the laws that no fault may break:

- a fetch that is DONE has its tray at the opening, a store that is DONE has none there (a carousel's bin stays)
- a command leaves once
- a second command is refused while one is in flight
- a stop is told, and ended by the machine alone
- when the fault is over, the line works and a tray comes
"""

from __future__ import annotations

import asyncio
import itertools
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from hardware.errors import DeviceError
from hardware.factory import make_lift
from hardware.sim.server import Simulator
from hardware.values import FetchTray, MotionResult, Outcome, PointAt, SafetyCleared, SafetyStopped, StoreTray
from tests.contract.catalogue import STOPPING, faults_of, name_of
from tests.contract.conftest import Bay
from tests.contract.dialects import DIALECTS, Dialect

AT_ONCE = 9  # missions side by side: they mostly wait
# The second priority of 3964R takes half a minute of waiting and is held in the long runs.
HELD = [each for each in DIALECTS if os.environ.get("BAYLIGHT_SOAK") or "3964r, high" not in each.name]
RECOVERS_WITHIN_S = 15.0
SWITCHED_OFF_AFTER_S = 2.0


@dataclass
class Mission:
    """Trays come and go on one bay until the fault has had its chance; what breaks a law is written down."""

    dialect: Dialect
    fault: str
    bay: Bay
    broken: list[str] = field(default_factory=list)
    ids: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    fetches: int = 0

    @property
    def here(self) -> int | None:
        """The metal's own truth."""
        tray: int | None = self.bay.simulator.device.state()["openings"][self.dialect.opening]["tray"]
        return tray

    async def run(self) -> list[str]:
        for tray in (self.dialect.tray, self.dialect.tray + 1):
            await self.ready()
            await self.bring(tray)
            await self.ready()
            await self.clear()
        await self.ready()
        came = await self.bring_at_last(self.dialect.tray)
        if came.outcome is not Outcome.DONE and not self.is_believed_lost(came):
            self.law(False, f"after the fault a fetch ends {came.outcome.value} {came.code} {came.message}")
        self.hold_to_frames()
        if name_of(self.fault) in STOPPING:
            self.law(any(isinstance(each, SafetyStopped) for each in self.bay.told), "the stop was not told")
            self.law(any(isinstance(each, SafetyCleared) for each in self.bay.told), "the end of the stop was not told")
        return [f"{self.fault}: {each}" for each in self.broken]

    def is_believed_lost(self, result: MotionResult) -> bool:
        """A fault that is counted may only come round in the last fetch."""
        return result.outcome is Outcome.UNKNOWN and self.fault.startswith(("never_arrive", "arrive_wrong_tray"))

    def law(self, is_kept: bool, what: str) -> None:
        if not is_kept:
            self.broken.append(what)

    async def ready(self) -> None:
        """Wait until the machine says that a command would be taken. One that never comes to an end is switched off and on."""
        patience_s = asyncio.get_running_loop().time() + SWITCHED_OFF_AFTER_S
        async with asyncio.timeout(RECOVERS_WITHIN_S):
            while not await self.is_ready():
                if self.fault == "never_arrive" and asyncio.get_running_loop().time() > patience_s:
                    self.bay.simulator.device.power(is_on=False)
                    self.bay.simulator.device.power(is_on=True)
                    patience_s = float("inf")
                await self.bay.news(0.1)

    async def is_ready(self) -> bool:
        try:
            return (await self.bay.lift.status()).ready
        except DeviceError:
            return False

    async def bring(self, tray: int) -> MotionResult:
        command = FetchTray(command_id=next(self.ids), opening=self.dialect.opening, tray=tray, point=PointAt(430, 215))
        self.fetches += 1
        moving = asyncio.create_task(self.bay.lift.fetch(command))
        second = FetchTray(command_id=next(self.ids), opening=self.dialect.opening, tray=tray + 2)
        await asyncio.sleep(0)
        if not moving.done():
            with pytest.raises(DeviceError, match="L203"):
                await self.bay.lift.fetch(second)
        try:
            result = await moving
        except DeviceError as error:
            return MotionResult(command_id=command.command_id, outcome=error.outcome, code=error.code, message=error.message)
        if result.outcome is Outcome.DONE and (self.dialect.names_tray or not self.fault.startswith("arrive_wrong_tray")):
            said = result.tray if self.dialect.names_tray else tray
            self.law(said == self.here, f"fetch of {tray} is done with {result.tray}, and {self.here} is there")
        return result

    async def bring_at_last(self, tray: int) -> MotionResult:
        """A machine whose status tells less than all may refuse for a while; a tray that a lost store left is sent back first."""
        for _ in range(20):
            await self.clear()
            result = await self.bring(tray)
            if result.outcome is not Outcome.NOT_DONE:
                break
            await self.bay.news(0.1)
        return result

    async def clear(self) -> None:
        """What a person sees at the opening is sent back."""
        tray = self.here
        if tray is None:
            return
        try:
            result = await self.bay.lift.store(StoreTray(command_id=next(self.ids), opening=self.dialect.opening, tray=tray))
        except DeviceError:
            return
        if result.outcome is Outcome.DONE:
            kept = tray if self.dialect.keeps_tray else None
            self.law(self.here == kept, f"store of {tray} is done, and {self.here} is there")

    def hold_to_frames(self) -> None:
        frames = [each.data for each in self.bay.lift.frames(200) if each.sent and self.dialect.is_fetch(each.data)]
        if not self.dialect.numbers_commands:
            self.law(len(frames) <= self.fetches, f"{len(frames)} frames for {self.fetches} fetches")
            return
        most = 1 + self.dialect.resends
        twice = [frame for frame in set(frames) if frames.count(frame) > most]
        self.law(not twice, f"sent more than once: {twice}")


async def mission(dialect: Dialect, fault: str, listen: str) -> list[str]:
    async with AsyncExitStack() as stack:
        simulator = Simulator(dialect.options(listen, fault, speed=50))
        await simulator.open()
        stack.push_async_callback(simulator.close)
        bay = Bay(make_lift(dialect.config(simulator.url)), simulator)
        bay.lift.subscribe(bay.hear)
        await bay.lift.open()
        stack.push_async_callback(bay.lift.close)
        try:
            return await Mission(dialect, fault, bay).run()
        except TimeoutError:
            return [f"{fault}: the line did not recover; the last frames are {bay.lift.frames(6)}"]


@pytest.mark.slow
@pytest.mark.timeout(180)
@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo terminals on Windows")
@pytest.mark.parametrize("dialect", HELD, ids=lambda dialect: dialect.name)
def test_no_fault_of_the_catalogue_breaks_a_law(
    dialect: Dialect, tmp_path: Path, run: Callable[[Any], None], allow_log: Callable[[str], None]
) -> None:
    allow_log(r".*")
    broken: list[str] = []

    async def scenario() -> None:
        slots = asyncio.Semaphore(AT_ONCE)

        async def one(number: int, fault: str) -> None:
            async with slots:
                broken.extend(await mission(dialect, fault, f"pty:{tmp_path / f'lift{number}'}"))

        async with asyncio.TaskGroup() as group:
            for number, fault in enumerate(faults_of(dialect)):
                group.create_task(one(number, fault))

    run(scenario())
    assert not broken, "\n".join(broken)


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_a_dialect_has_the_faults_that_every_machine_can_have(dialect: Dialect) -> None:
    names = {name_of(fault) for fault in faults_of(dialect)}
    assert {"never_arrive", "arrive_wrong_tray", "power_cycle_mid_move", "e_stop", "unplug", "half_open", "bit_flip"} <= names
