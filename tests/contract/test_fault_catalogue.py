"""Each dialect through a pseudo terminal with each fault of the catalogue, held to the laws that no fault may break:

- a fetch that is DONE has its tray at the opening, a store that is DONE has none there (a carousel's bin stays)
- a command leaves once, and comes once; what a link layer repeats by its own rules apart
- a machine that would take a command has no start bit on
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
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from hardware.errors import DeviceError
from hardware.factory import make_lift
from hardware.lift.clean_ups import CleanUps
from hardware.serial_link import SerialLink
from hardware.sim.server import Simulator
from hardware.values import FetchTray, MotionResult, Outcome, PointAt, SafetyCleared, SafetyStopped, StoreTray
from tests.contract.catalogue import STOPPING, faults_of, name_of
from tests.contract.conftest import Bay
from tests.contract.dialects import DIALECTS, PULSED, Dialect
from tests.helpers.line_witness import DeafToOff, LineWitness

AT_ONCE = 9  # missions side by side: they mostly wait
# The second priority of 3964R takes half a minute of waiting and is held in the long runs.
HELD = [each for each in (*DIALECTS, PULSED) if os.environ.get("BAYLIGHT_SOAK") or "3964r, high" not in each.name]
RECOVERS_WITHIN_S = 15.0
SWITCHED_OFF_AFTER_S = 2.0


@dataclass
class Mission:
    """Trays come and go on one bay until the fault has had its chance; what breaks a law is written down."""

    dialect: Dialect
    fault: str
    bay: Bay
    witness: LineWitness
    broken: list[str] = field(default_factory=list)
    ids: Iterator[int] = field(default_factory=lambda: itertools.count(1))

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
        await self.ready()
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
        for bit in self.dialect.start_bits:
            self.law(self.bay.simulator.device.state()["registers"][bit] == 0, f"ready, and the start bit {bit} is on")

    async def is_ready(self) -> bool:
        try:
            return (await self.bay.lift.status()).ready
        except DeviceError:
            return False

    async def bring(self, tray: int) -> MotionResult:
        command = FetchTray(command_id=next(self.ids), opening=self.dialect.opening, tray=tray, point=PointAt(430, 215))
        before = len(self.witness.left)
        moving = asyncio.create_task(self.bay.lift.fetch(command))
        second = FetchTray(command_id=next(self.ids), opening=self.dialect.opening, tray=tray + 2)
        await asyncio.sleep(0)
        if not moving.done():
            with pytest.raises(DeviceError, match="L203"):
                await self.bay.lift.fetch(second)
        try:
            result = await moving
            self.hold_to_one(before)
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

    def hold_to_one(self, before: int) -> None:
        """Commands without numbers look alike: each is counted by itself."""
        if not self.dialect.numbers_commands:
            count = len(self.witness.left) - before
            self.law(count <= 1, f"{count} frames left for one fetch")

    def hold_to_frames(self) -> None:
        """All that left and all that came. Frames of commands with numbers differ; a link layer tells what it repeated."""
        repeated = self.bay.lift.health().retries if self.dialect.has_link else 0
        left, came = self.witness.left, self.witness.came
        self.law(bool(left), "no fetch was seen to leave")
        self.law(len(came) <= len(left), f"{len(left)} fetches left, {len(came)} came")
        if self.dialect.numbers_commands:
            for where, frames in (("sent", left), ("received", came)):
                twice = len(frames) - len(set(frames))
                self.law(
                    twice <= repeated, f"{where} more than once: {twice} of {frames}, and {repeated} were repeated by the link"
                )


async def mission(dialect: Dialect, fault: str, listen: str) -> list[str]:
    async with AsyncExitStack() as stack:
        simulator = Simulator(dialect.options(listen, fault, speed=50))
        await simulator.open()
        stack.push_async_callback(simulator.close)
        config = replace(dialect.config(simulator.url), name=f"lift {listen}")
        witness = stack.enter_context(LineWitness(config.name, simulator, dialect.is_fetch))
        if dialect.start_bits:
            DeafToOff(simulator.device, most=1)  # beside every fault one frame is lost that no fault would hit for sure
        bay = Bay(make_lift(config), simulator)
        bay.lift.subscribe(bay.hear)
        await bay.lift.open()
        stack.push_async_callback(bay.lift.close)
        try:
            return await Mission(dialect, fault, bay, witness).run()
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


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo terminals on Windows")
@pytest.mark.parametrize("dialect", HELD, ids=lambda dialect: dialect.name)
def test_a_fetch_that_leaves_twice_is_seen(
    dialect: Dialect,
    tmp_path: Path,
    run: Callable[[Any], None],
    allow_log: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    allow_log(r".*")
    send = SerialLink.send

    def send_twice(link: Any, data: bytes) -> Any:
        if dialect.is_fetch(data):
            send(link, data)
        return send(link, data)

    monkeypatch.setattr(SerialLink, "send", send_twice)
    broken: list[str] = []

    async def scenario() -> None:
        broken.extend(await mission(dialect, "manual_key=0.4@0.15", f"pty:{tmp_path / 'lift'}"))

    run(scenario())
    assert any("more than once" in each or "for one fetch" in each for each in broken), broken


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo terminals on Windows")
def test_a_start_bit_that_stays_on_is_seen(
    tmp_path: Path, run: Callable[[Any], None], allow_log: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A driver that takes an unanswered taking back for done."""
    allow_log(r".*")
    monkeypatch.setattr(CleanUps, "failed", lambda self, now_s: self.answered())
    broken: list[str] = []

    async def scenario() -> None:
        broken.extend(await mission(PULSED, "manual_key=0.4@0.15", f"pty:{tmp_path / 'lift'}"))

    run(scenario())
    assert any("start bit" in each for each in broken), broken


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_a_dialect_has_the_faults_that_every_machine_can_have(dialect: Dialect) -> None:
    names = {name_of(fault) for fault in faults_of(dialect)}
    assert {"never_arrive", "arrive_wrong_tray", "power_cycle_mid_move", "e_stop", "unplug", "half_open", "bit_flip"} <= names
