"""WLED: the published JSON line and packets, which LEDs a place lights, and a controller that forgets us when we fall silent."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.devices.wled import answers as answers_module
from hardware.devices.wled import frames
from hardware.devices.wled.answers import MOST_BYTES, Answer, AnswerReader
from hardware.devices.wled.json_walk import JsonWalk
from hardware.devices.wled.strip import DARK, GREEN, LedRange, Strip, colours_of
from hardware.sim.wled import WledStrip

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "wled.json").read_text(encoding="utf-8"))
ANSWER = b'{"state":{"on":true,"seg":[{"id":0,"n":"a } b"}]},"info":{"ver":"0.15.0","leds":{"count":240}}}'
KNOWN = Answer("0.15.0", 240, is_on=True)


def answers(found: tuple) -> list[Answer]:
    return [each.answer for each in found]


def feed_cut(data: bytes, cuts: list[int]) -> list[Answer]:
    reader, found, start = AnswerReader(), [], 0
    for cut in [*sorted(cut % (len(data) + 1) for cut in cuts), len(data)]:
        found += answers(reader.feed(data[start:cut]))
        start = cut
    return found


def test_a_segment_is_lit_by_the_published_line() -> None:
    assert frames.light_json({0: (LedRange(120, 150), GREEN)}) == VECTORS["json"]["segment"].encode() + b"\n"
    assert VECTORS["json"]["ask"].encode() + b"\n" == frames.ASK


@pytest.mark.parametrize("vector", VECTORS["udp"], ids=lambda vector: str(vector["protocol"]))
def test_packets_are_those_of_the_published_tables(vector: dict) -> None:
    colours = [tuple(each) for each in vector["colours"]]
    made = frames.realtime(colours, vector["hold_s"], protocol=vector["protocol"])
    assert made == tuple(bytes.fromhex(each) for each in vector["packets"])


@pytest.mark.parametrize(("leds", "sizes"), [(240, [722]), (490, [1472]), (491, [4 + 489 * 3, 4 + 2 * 3])])
def test_a_long_strip_is_cut_into_packets_that_fit(leds: int, sizes: list[int]) -> None:
    packets = frames.realtime(colours_of(leds, {LedRange(leds - 1, leds): GREEN}), 2)
    assert [len(each) for each in packets] == sizes
    strip = WledStrip(leds)
    for each in packets:
        strip.datagram(each, 0.0)
    assert strip.lit(1.0) == (leds - 1,)


@pytest.mark.parametrize(("protocol", "leds"), [(frames.WARLS, 256), (frames.DRGB, 491)])
def test_what_does_not_fit_into_a_packet_is_refused(protocol: int, leds: int) -> None:
    with pytest.raises(ValueError, match="do not fit"):
        frames.realtime((DARK,) * leds, 2, protocol=protocol)


def test_the_hold_time_is_never_the_one_that_means_for_ever() -> None:
    assert [frames.realtime((DARK,), hold_s)[0][1] for hold_s in (-1, 0, 2, 255, 1000)] == [1, 1, 2, 254, 254]


@pytest.mark.parametrize(
    ("x_mm", "width_mm", "leds"),
    [(500, 60, (47, 53)), (500, 0, (50, 51)), (0, 60, (0, 3)), (1000, 60, (97, 100)), (504, 10, (50, 51)), (-1, 60, None)],
)
def test_the_leds_around_a_place(x_mm: int, width_mm: int, leds: tuple[int, int] | None) -> None:
    found = Strip(leds=100, length_mm=1000).around(x_mm, width_mm=width_mm)
    assert (found and (found.start, found.stop)) == leds


def test_a_strip_may_begin_elsewhere_and_run_the_other_way() -> None:
    assert Strip(leds=100, length_mm=1000, offset_mm=200).around(705, width_mm=10) == LedRange(50, 51)
    assert Strip(leds=100, length_mm=1000, is_reversed=True).around(5, width_mm=10) == LedRange(99, 100)


@given(leds=st.integers(1, 800), length_mm=st.integers(1, 6000), x_mm=st.integers(-100, 6100), width_mm=st.integers(0, 500))
def test_a_place_over_the_strip_lights_one_led_at_least_and_none_beside_it(
    leds: int, length_mm: int, x_mm: int, width_mm: int
) -> None:
    found = Strip(leds=leds, length_mm=length_mm).around(x_mm, width_mm=width_mm)
    if found is None:
        assert not 0 <= x_mm <= length_mm
        return
    pitch_mm = length_mm / leds
    assert 0 <= found.start < found.stop <= leds
    assert found.start * pitch_mm <= x_mm + pitch_mm / 1e6
    assert x_mm <= found.stop * pitch_mm + pitch_mm / 1e6
    assert found.count * pitch_mm <= max(width_mm, pitch_mm) + pitch_mm


def test_the_light_goes_out_when_nobody_sends_any_more() -> None:
    strip = WledStrip(100)
    strip.datagram(frames.realtime(colours_of(100, {LedRange(3, 5): GREEN}), 2)[0], 10.0)
    assert strip.lit(11.9) == (3, 4)
    assert strip.lit(12.0) == ()


def test_a_strip_told_to_be_dark_is_dark_at_once() -> None:
    strip = WledStrip(100)
    strip.datagram(frames.realtime(colours_of(100, {LedRange(3, 5): GREEN}), 2)[0], 10.0)
    strip.datagram(frames.dark(100)[0], 10.1)
    assert strip.lit(10.1) == ()


def test_json_lights_what_stays_after_realtime_and_off_darkens_it() -> None:
    strip = WledStrip(200)
    strip.line(frames.light_json({0: (LedRange(120, 150), GREEN)}))
    strip.datagram(frames.realtime(colours_of(200, {LedRange(0, 1): GREEN}), 1)[0], 0.0)
    assert strip.lit(0.5) == (0,)
    assert strip.lit(1.0) == tuple(range(120, 150))  # why the strip must be off in its own settings
    strip.line(frames.dark_json())
    assert strip.lit(1.0) == ()


def test_the_models_answer_is_read() -> None:
    assert answers(AnswerReader().feed(WledStrip(240).line(frames.ASK))) == [Answer("0.15.0", 240, is_on=False)]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (ANSWER, [KNOWN]),
        (ANSWER + ANSWER, [KNOWN, KNOWN]),
        (b'boot {"state":{"on' + ANSWER, [KNOWN]),
        (b'{"state":' + ANSWER, [KNOWN]),
        (b'{"state":{}}', []),
        (b'{"state":1,"info":{}}', []),
        (b'{"state":{},"info":{}}', [Answer("", 0, is_on=False)]),
        (b'{"state":{},"info":{"leds":[],"ver":7}}', [Answer("7", 0, is_on=False)]),
        (b'{"v":true}\r\n' + b"[" * 30 + ANSWER, [KNOWN]),
    ],
)
def test_an_answer_is_found_among_what_else_is_printed(data: bytes, expected: list[Answer]) -> None:
    assert feed_cut(data, []) == expected
    assert feed_cut(data, list(range(len(data)))) == expected


@settings(max_examples=150, deadline=None)
@given(noise=st.binary(max_size=400), cuts=st.lists(st.integers(0, 800), max_size=8))
def test_noise_in_any_cut_gives_no_answer_and_the_good_one_after_it_is_found(noise: bytes, cuts: list[int]) -> None:
    assert feed_cut(noise, cuts) == []
    assert feed_cut(noise + ANSWER, cuts) == [KNOWN]


@settings(max_examples=50, deadline=None)
@given(pieces=st.lists(st.sampled_from([b'{"state":', b"{", b"}", b'"', b"\\", b"[", b'"info":{}', b","]), max_size=60))
def test_halves_of_answers_hide_no_whole_one(pieces: list[bytes]) -> None:
    assert feed_cut(b"".join(pieces) + b"\n" + ANSWER, [])[-1] == KNOWN


def test_an_endless_line_is_kept_short() -> None:
    reader = AnswerReader()
    for _ in range(40):
        assert reader.feed(b'{"state":' + b"x" * 4000) == ()
    assert len(reader._buffer) <= 16384
    assert answers(reader.feed(ANSWER)) == [KNOWN]


@given(data=st.binary(max_size=60))
def test_no_packet_breaks_the_controller(data: bytes) -> None:
    strip = WledStrip(20)
    strip.datagram(data, 0.0)
    strip.line(data)
    assert len(strip.colours(0.0)) == 20


class Work:
    """How many bytes are looked at, and how many are decoded."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.steps = self.decoded = 0
        step, decode = JsonWalk.step, answers_module._decoded

        def counted_step(walk: JsonWalk, byte: int, at: int) -> bool:
            self.steps += 1
            return step(walk, byte, at)

        def counted_decode(raw: bytes) -> dict | None:
            self.decoded += len(raw)
            return decode(raw)

        monkeypatch.setattr(JsonWalk, "step", counted_step)
        monkeypatch.setattr(answers_module, "_decoded", counted_decode)


GARBAGE = {
    "marks": b'{"state":' * 900,
    "marks that break off": (b'{"state":' * 90 + b"x") * 9,
    "marks in arrays": b'[{"state":' * 800,
    "open texts": b'{"state":"' * 800,
    "objects that are none": b'{"state":{},"info":{"a":fals}}' * 270,
    "nested ones that are none": b'{"state":{},"info":{"a":' * 160 + b"fals" + b"}}" * 160,
    "objects that are closed": b'{"state":{}}' * 650,
    "no marks": b'{"sta' * 1600,
    "escapes": b'{"state":"' + b"\\" * 8000,
}


@pytest.mark.parametrize("piece", [1, 64, 8000])
@pytest.mark.parametrize("garbage", GARBAGE.values(), ids=GARBAGE.keys())
def test_the_work_at_garbage_grows_with_its_length_alone(garbage: bytes, piece: int, monkeypatch: pytest.MonkeyPatch) -> None:
    work = Work(monkeypatch)
    reader = AnswerReader()
    for at in range(0, len(garbage), piece):
        assert reader.feed(garbage[at : at + piece]) == ()
    assert work.steps <= 3 * len(garbage)
    assert work.decoded <= len(garbage)
    assert answers(reader.feed(b"\n" + ANSWER)) == [KNOWN]


def test_what_is_nested_without_an_end_is_forgotten_from_its_beginning() -> None:
    reader = AnswerReader()
    for _ in range(100):
        assert reader.feed(b'{"state":' * 1000) == ()
    assert len(reader._buffer) <= MOST_BYTES
    assert len(reader._walk._open) <= MOST_BYTES / len(b'{"state":') + 1
    assert answers(reader.feed(ANSWER)) == [KNOWN]


JSON_TEXTS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(
    more=st.dictionaries(st.text(min_size=1, max_size=6), JSON_TEXTS, max_size=4), cuts=st.lists(st.integers(0, 999), max_size=6)
)
def test_any_state_that_is_json_is_walked_to_its_end(more: dict, cuts: list[int]) -> None:
    text = json.dumps(
        {"state": {**more, "on": True}, "info": {"x": more, "ver": "1", "leds": {"count": 3}}}, separators=(",", ":")
    )
    assert feed_cut(text.encode("iso-8859-1"), cuts) == [Answer("1", 3, is_on=True)]
