"""What our socket port does otherwise than pyserial's, and a send in the moment in which a line breaks."""

from __future__ import annotations

import asyncio
import select
import socket
import threading
from typing import Any

import pytest

from hardware import serial_link
from hardware.config import PortConfig
from hardware.light_line import DARK, LightLine
from hardware.line_layer import Step
from hardware.serial_link import LinkListener, SerialLink
from hardware.serial_port import Port, _SocketPort
from hardware.values import LightLink
from hardware.write_only import WriteOnly


def test_what_the_other_side_says_first_is_kept_and_the_socket_is_closed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = _SocketPort(None, timeout=5)
        port.port = f"socket://127.0.0.1:{server.getsockname()[1]}"
        port.open()
        far, _ = server.accept()
        with far:
            far.sendall(b"0|5|\r\n")
            select.select([port.fileno()], [], [], 5)  # it is there before the port is made clean
            port.reset_input_buffer()
            assert port.read() == b"0|5|\r\n"
        port.close()  # a socket left open is a ResourceWarning, which fails the test
        assert not port.is_open


class BreakingPort:
    """A port that breaks when it is told to."""

    name = "fake"

    def __init__(self) -> None:
        self.broken = threading.Event()

    def read(self, until_s: float | None) -> bytes:
        self.broken.wait()
        raise OSError("pulled out")

    def write(self, data: bytes) -> None:
        """Gone."""

    def interrupt(self) -> None:
        """It waits for nothing else."""

    def close(self) -> None:
        """Closed."""


def test_what_is_sent_while_the_line_breaks_is_told_to_be_lost_and_not_left_waiting() -> None:
    port, tried_again = BreakingPort(), threading.Event()

    def open_once(config: PortConfig) -> BreakingPort:
        if port.broken.is_set():
            tried_again.set()
            raise FileNotFoundError
        return port

    async def scenario() -> None:
        is_up: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        listener: LinkListener[bytes] = LinkListener(
            lambda: is_up.set_result(None), lambda code, why: None, lambda heard, at_s: None
        )
        link: SerialLink[bytes] = SerialLink(PortConfig(name="x", url="x"), WriteOnly(), listener=listener, opener=open_once)
        link.start()
        await is_up
        port.broken.set()
        tried_again.wait(5)  # the loop stands: it does not know yet what the thread has left behind
        async with asyncio.timeout(5):
            assert await link.send(b"late") is False
        await link.close()

    asyncio.run(scenario())


class AcknowledgingLayer(WriteOnly):
    """Every block is told of and acknowledged in one step."""

    def feed(self, data: bytes, now_s: float) -> Step[bytes]:
        return Step(write=b"ACK", messages=(data,), frames=(data,))


class DeafPort(BreakingPort):
    """A block comes in; the acknowledgement breaks the line."""

    def read(self, until_s: float | None) -> bytes:
        return b"block"

    def write(self, data: bytes) -> None:
        raise OSError("pulled out")


def test_what_was_heard_is_told_before_the_loss_when_its_acknowledgement_breaks_the_line() -> None:
    async def scenario() -> list[bytes | str]:
        told: asyncio.Queue[bytes | str] = asyncio.Queue()
        listener: LinkListener[bytes] = LinkListener(
            lambda: None,
            lambda code, why: told.put_nowait(code),
            lambda heard, at_s: told.put_nowait(heard if isinstance(heard, bytes) else heard.code),
        )
        config = PortConfig(name="x", url="x", first_retry_s=60.0)
        link: SerialLink[bytes] = SerialLink(config, AcknowledgingLayer(), listener=listener, opener=lambda _: DeafPort())
        link.start()
        async with asyncio.timeout(5):
            first_two = [await told.get(), await told.get()]
        await link.close()
        return first_two

    assert asyncio.run(scenario()) == [b"block", "L101"]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_fault_that_nobody_foresaw_in_a_lines_thread_reaches_the_loops_handler() -> None:
    async def scenario() -> list[str]:
        told: asyncio.Queue[str] = asyncio.Queue()
        asyncio.get_running_loop().set_exception_handler(lambda _, context: told.put_nowait(repr(context.get("exception"))))

        def opener(config: PortConfig) -> Port:
            raise NotImplementedError("not on this port")

        listener: LinkListener[bytes] = LinkListener(lambda: None, lambda code, message: None, lambda message, at_s: None)
        link = SerialLink(PortConfig(name="lift", url="x"), WriteOnly(), listener=listener, opener=opener)
        link.start()
        async with asyncio.timeout(5):
            heard = await told.get()
        await link.close()
        return [heard]

    assert asyncio.run(scenario()) == ["NotImplementedError('not on this port')"]


class FaultyLayer(WriteOnly):
    """A fault that nobody foresaw, at the first thing that is sent."""

    def send(self, data: bytes, now_s: float) -> Step[bytes]:
        raise ZeroDivisionError("of 12345")


class QuietPort(BreakingPort):
    """A line on which nothing comes; it hears of everything that is sent."""

    def __init__(self) -> None:
        super().__init__()
        self.woken = threading.Event()

    def read(self, until_s: float | None) -> bytes:
        self.woken.wait(5)
        self.woken.clear()
        return b""

    def interrupt(self) -> None:
        self.woken.set()


async def crashed(link: SerialLink[bytes]) -> None:
    """Send something, and wait until the loop's handler has heard what came of it."""
    told: asyncio.Queue[str] = asyncio.Queue()
    asyncio.get_running_loop().set_exception_handler(lambda _, context: told.put_nowait(repr(context.get("exception"))))
    async with asyncio.timeout(5):
        assert await link.send(b"first") is False
        assert await told.get() == "ZeroDivisionError('of 12345')"


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_line_whose_thread_is_dead_is_down_and_takes_nothing_any_more() -> None:
    async def scenario() -> None:
        told: asyncio.Queue[tuple[str, str]] = asyncio.Queue()
        listener: LinkListener[bytes] = LinkListener(
            lambda: told.put_nowait(("up", "")), lambda code, why: told.put_nowait((code, why)), lambda heard, at_s: None
        )
        config = PortConfig(name="x", url="x")
        link: SerialLink[bytes] = SerialLink(config, FaultyLayer(), listener=listener, opener=lambda _: QuietPort())
        link.start()
        async with asyncio.timeout(5):
            assert await told.get() == ("up", "")
            await crashed(link)
            assert await told.get() == ("L101", "ZeroDivisionError")
            assert await link.send(b"second") is False
        assert not link.health().is_up
        await link.close()

    asyncio.run(scenario())


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_light_whose_thread_is_dead_holds_up_nobody_who_wants_it_dark() -> None:
    async def scenario() -> None:
        links: list[SerialLink[Any]] = []
        is_up = asyncio.Event()

        def make_link(heard: LinkListener[Any]) -> SerialLink[Any]:
            listener = LinkListener(is_up.set, heard.down, heard.message)
            config = PortConfig(name="x", url="x")
            links.append(SerialLink(config, FaultyLayer(), listener=listener, opener=lambda _: QuietPort()))
            return links[0]

        light, told = LightLine("totes", make_link), list[LightLink]()
        light.subscribe(told.append)
        await light.open()
        async with asyncio.timeout(5):
            await is_up.wait()
            await crashed(links[0])
            await light.show(DARK)
            await light.close()
        assert told[-1] == LightLink("totes", False, "L101")

    asyncio.run(scenario())


def test_nobody_waits_for_what_was_sent_on_a_line_that_was_closed_while_its_port_hung(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serial_link, "CLOSE_WAIT_S", 0.01)
    port = BreakingPort()  # it waits in its read, whatever the line wants of it

    async def scenario() -> None:
        is_up = asyncio.Event()
        listener: LinkListener[bytes] = LinkListener(is_up.set, lambda code, why: None, lambda heard, at_s: None)
        link: SerialLink[bytes] = SerialLink(PortConfig(name="x", url="x"), WriteOnly(), listener=listener, opener=lambda _: port)
        link.start()
        async with asyncio.timeout(5):
            await is_up.wait()
            before = link.send(b"before")
            await link.close()
            assert await before is False
            assert await link.send(b"after") is False

    asyncio.run(scenario())
    port.broken.set()
