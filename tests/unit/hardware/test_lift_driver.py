"""A lift's port that closes while a start bit is on."""

from __future__ import annotations

import asyncio

from hardware.lift.dialect import Snapshot
from hardware.lift.driver import LiftDriver
from hardware.lift.polled import PolledExchange
from hardware.serial_link import LinkListener
from hardware.values import FetchTray, LineHealth, LinkUp, Outcome, WireFrame
from hardware.write_only import WriteOnly
from tests.helpers.polled import CONFIG, FakeDialect, Reply

FETCH = FetchTray(command_id=107, opening="SH1-1", tray=12)


class AnsweringLink:
    """A machine that answers every request, as long as it is plugged in."""

    def __init__(self, listener: LinkListener[Reply]) -> None:
        self.listener = listener
        self.words: list[str] = []
        self.has_started = asyncio.Event()

    def start(self) -> None:
        self.listener.up()

    def send(self, data: bytes) -> asyncio.Future[bool]:
        loop, word = asyncio.get_running_loop(), data.decode()
        self.words.append(word)
        says = Snapshot(is_ready=True) if word.startswith("status") else None
        loop.call_soon(self.listener.message, Reply(word, says), loop.time())
        if word.startswith("go"):
            self.has_started.set()
        left: asyncio.Future[bool] = loop.create_future()
        left.set_result(True)
        return left

    def reopen(self) -> None:
        self.words.append("reopen")

    async def close(self) -> None:
        self.words.append("close")

    def frames(self, most: int = 0) -> tuple[WireFrame, ...]:
        return ()

    def health(self) -> LineHealth:
        raise NotImplementedError


def closed_in_the_pulse(*, pulse_s: float, is_unplugged: bool) -> list[str]:
    """What is written from the start on."""

    async def scenario() -> list[str]:
        links: list[AnsweringLink] = []

        def make_link(listener: LinkListener[Reply]) -> AnsweringLink:
            links.append(AnsweringLink(listener))
            return links[-1]

        exchange: PolledExchange[Reply] = PolledExchange(CONFIG, FakeDialect(pulse_s=pulse_s))
        lift = LiftDriver(CONFIG, exchange, WriteOnly(), make_link=make_link)
        is_up = asyncio.Event()
        lift.subscribe(lambda event: is_up.set() if isinstance(event, LinkUp) else None)
        await lift.open()
        await is_up.wait()
        fetching = asyncio.create_task(lift.fetch(FETCH))
        await links[0].has_started.wait()
        if is_unplugged:
            links[0].listener.down("L101", "unplugged")
        async with asyncio.timeout(5):
            await lift.close()
            assert (await fetching).outcome is Outcome.UNKNOWN
        words = links[0].words
        return words[words.index("go 107 fetch 12") :]

    return asyncio.run(scenario())


def test_the_start_bit_is_taken_back_before_the_port_is_closed() -> None:
    words = closed_in_the_pulse(pulse_s=0.02, is_unplugged=False)
    assert words[:2] == ["go 107 fetch 12", "clear"]
    assert words[-1] == "close"


def test_a_port_without_a_line_is_closed_at_once() -> None:
    assert closed_in_the_pulse(pulse_s=60.0, is_unplugged=True) == ["go 107 fetch 12", "close"]
