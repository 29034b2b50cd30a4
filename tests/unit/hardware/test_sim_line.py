"""The far end of a simulated line."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest

from hardware.config import PortConfig, parse_serial
from hardware.serial_port import open_port
from hardware.sim.line import Client, PtyLine

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo terminals on Windows")


class Visitors:
    """A device that only counts who comes and goes."""

    def __init__(self) -> None:
        self.came = asyncio.Event()
        self.left = asyncio.Event()

    def connected(self, client: Client) -> None:
        self.came.set()

    def received(self, client: Client, data: bytes) -> None: ...

    def disconnected(self, client: Client) -> None:
        self.left.set()


def test_a_line_with_parity_can_be_opened_again_and_again(tmp_path: Path) -> None:
    # A pty has no parity bit; asked for one, the system says so only where nothing else changes.
    async def scenario() -> None:
        visitors = Visitors()
        line = PtyLine(visitors, tmp_path / "lift")
        await line.plug()
        for _ in range(3):
            port = open_port(PortConfig(name="lift", url=line.url, serial=parse_serial("9600,8E1")))
            async with asyncio.timeout(5):
                await visitors.came.wait()
                visitors.left.clear()
                port.close()
                await visitors.left.wait()
            visitors.came.clear()
        await line.unplug()

    asyncio.run(scenario())
