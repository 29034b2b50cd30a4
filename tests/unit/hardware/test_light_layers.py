"""The lights' layers with times given by hand: packets that go on while lit, pauses in a nested packet, a line that is proven."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.devices.alpha.frames import SignAddress, allocate, packet, write_text
from hardware.devices.alpha.layer import AlphaLayer
from hardware.devices.wled import frames
from hardware.devices.wled.layers import JsonLayer, RealtimeLayer
from hardware.light_messages import Ready, Silent
from hardware.sim.alpha import AlphaSign
from hardware.sim.wled import WledStrip

GREEN_AT_1 = bytes(3) + b"\x00\xff\x00" + bytes(3)


class Bench:
    """A layer that writes packets to a strip. `writes` are (time, bytes)."""

    def __init__(self, layer: Any) -> None:
        self.layer = layer
        self.now_s = 50.0
        self.told: list[object] = []
        self.writes: list[tuple[float, bytes]] = []
        self.do(layer.opened(self.now_s))

    def do(self, step: Any) -> None:
        self.told += step.messages
        if step.write:
            self.writes.append((self.now_s, step.write))

    def send(self, content: bytes) -> None:
        self.do(self.layer.send(content, self.now_s))

    def run(self, seconds: float) -> None:
        end_s = self.now_s + seconds
        while self.layer.due_s is not None and self.layer.due_s <= end_s:
            self.now_s = max(self.now_s, self.layer.due_s)
            self.do(self.layer.wake(self.now_s))
        self.now_s = end_s


def strip_of(bench: Bench, leds: int = 3) -> WledStrip:
    strip = WledStrip(leds)
    for at_s, data in bench.writes:
        strip.datagram(data, at_s)
    return strip


def test_packets_go_on_while_lit_and_end_when_dark() -> None:
    bench = Bench(RealtimeLayer(3))
    bench.run(1)
    assert [round(at_s - 50, 3) for at_s, _ in bench.writes] == [0.0, 0.05, 0.1]
    assert bench.told == [Ready()]
    bench.writes.clear()
    bench.send(GREEN_AT_1)
    bench.run(10)
    assert [round(at_s - 51, 3) for at_s, _ in bench.writes] == [round(0.4 * number, 3) for number in range(26)]
    assert strip_of(bench).lit(bench.now_s) == (1,)
    assert strip_of(bench).lit(bench.now_s + 2.1) == ()  # nobody sends any more
    bench.send(b"")
    assert strip_of(bench).lit(bench.now_s) == ()
    bench.run(60)
    assert len(bench.writes) == 26 + 3


@given(lost=st.integers(0, 20))
def test_three_lost_packets_in_a_row_are_not_seen(lost: int) -> None:
    bench = Bench(RealtimeLayer(3))
    bench.send(GREEN_AT_1)
    bench.run(12)
    lit = [each for each in bench.writes if each[1][2:] == GREEN_AT_1]
    strip = WledStrip(3)
    for number, (at_s, data) in enumerate(lit):
        if number > lost + 3:
            assert strip.lit(at_s) == (1,)
        if not lost < number <= lost + 3:
            strip.datagram(data, at_s)


def test_a_strip_of_several_packets_is_sent_one_packet_a_write() -> None:
    bench = Bench(RealtimeLayer(600))
    bench.run(1)
    bench.writes.clear()
    bench.send(GREEN_AT_1 + bytes(597 * 3))
    bench.run(0)
    assert [data[2:4] for _, data in bench.writes] == [b"\x00\x00", (489).to_bytes(2, "big")]
    assert strip_of(bench, 600).lit(bench.now_s) == (1,)


def test_a_new_line_forgets_what_was_lit() -> None:
    bench = Bench(RealtimeLayer(3))
    bench.send(GREEN_AT_1)
    bench.do(bench.layer.opened(bench.now_s))
    bench.run(30)
    assert strip_of(bench).lit(bench.now_s) == ()


def test_the_serial_line_is_dark_first_asked_and_proven_by_an_answer() -> None:
    bench = Bench(JsonLayer())
    assert bench.writes[0][1] == frames.dark_json() + frames.ASK
    bench.do(bench.layer.feed(WledStrip(3).line(frames.ASK), bench.now_s))
    assert bench.told == [Ready()]
    bench.run(4)
    assert [data for _, data in bench.writes[1:]] == [frames.ASK, frames.ASK]
    bench.run(1.1)
    assert bench.told == [Ready(), Silent("L102")]


def test_noise_on_the_serial_line_is_not_silence() -> None:
    bench = Bench(JsonLayer())
    bench.do(bench.layer.feed(b"ets Jul 29 2019 rst:0x1", bench.now_s))
    bench.run(5)
    assert bench.told == [Silent("L103")]


def test_a_nested_packet_keeps_its_pauses_and_what_follows_waits() -> None:
    address = SignAddress()
    bench = Bench(AlphaLayer())
    bench.send(packet(address, (allocate(), write_text(b"A", b"ONE"))))
    bench.send(packet(address, (write_text(b"A", b"TWO"),)))
    bench.run(1)
    assert [round(at_s - 50, 3) for at_s, _ in bench.writes] == [0.0, 0.1, 0.2, 0.3]
    sign = AlphaSign()
    for at_s, data in bench.writes:
        sign.feed(data, at_s)
    assert (sign.rows, sign.hurried, sign.allocations) == (("TWO",), 0, 1)


def test_a_single_packet_leaves_at_once() -> None:
    bench = Bench(AlphaLayer())
    bench.send(packet(SignAddress(), (write_text(b"A", b"ONE"),)))
    bench.send(packet(SignAddress(), (write_text(b"A", b"TWO"),)))
    assert len(bench.writes) == 2


@pytest.mark.parametrize("layer", [RealtimeLayer(3), JsonLayer(), AlphaLayer()])
def test_an_early_wake_does_nothing(layer: Any) -> None:
    layer.opened(0.0)
    for _ in range(5):
        layer.wake(0.2)
    assert layer.wake(0.25).write == b""
