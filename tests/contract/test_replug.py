"""A plug that is pulled and put in elsewhere has another device name; its line comes back by itself, without a restart."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hardware.config import LiftConfig
from hardware.devices.jmif.driver import make_jmif_lift
from hardware.devices.jmif.layer import JmifLayer
from hardware.devices.jmif.messages import Answer
from hardware.port_names import FoundPort
from hardware.serial_link import LinkListener, SerialLink
from hardware.serial_port import open_port
from hardware.sim.options import SimulatorOptions
from hardware.sim.server import Simulator
from hardware.values import LinkDown, LinkUp
from tests.contract.conftest import Bay
from tests.contract.dialects import TIMING

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo terminals on Windows")
ADAPTER = "A10K3F"


def test_a_plug_in_another_socket_is_found_by_its_serial_number(tmp_path: Path, run: Callable[[Any], None]) -> None:
    async def scenario() -> None:
        first, second = (tmp_path / name for name in ("ttyUSB0", "ttyUSB1"))
        plugged: list[Path] = [first]

        def found() -> tuple[FoundPort, ...]:
            return tuple(FoundPort(device=str(each), serial_number=ADAPTER, location="1-1.4") for each in plugged)

        simulator = Simulator(SimulatorOptions(protocol="jmif", listen=f"pty:{first}"))
        await simulator.open()
        config = LiftConfig(url=f"usb:{ADAPTER}", timing=TIMING)

        def link(listener: LinkListener[Answer]) -> SerialLink[Answer]:
            return SerialLink(config.port, JmifLayer(), listener=listener, opener=lambda at: open_port(at, list_found=found))

        lift = make_jmif_lift(config, make_link=link)
        bay = Bay(lift, simulator)
        lift.subscribe(bay.hear)
        await lift.open()
        await bay.hears(LinkUp)
        assert lift.health().port == str(first)
        plugged.clear()
        pulled_s = time.monotonic()
        await simulator.close()
        assert (await bay.hears(LinkDown, since=1)).code == "L101"
        assert time.monotonic() - pulled_s < 1.0
        told = len(bay.told)
        simulator = Simulator(SimulatorOptions(protocol="jmif", listen=f"pty:{second}"))
        await simulator.open()
        plugged.append(second)
        await bay.hears(LinkUp, since=told)
        assert (lift.health().port, lift.health().reconnects) == (str(second), 1)
        await lift.close()
        await simulator.close()

    run(scenario())


def test_two_plugs_of_one_name_are_none(tmp_path: Path, run: Callable[[Any], None]) -> None:
    async def scenario() -> None:
        twins = tuple(FoundPort(device=str(tmp_path / name), vid=0x0403, pid=0x6001) for name in "ab")
        config = LiftConfig(url="usb:0403:6001", timing=TIMING)

        def link(listener: LinkListener[Answer]) -> SerialLink[Answer]:
            return SerialLink(
                config.port, JmifLayer(), listener=listener, opener=lambda at: open_port(at, list_found=lambda: twins)
            )

        lift = make_jmif_lift(config, make_link=link)
        heard: asyncio.Queue[LinkDown | Any] = asyncio.Queue()
        lift.subscribe(heard.put_nowait)
        await lift.open()
        await heard.get()  # down, because it was never open
        async with asyncio.timeout(5):
            assert "no such port" in (await heard.get()).message
        await lift.close()

    run(scenario())
