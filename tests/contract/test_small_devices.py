"""Scanner and display through their real drivers and lines; and two openers of one port."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hardware.config import DisplayConfig, LiftConfig, ScaleConfig, ScannerConfig
from hardware.factory import make_display, make_lift, make_scale, make_scanner
from hardware.sim.display import SimulatedDisplay
from hardware.sim.options import SimulatorOptions
from hardware.sim.scale import SimulatedScale
from hardware.sim.scanner import SimulatedScanner
from hardware.sim.server import Simulator
from hardware.values import DisplayLink, LinkDown, LinkUp, ScaleLink, ScaleRead, ScannerLink, ScanRead
from station.scan_repeat import ScanRepeats

Run = Callable[[Any], None]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo terminals on Windows")


async def until(is_so: Callable[[], bool]) -> None:
    """Wait for something that nobody tells: look between the turns of the loop."""
    seen, loop = asyncio.Event(), asyncio.get_running_loop()

    def look() -> None:
        if is_so():
            seen.set()
        else:
            loop.call_later(0.005, look)

    async with asyncio.timeout(8):
        look()
        await seen.wait()


@pytest.mark.parametrize("fault", ["", "scanner_double_read", "scanner_no_suffix", "split_1B"])
def test_a_scan_is_read_once_with_its_text(tmp_path: Path, run: Run, fault: str) -> None:
    async def scenario() -> None:
        faults = (fault,) if fault else ()
        simulator = Simulator(SimulatorOptions(protocol="scanner", listen=f"pty:{tmp_path / 'scanner'}", faults=faults))
        await simulator.open()
        scanner, heard = make_scanner(ScannerConfig(url=simulator.url)), []
        scanner.subscribe(heard.append)
        await scanner.open()
        assert isinstance(simulator.device, SimulatedScanner)
        await until(lambda: simulator.device.clients == 1)
        simulator.device.scan("]C1 a b\x1d7")
        await until(lambda: any(isinstance(event, ScanRead) for event in heard))
        simulator.device.scan("END")
        await until(lambda: any(isinstance(event, ScanRead) and event.text == "END" for event in heard))
        await scanner.close()
        await simulator.close()
        repeats, reads = ScanRepeats(), [event for event in heard if isinstance(event, ScanRead)]
        texts = [each.text for each in reads if not repeats.is_repeat(each.text, each.source, at_s=each.at_s)]
        assert len(reads) == (4 if fault == "scanner_double_read" else 2)
        assert texts == ["]C1 a b\x1d7", "END"]
        assert [event.is_up for event in heard if isinstance(event, ScannerLink)] == [False, True]

    run(scenario())


def test_a_display_is_written_again_after_it_was_pulled_out(tmp_path: Path, run: Run) -> None:
    async def scenario() -> None:
        simulator = Simulator(SimulatorOptions(protocol="cd5220", listen=f"pty:{tmp_path / 'display'}"))
        await simulator.open()
        assert isinstance(simulator.device, SimulatedDisplay)
        screen = simulator.device.screen
        display, heard = make_display(DisplayConfig(url=simulator.url)), []
        display.subscribe(heard.append)
        await display.open()
        await until(lambda: DisplayLink(True) in heard)
        await display.show("PICK 3", "C7")
        await until(lambda: screen.rows[1].startswith("C7"))
        await simulator.line.unplug()
        await until(lambda: DisplayLink(False, "L101") in heard)
        screen.feed(b"\x0c")  # it lost its power too
        await display.show("PICK 4", "C8")  # returns at once: the line is down
        await simulator.line.plug()
        await until(lambda: screen.rows[0].startswith("PICK 4"))
        await display.close()
        await simulator.close()

    run(scenario())


def test_a_second_opener_of_a_port_is_told_that_it_is_taken(tmp_path: Path, run: Run) -> None:
    async def scenario() -> None:
        simulator = Simulator(SimulatorOptions(protocol="jmif", listen=f"pty:{tmp_path / 'lift'}"))
        await simulator.open()
        first, second = make_lift(LiftConfig(url=simulator.url)), make_lift(LiftConfig(url=simulator.url))
        heard: tuple[list[Any], list[Any]] = ([], [])
        first.subscribe(heard[0].append)
        second.subscribe(heard[1].append)
        await first.open()
        await until(lambda: LinkUp() in heard[0])
        await second.open()
        await until(lambda: any(isinstance(event, LinkDown) and event.code == "L104" for event in heard[1]))
        await second.close()
        await first.close()
        await simulator.close()

    run(scenario())


@pytest.mark.parametrize("fault", ["", "split_1B", "garbage_on_open"])
def test_a_scale_tells_what_lies_on_it_and_a_dead_line_is_noticed(tmp_path: Path, run: Run, fault: str) -> None:
    async def scenario() -> None:
        faults = (fault,) if fault else ()
        simulator = Simulator(SimulatorOptions(protocol="mt-sics", listen=f"pty:{tmp_path / 'scale'}", faults=faults))
        await simulator.open()
        scale, heard = make_scale(ScaleConfig(url=simulator.url)), []
        scale.subscribe(heard.append)
        await scale.open()
        assert isinstance(simulator.device, SimulatedScale)
        await until(lambda: ScaleRead(weight_mg=0, step_mg=100, is_stable=True) in heard)
        simulator.device.acts()["put_on_scale"]({"mg": 125_040})
        await until(lambda: ScaleRead(weight_mg=125_000, step_mg=100, is_stable=False) in heard)
        await until(lambda: ScaleRead(weight_mg=125_000, step_mg=100, is_stable=True) in heard)
        simulator.device.acts()["put_on_scale"]({"mg": 9_000_000})
        await until(lambda: ScaleRead(state="overload") in heard)
        await simulator.line.unplug()
        await until(lambda: ScaleLink(False, "L101") in heard)
        await simulator.line.plug()
        await until(lambda: heard[-2:] == [ScaleLink(True), ScaleRead(state="overload")])
        await scale.close()
        await simulator.close()

    run(scenario())


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("scale_unsteady", ScaleRead(weight_mg=164_000, step_mg=100)),
        ("scale_busy", ScaleRead(state="busy")),
        ("scale_pan_lifted", ScaleRead(state="underload")),
    ],
)
def test_a_scale_without_a_still_weight_says_which_and_goes_on_when_it_has_one(
    tmp_path: Path, run: Run, fault: str, said: ScaleRead
) -> None:
    async def scenario() -> None:
        simulator = Simulator(SimulatorOptions(protocol="mt-sics", listen=f"pty:{tmp_path / 'scale'}", faults=(fault,)))
        await simulator.open()
        assert isinstance(simulator.device, SimulatedScale)
        simulator.device.acts()["put_on_scale"]({"pieces": 40, "piece_mg": 4100})
        scale, heard = make_scale(ScaleConfig(url=simulator.url)), []
        scale.subscribe(heard.append)
        await scale.open()
        await until(lambda: said in heard)
        still = ScaleRead(weight_mg=164_000, step_mg=100, is_stable=True)
        assert still not in heard
        simulator.plan.turn_off(fault)
        await until(lambda: still in heard)
        await scale.close()
        await simulator.close()

    run(scenario())


@pytest.mark.parametrize("fault", ["byte_drop=0.01", "bit_flip=0.005", "dup_byte=0.01", "coalesce", "delay=0.1", "rx_buffer"])
def test_a_bad_line_ends_in_the_weight_that_is_there(tmp_path: Path, run: Run, fault: str) -> None:
    """MT-SICS has no checksum: a flipped or doubled digit can look like a weight, and is gone with the next answer; what stands
    still is told as it is."""

    async def scenario() -> None:
        simulator = Simulator(SimulatorOptions(protocol="mt-sics", listen=f"pty:{tmp_path / 'scale'}", faults=(fault,), seed=3))
        await simulator.open()
        assert isinstance(simulator.device, SimulatedScale)
        simulator.device.acts()["put_on_scale"]({"mg": 164_000})
        scale, heard = make_scale(ScaleConfig(url=simulator.url)), []
        scale.subscribe(heard.append)
        await scale.open()
        await until(lambda: ScaleRead(weight_mg=164_000, step_mg=100, is_stable=True) in heard)
        simulator.plan.turn_off(fault.partition("=")[0])
        simulator.device.acts()["put_on_scale"]({"mg": 41_000})
        await until(lambda: bool(heard) and heard[-1] == ScaleRead(weight_mg=41_000, step_mg=100, is_stable=True))
        await scale.close()
        await simulator.close()

    run(scenario())
