"""The troubles of a line, between a client that keeps what it is sent and a device that keeps what it hears."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.config import parse_serial
from hardware.sim.device import SimulatedDevice
from hardware.sim.faults import FaultPlan, parse_fault
from hardware.sim.faulty_line import FaultyLine, with_noise
from hardware.sim.line import Client
from hardware.sim.pace import character_s


class Opener:
    """Keeps each write by itself, with the loop's time."""

    def __init__(self) -> None:
        self.writes: list[bytes] = []
        self.times: list[float] = []
        self._wanted = (0, asyncio.Event())

    def write(self, data: bytes) -> None:
        self.writes.append(data)
        self.times.append(asyncio.get_running_loop().time())
        if len(self.heard) >= self._wanted[0]:
            self._wanted[1].set()

    @property
    def heard(self) -> bytes:
        return b"".join(self.writes)

    async def until(self, count: int) -> None:
        self._wanted = (count, asyncio.Event())
        if len(self.heard) < count:
            async with asyncio.timeout(5):
                await self._wanted[1].wait()


class Parrot(SimulatedDevice):
    """Keeps what it hears."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[bytes] = []
        self.news = asyncio.Event()

    def received(self, client: Client, data: bytes) -> None:
        self.heard.append(data)
        self.news.set()


def plan_of(*faults: str, seed: int = 5) -> FaultPlan:
    return FaultPlan(tuple(parse_fault(fault) for fault in faults), seed=seed)


def ends(*faults: str, byte_s: float | None = None) -> tuple[Opener, Parrot, FaultyLine, FaultPlan]:
    plan, device, opener = plan_of(*faults), Parrot(), Opener()
    line = FaultyLine(device, plan, byte_s=byte_s)
    line.connected(opener)
    return opener, device, line, plan


def play(scenario: Coroutine[Any, Any, None]) -> None:
    asyncio.run(scenario)


def test_a_good_line_changes_nothing() -> None:
    async def scenario() -> None:
        opener, device, line, _ = ends()
        device.say(b"one")
        device.say(b"two")
        line.received(opener, b"three")
        assert (opener.writes, device.heard) == ([b"one", b"two"], [b"three"])

    play(scenario())


@given(data=st.binary(max_size=60))
def test_noise_of_probability_1_does_exactly_what_it_says(data: bytes) -> None:
    assert with_noise(data, plan_of("byte_drop=1")) == b""
    assert with_noise(data, plan_of("dup_byte=1")) == bytes(byte for each in data for byte in (each, each))
    flipped = with_noise(data, plan_of("bit_flip=1"))
    assert [(one ^ other).bit_count() for one, other in zip(data, flipped, strict=True)] == [1] * len(data)


def test_noise_is_the_same_for_the_same_seed_and_goes_both_ways() -> None:
    async def scenario() -> None:
        data = bytes(range(256)) * 4
        assert with_noise(data, plan_of("bit_flip=0.1")) == with_noise(data, plan_of("bit_flip=0.1"))
        assert with_noise(data, plan_of("bit_flip=0.1", seed=6)) != with_noise(data, plan_of("bit_flip=0.1"))
        opener, device, line, _ = ends("byte_drop=0.5")
        device.say(data)
        line.received(opener, data)
        assert 300 < len(opener.heard) < 724
        assert 300 < len(device.heard[0]) < 724

    play(scenario())


def test_split_and_coalesced_answers_have_all_their_bytes() -> None:
    async def scenario() -> None:
        opener, device, _, plan = ends("split_1B")
        device.say(b"abc")
        assert opener.writes == [b"a", b"b", b"c"]
        plan.turn_off("split_1B")
        plan.turn_on("coalesce", 0.01)
        device.say(b"one")
        device.say(b"two")
        await opener.until(9)
        assert opener.writes[3:] == [b"onetwo"]

    play(scenario())


def test_a_delay_with_jitter_keeps_the_order() -> None:
    async def scenario() -> None:
        opener, device, _, _ = ends("delay=0.02~0.02")
        started_s = asyncio.get_running_loop().time()
        for number in range(20):
            device.say(bytes((number,)))
        await opener.until(20)
        assert opener.heard == bytes(range(20))
        assert opener.times[-1] - started_s >= 0.02

    play(scenario())


def test_a_stall_holds_everything_until_it_is_over() -> None:
    async def scenario() -> None:
        opener, device, line, plan = ends("stall")
        device.say(b"one")
        line.release()  # nobody has ended it
        assert opener.writes == []
        line.received(opener, b"heard")
        plan.turn_off("stall")
        line.release()
        assert (opener.writes, device.heard) == ([b"one"], [b"heard"])

    play(scenario())


def test_a_half_open_line_hears_and_is_mute_as_long_as_it_lives() -> None:
    async def scenario() -> None:
        opener, device, line, plan = ends("half_open")
        device.say(b"lost")
        plan.turn_off("half_open")
        device.say(b"lost too")
        line.received(opener, b"heard")
        again = Opener()
        line.connected(again)
        device.say(b"well")
        assert (opener.writes, device.heard, again.writes) == ([], [b"heard"], [b"well"])

    play(scenario())


def test_garbage_comes_first() -> None:
    async def scenario() -> None:
        opener, device, _, _ = ends("garbage_on_open=200")
        device.say(b"good")
        assert (len(opener.writes[0]), opener.writes[1]) == (200, b"good")

    play(scenario())


def test_who_has_gone_is_sent_nothing_more() -> None:
    async def scenario() -> None:
        opener, device, line, _ = ends("delay=0.01", byte_s=0.001)
        device.say(b"one")
        line.disconnected(opener)
        other = Opener()
        line.connected(other)
        device.say(b"two")
        await other.until(3)
        assert (opener.writes, device.clients) == ([], 1)

    play(scenario())


@pytest.mark.parametrize(("serial", "bits"), [("9600,8N1", 10), ("19200,8E1", 11), ("9600,7E1", 10), ("9600,8N2", 11)])
def test_a_character_has_its_start_parity_and_stop_bits(serial: str, bits: int) -> None:
    settings = parse_serial(serial)
    assert character_s(settings) == pytest.approx(bits / settings.baud)


def test_a_paced_line_takes_the_time_of_its_characters_both_ways() -> None:
    async def scenario() -> None:
        byte_s, loop = 0.0005, asyncio.get_running_loop()
        opener, device, line, _ = ends(byte_s=byte_s)
        started_s = loop.time()
        device.say(b"x" * 100)
        line.received(opener, b"y" * 100)
        await opener.until(100)
        assert opener.times[-1] - started_s >= 100 * byte_s - 0.001
        assert len(opener.writes) > 5  # not all at once
        async with asyncio.timeout(5):
            while sum(map(len, device.heard)) < 100:
                device.news.clear()
                await device.news.wait()
        assert loop.time() - started_s >= 100 * byte_s - 0.001

    play(scenario())


def test_what_finds_the_receive_buffer_full_is_lost() -> None:
    async def scenario() -> None:
        opener, device, line, _ = ends("rx_buffer=64")
        line.received(opener, bytes(range(50)))
        line.received(opener, bytes(range(50, 100)))
        async with asyncio.timeout(5):
            await device.news.wait()
        assert device.heard == [bytes(range(64))]
        device.news.clear()
        line.received(opener, b"again")
        async with asyncio.timeout(5):
            await device.news.wait()
        assert device.heard[1] == b"again"

    play(scenario())
