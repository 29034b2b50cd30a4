"""What a scanner spoils on its own line: the text comes as it left, is read once, and proves nothing of the label."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hardware.config import DisplayConfig, ScannerConfig
from hardware.factory import make_display, make_scanner
from hardware.sim.display import SimulatedDisplay
from hardware.sim.options import SimulatorOptions
from hardware.sim.scanner import SimulatedScanner
from hardware.sim.server import Simulator
from hardware.values import DisplayLink, ScanRead
from station.scan import ItemScan, classify
from station.scan_label import matches_item
from station.values import Item
from tests.contract.test_small_devices import until

Run = Callable[[Any], None]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo terminals on Windows")

LABEL = "AZ-4711"
TWO_FIELDS = "]C110A12\x1d21007"


@pytest.mark.parametrize(
    ("fault", "labels", "heard"),
    [
        ("scanner_layout_DE", (LABEL,), ("AYß4711",)),
        ("scanner_layout_DE", ("T:M1-4",), ("TÖM1ß4",)),  # a tray's label is no tray any more
        ("scanner_GS_lost", (TWO_FIELDS,), ("]C110A1221007",)),
        ("two_scanners_interleaved", (LABEL, "B-9"), ("ABZ--94", "711")),
    ],
)
def test_a_spoiled_code_is_read_once_and_means_nothing(
    tmp_path: Path, run: Run, fault: str, labels: tuple[str, ...], heard: tuple[str, ...]
) -> None:
    async def scenario() -> None:
        reads: list[ScanRead] = []
        simulator = Simulator(SimulatorOptions(protocol="scanner", listen=f"pty:{tmp_path / 'scanner'}", faults=(fault,)))
        await simulator.open()
        scanner = make_scanner(ScannerConfig(url=simulator.url))
        scanner.subscribe(lambda event: reads.append(event) if isinstance(event, ScanRead) else None)
        await scanner.open()
        assert isinstance(simulator.device, SimulatedScanner)
        await until(lambda: simulator.device.clients == 1)
        for label in labels:
            simulator.device.scan(label)
        await until(lambda: len(reads) >= len(heard))
        simulator.device.scan("END")
        simulator.device.scan("END")  # two scanners at one line: the first waits for the second
        await until(lambda: len(reads) > len(heard))
        await scanner.close()
        await simulator.close()
        said = tuple(each.text for each in reads[: len(heard)])
        assert said == heard
        for text in said:
            assert isinstance(classify(text), ItemScan)
            assert not any(matches_item(item_with(label), text) for label in labels)

    run(scenario())


def item_with(code: str) -> Item:
    return Item(code=code, name="", unit="pcs")


def test_a_display_that_shows_nothing_holds_up_nobody(tmp_path: Path, run: Run) -> None:
    """A CD5220 answers nothing: the station cannot see it, and its line still works."""

    async def scenario() -> None:
        faults = ("display_silent",)
        simulator = Simulator(SimulatorOptions(protocol="cd5220", listen=f"pty:{tmp_path / 'display'}", faults=faults))
        await simulator.open()
        assert isinstance(simulator.device, SimulatedDisplay)
        display, heard = make_display(DisplayConfig(url=simulator.url)), []
        display.subscribe(heard.append)
        await display.open()
        await until(lambda: DisplayLink(True) in heard)
        async with asyncio.timeout(2):
            await display.show("PICK 3", "C7")
            await display.clear()
        assert "".join(simulator.device.screen.rows).strip() == ""
        assert heard[-1] == DisplayLink(True)
        await display.close()
        await simulator.close()

    run(scenario())
