"""One Modbus line of requests: whichever word of a lost line comes first, who asked hears of it and nobody else does."""

import asyncio
import gc
from collections.abc import Awaitable, Callable

import pytest

from hardware.config import PortConfig
from hardware.errors import LINE_DOWN, DeviceError
from hardware.modbus.layers import make_layer
from hardware.modbus.register_line import RegisterLine
from hardware.modbus.replies import Reply
from hardware.modbus.requests import WriteRegister
from hardware.modbus.timing import ModbusTiming
from hardware.serial_link import LinkListener
from hardware.values import LineHealth, WireFrame

REQUEST = WriteRegister(1, 1)
PORT = PortConfig(name="lamps", url="/dev/lamps")


class HeldLink:
    """A link whose words the test says, in the order it wants."""

    def __init__(self, listener: LinkListener[object]) -> None:
        self.listener = listener
        self.sent: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

    def start(self) -> None: ...

    def send(self, data: bytes) -> asyncio.Future[bool]:
        return self.sent

    def reopen(self) -> None: ...

    async def close(self) -> None: ...

    def frames(self, most: int = 0) -> tuple[WireFrame, ...]:
        return ()

    def health(self) -> LineHealth:
        raise NotImplementedError


Say = Callable[[HeldLink, "asyncio.Task[Reply]"], Awaitable[None]]


async def down_then_unsent(link: HeldLink, asking: "asyncio.Task[Reply]") -> None:
    link.listener.down(LINE_DOWN, "unplugged")
    link.sent.set_result(False)


async def unsent_then_down(link: HeldLink, asking: "asyncio.Task[Reply]") -> None:
    link.sent.set_result(False)
    link.listener.down(LINE_DOWN, "unplugged")


async def unsent_and_later_down(link: HeldLink, asking: "asyncio.Task[Reply]") -> None:
    link.sent.set_result(False)
    await asyncio.wait((asking,))
    link.listener.down(LINE_DOWN, "unplugged")


async def down_then_given_up(link: HeldLink, asking: "asyncio.Task[Reply]") -> None:
    link.listener.down(LINE_DOWN, "unplugged")
    asking.cancel()


@pytest.mark.parametrize("say", [down_then_unsent, unsent_then_down, unsent_and_later_down, down_then_given_up])
def test_a_lost_line_is_told_to_who_asked_and_never_to_the_loop(say: Say) -> None:
    async def lose() -> list[str]:
        told: list[str] = []
        asyncio.get_running_loop().set_exception_handler(lambda loop, context: told.append(context["message"]))
        links: list[HeldLink] = []

        def make_link(listener: LinkListener[object]) -> HeldLink:
            links.append(HeldLink(listener))
            return links[-1]

        line = RegisterLine(PORT, make_layer(PORT, "rtu", timing=ModbusTiming()), make_link=make_link)
        asking = asyncio.create_task(line.ask(1, REQUEST))
        await asyncio.sleep(0)
        await say(links[0], asking)
        with pytest.raises((DeviceError, asyncio.CancelledError)):
            await asking
        del asking
        gc.collect()
        await asyncio.sleep(0)
        return told

    assert asyncio.run(lose()) == []
