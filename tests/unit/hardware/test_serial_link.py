"""What our socket port does otherwise than pyserial's, and a send in the moment in which a line breaks."""

from __future__ import annotations

import asyncio
import select
import socket
import threading

import pytest

from hardware.config import PortConfig
from hardware.line_layer import Step
from hardware.serial_link import LinkListener, SerialLink
from hardware.serial_port import Port, _SocketPort
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
