"""A counting scale's line: what it says, cut anywhere, in the middle of noise, or not at all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.config import ScaleConfig
from hardware.devices.sics_scale.driver import SicsScale
from hardware.devices.sics_scale.layer import ScaleLayer
from hardware.devices.sics_scale.messages import NotUnderstood, Pan, ScaleMessage, Weighed, parse_line
from hardware.line_layer import Trouble
from hardware.serial_link import LinkListener
from hardware.values import LineHealth, ScaleEvent, ScaleLink, ScaleRead, WireFrame

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "mt_sics.json").read_text(encoding="utf-8"))
GOOD = b"S S     100.00 g\r\n"
WEIGHED = Weighed(100_000, 10, True)


def test_the_published_answers_are_understood() -> None:
    for each in VECTORS["weights"]:
        assert parse_line(each["line"].encode()) == Weighed(each["weight_mg"], each["step_mg"], each["is_stable"])
    for line, state in VECTORS["states"].items():
        assert parse_line(line.encode()) is Pan(state)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"S D      -0.5 g", Weighed(-500, 100, False)),
        (b"S S      1.250 kg", Weighed(1_250_000, 1000, True)),
        (b"S S      12 g", Weighed(12_000, 1000, True)),
        (b"ES", NotUnderstood("ES")),
        (b"S S      3.10 lb", NotUnderstood("S S      3.10 lb")),
        (b"S S      1.00004 mg", NotUnderstood("S S      1.00004 mg")),
        (b"", NotUnderstood("")),
    ],
)
def test_a_line_is_a_weight_or_it_is_not(line: bytes, message: object) -> None:
    assert parse_line(line) == message


@given(st.binary(max_size=300), st.lists(st.integers(1, 40), max_size=12))
def test_no_noise_raises_and_one_good_line_after_it_is_found(noise: bytes, cuts: list[int]) -> None:
    layer, data = ScaleLayer(), noise + b"\n" + GOOD
    layer.opened(0)
    heard: list[object] = []
    for size in [*cuts, len(data)]:
        heard += layer.feed(data[:size], 0.1).messages
        data = data[size:]
    assert heard[-1] == WEIGHED
    assert all(isinstance(each, Weighed | Pan | Trouble) for each in heard)


def test_it_is_asked_again_a_quarter_of_a_second_after_its_answer_and_never_twice_at_once() -> None:
    layer = ScaleLayer()
    layer.opened(10)
    assert layer.wake(10).write == b"SI\r\n"
    assert layer.wake(10.5).write == b""
    assert layer.feed(GOOD, 10.6).messages == (WEIGHED,)
    assert layer.wake(10.8).write == b""
    assert layer.wake(10.85).write == b"SI\r\n"


def test_an_answer_that_does_not_come_is_a_trouble_and_the_next_question_follows() -> None:
    layer = ScaleLayer()
    layer.opened(0)
    layer.wake(0)
    step = layer.wake(1.0)
    assert step.write == b"SI\r\n"
    assert [each.code for each in step.messages if isinstance(each, Trouble)] == ["L102"]


class Line:
    """A line whose answers the test makes."""

    def __init__(self, listener: LinkListener[ScaleMessage]) -> None:
        self.listener = listener
        self.reopened = 0

    def start(self) -> None:
        self.listener.up()

    def send(self, data: bytes) -> Any:
        raise AssertionError("the driver says nothing by itself")

    def reopen(self) -> None:
        self.reopened += 1

    async def close(self) -> None: ...

    def frames(self, most: int = 0) -> tuple[WireFrame, ...]:
        return ()

    def health(self) -> LineHealth:
        return LineHealth(name="scale", url="")


def scale_on_a_line() -> tuple[Line, list[ScaleEvent]]:
    lines: list[Line] = []

    def make_link(listener: LinkListener[ScaleMessage]) -> Line:
        lines.append(Line(listener))
        return lines[0]

    scale, heard = SicsScale(ScaleConfig(url="COM3"), make_link=make_link), list[ScaleEvent]()
    scale.subscribe(heard.append)
    heard.clear()
    return lines[0], heard


def test_a_weight_stands_still_when_it_was_said_twice_alike() -> None:
    """`S S     12.30 g` with a digit lost on the way is a weight like any other, and no checksum tells."""
    line, heard = scale_on_a_line()
    for weight_mg in (12_300, 12_300, 2_300, 12_300, 12_300):
        line.listener.message(Weighed(weight_mg, 100, True), 0.0)
    still = [each.weight_mg for each in heard if isinstance(each, ScaleRead) and each.is_stable]
    assert still == [12_300, 12_300]


def test_a_scale_that_falls_silent_is_down_with_the_third_question_and_its_line_is_opened_anew() -> None:
    line, heard = scale_on_a_line()
    line.listener.message(WEIGHED, 0.0)
    for _ in range(3):
        assert ScaleLink(False, "L102") not in heard
        line.listener.message(Trouble("L102", "no answer to SI"), 1.0)
    assert heard[-1] == ScaleLink(False, "L102")
    assert line.reopened == 1
