"""The faults of a link layer, run through driver, line and simulated machine, with either end as the high one."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import sys
import threading
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest

from hardware.config import ConfigError, LiftConfig, PortConfig
from hardware.devices.jmif.layer import JmifLayer
from hardware.devices.jmif.messages import Answer
from hardware.factory import make_lift
from hardware.link_3964r.layer import Layer3964R
from hardware.link_3964r.settings import LinkSettings
from hardware.serial_link import LinkListener, SerialLink
from hardware.sim.options import SimulatorOptions
from hardware.values import FetchTray, LateAnswer, Outcome, StoreTray
from tests.contract.conftest import TIMING, Bay, bay_at

Run = Callable[[Any], None]
FETCH = FetchTray(command_id=1, opening="SH1-1", tray=12)
STORE = StoreTray(command_id=2, opening="SH1-1", tray=12)
OTHER = {"high": "low", "low": "high"}


def linked(priority: str, *, link_layer: str = "3964r", listen: str = "tcp:0") -> AbstractAsyncContextManager[Bay]:
    """A lift over a link layer, and its machine; `priority` is the station's."""
    options = SimulatorOptions(protocol="jmif", link_layer=link_layer, priority=OTHER[priority], listen=listen, speed=50)

    def config(url: str) -> LiftConfig:
        return LiftConfig(url=url, link_layer=link_layer, link_priority=priority, timing=TIMING)

    return bay_at(options, config, kind=Bay)


@pytest.mark.parametrize("priority", ["high", "low"])
@pytest.mark.parametrize(
    ("fault", "retries", "errors"),
    [("wrong_checksum", 0, 2), ("lost_dle", 2, 0), ("conflict", 0, 0), ("nak_first", 2, 0)],
)
def test_a_fault_of_the_link_costs_time_and_no_motion(run: Run, priority: str, fault: str, retries: int, errors: int) -> None:
    async def scenario() -> None:
        async with linked(priority) as bay:
            before = bay.lift.health()
            bay.simulator.plan.turn_on(fault, 2.0)
            fetched = await bay.lift.fetch(FETCH)
            assert (fetched.outcome, fetched.tray) == (Outcome.DONE, 12)
            assert (await bay.lift.store(STORE)).outcome is Outcome.DONE
            assert not any(isinstance(event, LateAnswer) for event in bay.told)
            assert not bay.simulator.plan.take(fault)  # both turns were used
            assert bay.lift.health().retries - before.retries >= retries
            assert bay.lift.health().errors - before.errors >= errors

    run(scenario())


def test_plain_3964_carries_the_same(run: Run) -> None:
    async def scenario() -> None:
        async with linked("high", link_layer="3964") as bay:
            assert (await bay.lift.fetch(FETCH)).outcome is Outcome.DONE
            assert (await bay.lift.store(STORE)).outcome is Outcome.DONE

    run(scenario())


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo terminals on Windows")
@pytest.mark.parametrize("priority", ["high", "low"])
def test_a_port_that_is_faster_than_its_speed_says_is_found_out(run: Run, priority: str, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with linked(priority, listen=f"pty:{tmp_path / 'lift'}") as bay:
            assert (await bay.lift.fetch(FETCH)).outcome is Outcome.DONE
            before = bay.lift.health()
            assert (await bay.lift.store(STORE)).outcome is Outcome.DONE
            assert bay.lift.health().errors == before.errors

    run(scenario())


def test_blocks_and_handshakes_are_in_the_recorder(run: Run) -> None:
    async def scenario() -> None:
        async with linked("high") as bay:
            bay.lift._link._log._frames.clear()  # type: ignore[attr-defined]
            await bay.lift.status()
            shown = [(frame.sent, frame.data) for frame in bay.lift.frames()]
            ping = next(data for sent, data in shown if sent and data.startswith(b"61|ping"))
            assert shown[:2] == [(True, b"\x02"), (False, b"\x10")]
            assert ping[:-1].endswith(b"||||||||\r\n\x10\x03")
            assert any(not sent and data.startswith(b"0|ping") for sent, data in shown)

    run(scenario())


def take_one_block(server: socket.socket, has_block: threading.Event) -> None:
    """A machine on paper: it answers STX and the block that follows."""
    line, _ = server.accept()
    with line:
        line.settimeout(5)
        for ending in (b"\x15\x02", b"A\x10\x03\x52"):
            heard = b""
            while not heard.endswith(ending):
                heard += line.recv(1)
            line.sendall(b"\x10")
        has_block.set()
        with contextlib.suppress(ConnectionResetError):
            line.recv(1)  # the other side ends it


def test_a_window_that_stands_still_is_no_late_acknowledgement(run: Run) -> None:
    async def scenario() -> None:
        with socket.create_server(("127.0.0.1", 0)) as server:
            has_block, is_up = threading.Event(), asyncio.Event()
            machine = threading.Thread(target=take_one_block, args=(server, has_block), name="machine", daemon=True)
            machine.start()
            listener: LinkListener[Answer] = LinkListener(is_up.set, lambda code, message: None, lambda message, at_s: None)
            layer = Layer3964R(JmifLayer(), settings=LinkSettings())
            port = PortConfig(name="lift", url=f"socket://127.0.0.1:{server.getsockname()[1]}")
            link = SerialLink(port, layer, listener=listener)
            link.start()
            async with asyncio.timeout(5):
                await is_up.wait()
            link.send(b"A")
            assert has_block.wait(5)  # and the event loop stands still
            await link.close()
            machine.join(5)

    run(scenario())


@pytest.mark.parametrize(("protocol", "link_layer"), [("jmif", "3964x"), ("modula-link", "3964r")])
def test_what_cannot_be_carried_is_a_wrong_setting(protocol: str, link_layer: str) -> None:
    with pytest.raises(ConfigError) as caught:
        make_lift(LiftConfig(url="COM3", protocol=protocol, link_layer=link_layer))
    assert caught.value.key == "link_layer"
