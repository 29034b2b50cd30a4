"""DMX pointer: the published frames, a head's channels, and a layer that never lights a moving head."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.devices.dmx import frames
from hardware.devices.dmx.frames import FrameReader, Head
from hardware.devices.dmx.layer import DmxLayer, DmxTiming, order
from hardware.light_messages import Ready, Silent
from hardware.line_layer import Step
from hardware.sim.dmx import MovingHead, UsbPro
from hardware.values import Aim

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "dmx.json").read_text(encoding="utf-8"))
ANSWER = bytes.fromhex(VECTORS["answer"]["frame"])
TIMING = DmxTiming(settle_s=1.6)  # the model needs 1.5 s from end to end
A, B = Aim(1000, 60000), Aim(65535, 0)


class Bench:
    """The layer on a line to the model, with a clock turned by hand."""

    def __init__(self, timing: DmxTiming = TIMING) -> None:
        self.layer = DmxLayer(Head(), timing)
        self.head = MovingHead()
        self.pro = UsbPro(self.head)
        self.now_s = 100.0
        self.told: list[object] = []
        self.is_answering = True
        self.do(self.layer.opened(self.now_s))

    def do(self, step: Step[Any]) -> None:
        self.told += step.messages
        answer = self.pro.feed(step.write, self.now_s)
        if answer and self.is_answering:
            self.do(self.layer.feed(answer, self.now_s))

    def send(self, aim: Aim | None) -> None:
        self.do(self.layer.send(b"" if aim is None else order(aim), self.now_s))

    def run(self, seconds: float) -> None:
        """Wake the layer whenever it asks for it."""
        end_s = self.now_s + seconds
        while self.layer.due_s is not None and self.layer.due_s <= end_s:
            self.now_s = max(self.now_s, self.layer.due_s)
            self.do(self.layer.wake(self.now_s))
        self.now_s = end_s

    @property
    def shows(self) -> Aim | None:
        return Aim(self.head.pan, self.head.tilt) if self.head.is_lit else None


def test_frames_are_those_of_the_published_table() -> None:
    send = VECTORS["send"]
    assert frames.send_dmx(bytes.fromhex(send["slots_hex"])) == bytes.fromhex(send["frame"])
    assert Head(**send["head"]).slots(pan=send["pan"], tilt=send["tilt"], is_lit=True) == bytes.fromhex(send["slots_hex"])
    assert frames.ask_serial_number() == bytes.fromhex(VECTORS["ask"])
    (message,) = FrameReader().feed(ANSWER)
    assert (message.label, message.data.hex(), message.raw) == (10, VECTORS["answer"]["data"], ANSWER)


def test_a_head_is_dark_by_dimmer_and_shutter_both() -> None:
    head = Head(address=10, dimmer=5, shutter=6, shutter_open=40, shutter_closed=8, fixed={7: 99})
    assert head.slots(pan=0x0102, tilt=0x0304, is_lit=False)[9:] == bytes((1, 2, 3, 4, 0, 8, 99))
    assert head.slots(pan=0x0102, tilt=0x0304, is_lit=True)[9:] == bytes((1, 2, 3, 4, 255, 40, 99))
    assert head.slots(pan=0, tilt=0, is_lit=True)[:9] == bytes(9)


@pytest.mark.parametrize(
    "wrong",
    [
        {"dimmer": 0, "shutter": 0},
        {"pan": 0},
        {"dimmer": 1},
        {"address": 0},
        {"address": 510},
        {"fixed": {6: 1}},
        {"fixed": {9: 256}},
        {"shutter": 7, "shutter_open": 3, "shutter_closed": 3},
        {"dimmer_on": 0},
    ],
)
def test_a_head_that_could_not_be_dark_or_does_not_fit_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"head needs|named twice|beyond slot|light differs"):
        Head(**wrong)


def test_to_point_it_closes_moves_and_then_opens() -> None:
    bench = Bench()
    bench.send(A)
    assert bench.shows is None
    bench.run(TIMING.dark_s)
    assert (bench.head.pan, bench.head.tilt, bench.head.is_lit) == (A.pan, A.tilt, False)
    bench.run(TIMING.settle_s - 0.01)
    assert bench.shows is None
    bench.run(0.02)
    assert bench.shows == A
    assert bench.head.lit_while_moving == 0


def test_the_same_place_again_neither_blinks_nor_begins_anew() -> None:
    bench = Bench()
    bench.send(A)
    bench.run(0.5)
    bench.send(A)
    bench.run(TIMING.dark_s + TIMING.settle_s - 0.5)
    assert bench.shows == A
    count = bench.head.frames
    bench.send(A)
    assert (bench.shows, bench.head.frames) == (A, count)


def test_dark_ends_what_is_under_way_at_once() -> None:
    bench = Bench()
    bench.send(A)
    bench.run(0.3)
    bench.send(None)
    bench.run(10)
    assert bench.shows is None


def test_a_new_line_is_dark_first_where_the_head_stands() -> None:
    bench = Bench()
    bench.send(A)
    bench.run(3)
    step = bench.layer.opened(bench.now_s)
    dark = frames.send_dmx(Head().slots(pan=A.pan, tilt=A.tilt, is_lit=False))
    assert step.write.startswith(dark)
    bench.do(step)
    bench.run(10)
    assert (bench.shows, bench.head.lit_while_moving) == (None, 0)


def test_a_late_wake_moves_and_opens_one_after_the_other() -> None:
    bench = Bench()
    bench.send(A)
    bench.now_s += 4  # the thread was held up
    bench.do(bench.layer.wake(bench.now_s))
    assert bench.shows is None
    bench.run(TIMING.settle_s)
    assert (bench.shows, bench.head.lit_while_moving) == (A, 0)


@settings(max_examples=100, deadline=None)
@given(
    orders=st.lists(
        st.tuples(st.sampled_from([A, B, Aim(30000, 30000), None]), st.floats(0, 3)),
        max_size=12,
    )
)
def test_whatever_is_ordered_whenever_it_never_shines_while_it_moves(orders: list[tuple[Aim | None, float]]) -> None:
    bench = Bench()
    for aim, wait_s in orders:
        bench.send(aim)
        bench.run(wait_s)
    bench.run(TIMING.dark_s + TIMING.settle_s + 0.01)
    assert bench.head.lit_while_moving == 0
    assert bench.shows == (orders[-1][0] if orders else None)


def test_the_model_counts_a_light_that_moves() -> None:
    head = MovingHead()
    head.slots(Head().slots(pan=0, tilt=0, is_lit=False), 1.0)
    head.slots(Head().slots(pan=0, tilt=0, is_lit=True), 10.0)
    head.slots(Head().slots(pan=9, tilt=0, is_lit=True), 11.0)
    head.slots(Head().slots(pan=9, tilt=0, is_lit=False), 12.0)
    head.slots(Head().slots(pan=99, tilt=0, is_lit=False), 12.01)  # its shutter is not shut yet
    head.slots(Head().slots(pan=65535, tilt=0, is_lit=False), 13.0)
    head.slots(Head().slots(pan=65535, tilt=0, is_lit=True), 13.5)  # not there yet
    assert head.lit_while_moving == 3


def test_once_is_enough_for_an_interface_that_repeats() -> None:
    bench = Bench()
    bench.run(60)
    assert bench.head.frames == 1


def test_an_interface_that_does_not_repeat_is_fed() -> None:
    bench = Bench(DmxTiming(refresh_hz=30, ping_s=2, silence_s=5))
    bench.send(A)
    bench.run(1)
    count = bench.head.frames
    bench.run(2)
    assert 58 <= bench.head.frames - count <= 61
    assert bench.shows == A


def test_an_answer_proves_the_line_and_silence_ends_it_dark() -> None:
    bench = Bench()
    assert bench.told == [Ready()]
    bench.send(A)
    bench.run(10)
    bench.is_answering = False
    bench.told.clear()
    bench.run(5)
    assert bench.told == [Silent("L102")]
    assert bench.shows is None


@pytest.mark.parametrize("answer", ["7e0a0000e7", "7e0502000000e7", "7e0a0400010203e7"])
def test_only_a_number_proves_it(answer: str) -> None:
    layer = DmxLayer(Head(), TIMING)
    layer.opened(0.0)
    assert Ready() not in layer.feed(bytes.fromhex(answer), 0.1).messages
    assert layer.wake(layer.due_s or 0.0).messages == ()


def test_a_frame_that_noise_has_swallowed_is_found_when_the_line_falls_silent() -> None:
    layer = DmxLayer(Head(), TIMING)
    layer.opened(0.0)
    assert layer.feed(b"\x7e\x05\x50\x02" + ANSWER, 0.1).messages == ()
    assert layer.due_s == pytest.approx(0.2)
    assert layer.wake(0.2).messages == (Ready(),)


def feed_cut(data: bytes, cuts: list[int]) -> list[bytes]:
    reader, found, start = FrameReader(), [], 0
    for cut in [*sorted(cut % (len(data) + 1) for cut in cuts), len(data)]:
        found += reader.feed(data[start:cut])
        start = cut
    return [message.raw for message in (*found, *reader.give_up())]


@settings(max_examples=150, deadline=None)
@given(noise=st.binary(max_size=700), cuts=st.lists(st.integers(0, 700), max_size=6))
def test_noise_in_any_cut_gives_whole_frames_only_and_the_good_one_after_it(noise: bytes, cuts: list[int]) -> None:
    found = feed_cut(noise + ANSWER, cuts)
    assert found == feed_cut(noise + ANSWER, [])
    assert all(raw[0] == 0x7E and raw[-1] == 0xE7 and int.from_bytes(raw[2:4], "little") == len(raw) - 5 for raw in found)
    assert ANSWER in b"".join(found)


@given(data=st.binary(max_size=700))
def test_no_bytes_break_the_model(data: bytes) -> None:
    UsbPro(MovingHead()).feed(data, 0.0)
