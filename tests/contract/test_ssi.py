"""An SSI scanner through its real driver and a real line to the simulated decoder, with each of its troubles."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from hardware.config import ScannerConfig
from hardware.devices.ssi import exchange
from hardware.devices.ssi.messages import BEEPS
from hardware.factory import make_scanner
from hardware.ports import Scanner
from hardware.sim.options import SimulatorOptions
from hardware.sim.server import Simulator
from hardware.sim.ssi import SimulatedSsiScanner
from hardware.values import Beep, ScannerLink, ScanRead
from tests.contract.conftest import LINES
from tests.contract.test_small_devices import until

Run = Callable[[Any], None]
Opened = Callable[..., Any]


@dataclass
class Desk:
    """A scanner, its simulated far end, and what was heard."""

    scanner: Scanner
    simulator: Simulator
    heard: list[Any]

    @property
    def decoder(self) -> SimulatedSsiScanner:
        assert isinstance(self.simulator.device, SimulatedSsiScanner)
        return self.simulator.device

    @property
    def texts(self) -> list[str]:
        return [event.text for event in self.heard if isinstance(event, ScanRead)]

    async def reads(self, *texts: str) -> None:
        await until(lambda: len(self.texts) >= len(texts))
        assert self.texts == list(texts)


@pytest.fixture(params=LINES)
def open_desk(request: pytest.FixtureRequest, tmp_path: Path) -> Opened:
    if request.param == "pty" and sys.platform == "win32":
        pytest.skip("no pseudo terminals on Windows")
    listen = "tcp:0" if request.param == "tcp" else f"pty:{tmp_path / 'scanner'}"

    @asynccontextmanager
    async def opened(*faults: str) -> AsyncIterator[Desk]:
        simulator = Simulator(SimulatorOptions(protocol="ssi", listen=listen, faults=faults, seed=5))
        await simulator.open()
        desk = Desk(make_scanner(ScannerConfig(url=simulator.url, protocol="ssi", name="hand")), simulator, [])
        desk.decoder._response_s = 0.2
        desk.scanner.subscribe(desk.heard.append)
        await desk.scanner.open()
        try:
            await until(lambda: ScannerLink("hand", True) in desk.heard)
            yield desk
        finally:
            await desk.scanner.close()
            await simulator.close()

    return opened


@pytest.mark.parametrize(
    "fault",
    ["", "wrong_checksum=2", "ssi_lost_ack=1", "ssi_lost_ack=2", "split_1B", "coalesce=0.02", "garbage_on_open", "delay=0.05"],
)
def test_a_code_is_one_scan_whatever_happens_on_the_line(open_desk: Opened, run: Run, fault: str) -> None:
    async def scenario() -> None:
        async with open_desk(*([fault] if fault else [])) as desk:
            desk.decoder.scan("]C101\x1d7 ä")
            await until(lambda: desk.decoder.taken == 1)
            desk.decoder.scan("END")
            await until(lambda: desk.decoder.taken == 2)
            await desk.reads("]C101\x1d7 ä", "END")
            assert desk.decoder.given_up == 0
            assert {event.source for event in desk.heard if isinstance(event, ScanRead)} == {"hand"}

    run(scenario())


def test_a_lost_acknowledgement_makes_the_decoder_repeat_and_not_the_scan(open_desk: Opened, run: Run) -> None:
    async def scenario() -> None:
        async with open_desk("ssi_lost_ack=1") as desk:
            desk.decoder.scan("A-1")
            await until(lambda: desk.decoder.taken == 1)
            assert desk.decoder.resent == 1
            desk.decoder.scan("A-1")
            await desk.reads("A-1", "A-1")
            assert desk.scanner.health().retries >= 1

    run(scenario())


def test_a_code_longer_than_a_packet_comes_whole(open_desk: Opened, run: Run) -> None:
    long = "0123456789" * 60

    async def scenario() -> None:
        async with open_desk("ssi_lost_ack=1") as desk:
            desk.decoder.scan(long)
            await desk.reads(long)
            await until(lambda: desk.decoder.taken == 3)

    run(scenario())


@pytest.mark.parametrize("fault", [(), ("ssi_nak=1",)])
def test_the_scanner_beeps_for_the_host(open_desk: Opened, run: Run, fault: tuple[str, ...]) -> None:
    async def scenario() -> None:
        async with open_desk(*fault) as desk:
            desk.scanner.beep(Beep.WRONG)
            await until(lambda: desk.decoder.beeps == [BEEPS[Beep.WRONG]])
            desk.scanner.beep(Beep.ACCEPTED)
            await until(lambda: desk.decoder.beeps == [BEEPS[Beep.WRONG], BEEPS[Beep.ACCEPTED]])

    run(scenario())


def test_a_decoder_that_falls_silent_is_down_and_comes_back(open_desk: Opened, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "PING_S", 0.1)
    monkeypatch.setattr(exchange, "RESPONSE_S", 0.1)
    monkeypatch.setattr(exchange, "SILENCE_S", 0.4)

    async def scenario() -> None:
        async with open_desk() as desk:
            desk.simulator.plan.turn_on("half_open")
            await until(lambda: ScannerLink("hand", False, "L102") in desk.heard)
            count = len(desk.heard)
            desk.simulator.plan.turn_off("half_open")
            await until(lambda: ScannerLink("hand", True) in desk.heard[count:])
            desk.decoder.scan("BACK")
            await until(lambda: "BACK" in desk.texts)

    run(scenario())
