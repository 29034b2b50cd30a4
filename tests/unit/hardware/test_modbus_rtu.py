"""Modbus on a serial line: silence, time-outs, late answers, echoes and noise. Times come from a fake clock."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.config import SerialSettings
from hardware.line_layer import Step, Trouble
from hardware.modbus.content import Answered, Unanswered, content, unanswered
from hardware.modbus.replies import Refusal, Registers, Written, parse_reply
from hardware.modbus.requests import Function, ReadRegisters, Request, WriteRegister
from hardware.modbus.rtu_layer import RtuLayer
from hardware.modbus.timing import ModbusTiming, silence_s
from tests.helpers.modbus import REQUESTS, answer_to, rtu

UNIT = 17
READ = ReadRegisters(Function.READ_HOLDING_REGISTERS, 107, 2)
OTHER = ReadRegisters(Function.READ_HOLDING_REGISTERS, 500, 2)
TIMING = ModbusTiming(response_s=0.1, late_s=0.1, turnaround_s=0.15, patience_s=0.5)
GOOD = rtu(UNIT, b"\x03\x04\x00\x01\x00\x02")
OTHER_GOOD = rtu(UNIT, b"\x03\x04\x00\x09\x00\x09")


@dataclass
class Bench:
    """A layer with its clock, and all it wrote and said."""

    layer: RtuLayer
    now_s: float = 100.0
    written: list[tuple[float, bytes]] = field(default_factory=list)
    said: list[Answered | Trouble] = field(default_factory=list)
    frames: list[bytes] = field(default_factory=list)

    def keep(self, step: Step[Answered]) -> None:
        if step.write:
            self.written.append((self.now_s, step.write))
        self.said += step.messages
        self.frames += step.frames

    def ask(self, request: Request, unit: int = UNIT) -> None:
        self.keep(self.layer.send(content(unit, request), self.now_s))

    def hear(self, data: bytes, *, at_s: float | None = None) -> None:
        if at_s is not None:
            self.run_to(at_s)
        self.keep(self.layer.feed(data, self.now_s))

    def run_to(self, at_s: float) -> None:
        """Wake it whenever it wants to be woken, and then at that time."""
        while (due_s := self.layer.due_s) is not None and due_s <= at_s:
            self.now_s = max(self.now_s, due_s)
            self.keep(self.layer.wake(self.now_s))
        self.now_s = at_s
        self.keep(self.layer.wake(at_s))

    @property
    def heard(self) -> list[Answered | Unanswered]:
        return [each for each in self.said if isinstance(each, Answered | Unanswered)]

    @property
    def troubles(self) -> list[str]:
        return [each.code for each in self.said if isinstance(each, Trouble)]


def bench(timing: ModbusTiming = TIMING, *, baud: int = 9600, has_echo: bool = False) -> Bench:
    made = Bench(RtuLayer(SerialSettings(baud=baud), timing, has_echo=has_echo))
    made.keep(made.layer.opened(99.0))
    return made


@pytest.mark.parametrize(("baud", "expected_ms"), [(9600, 4.01), (19_200, 2.01), (38_400, 1.75), (115_200, 1.75)])
def test_the_silence_is_that_of_the_published_text(baud: int, expected_ms: float) -> None:
    assert silence_s(baud) * 1000 == pytest.approx(expected_ms, abs=0.005)


def test_a_request_is_written_at_once_on_a_quiet_line_and_answered() -> None:
    line = bench()
    line.ask(READ)
    assert line.written == [(100.0, bytes.fromhex("11 03 00 6B 00 02 B7 47"))]
    line.hear(GOOD, at_s=100.05)
    assert line.said == [Answered(UNIT, READ, Registers((1, 2)))]
    assert line.frames == [GOOD]
    assert line.layer.due_s is None


def test_nothing_is_sent_before_the_line_was_silent() -> None:
    line = bench()
    line.ask(READ)
    line.hear(GOOD, at_s=100.05)
    line.ask(OTHER)
    assert len(line.written) == 1
    line.run_to(100.2)
    assert line.written[1][0] == pytest.approx(100.05 + silence_s(9600))


def test_a_new_line_is_silent_first() -> None:
    line = bench()
    line.keep(line.layer.opened(line.now_s))
    line.ask(READ)
    assert line.written == []
    line.run_to(100.01)
    assert line.written[0][0] == pytest.approx(100.0 + silence_s(9600))


def test_the_next_request_waits_for_the_answer_of_the_one_before() -> None:
    line = bench()
    line.ask(READ)
    line.ask(OTHER)
    assert len(line.written) == 1
    line.hear(GOOD, at_s=100.04)
    line.run_to(100.06)
    assert [frame[2:4] for _, frame in line.written] == [b"\x00\x6b", b"\x01\xf4"]


def test_a_request_never_leaves_after_its_senders_patience() -> None:
    line = bench(ModbusTiming(response_s=1.0, late_s=1.0, patience_s=0.5))
    line.ask(READ)
    line.ask(WriteRegister(1, 1))
    line.run_to(103.0)
    assert len(line.written) == 1
    assert line.heard == [unanswered(UNIT, WriteRegister(1, 1), was_sent=False), unanswered(UNIT, READ, was_sent=True)]


def test_the_time_out_begins_when_the_last_byte_has_left() -> None:
    line = bench(baud=1200)
    line.ask(READ)
    sent_s = 8 * 11 / 1200
    line.run_to(100.0 + sent_s + 0.099)
    assert line.heard == []
    line.run_to(100.0 + sent_s + 0.101)
    assert line.heard == [unanswered(UNIT, READ, was_sent=True)]
    assert line.troubles == ["L102"]


def test_a_late_answer_is_never_taken_for_the_next_ones() -> None:
    """Reference 8.1: time-out 100 ms, the answer comes 20 ms after a next request could have left; same length, same address."""
    line = bench()
    line.ask(READ)
    line.ask(OTHER)
    line.hear(GOOD, at_s=100.13)
    assert line.heard == [unanswered(UNIT, READ, was_sent=True)]
    line.run_to(100.2)
    assert line.written[1][0] == pytest.approx(100.13 + silence_s(9600))  # heard: no need to wait for it any longer
    line.hear(OTHER_GOOD, at_s=100.21)
    assert line.heard[1:] == [Answered(UNIT, OTHER, Registers((9, 9)))]
    assert GOOD in line.frames


def test_without_a_late_answer_the_next_request_waits_for_it_as_long_as_configured() -> None:
    line = bench()
    line.ask(READ)
    line.ask(OTHER)
    line.run_to(100.3)
    assert line.written[1][0] == pytest.approx(100.0 + 8 * 11 / 9600 + 0.1 + 0.1)


def test_a_late_answer_in_pieces_is_dropped_too() -> None:
    line = bench()
    line.ask(READ)
    line.ask(OTHER)
    for number, byte in enumerate(GOOD):
        line.hear(bytes((byte,)), at_s=100.12 + 0.008 * number)
    line.run_to(100.199)
    assert line.written[1][0] == pytest.approx(100.12 + 0.008 * 8 + silence_s(9600))
    assert len(line.heard) == 1


def test_a_late_answer_to_a_line_that_was_opened_anew_is_dropped_too() -> None:
    line = bench()
    line.ask(READ)
    line.now_s = 100.05
    line.keep(line.layer.opened(line.now_s))
    line.ask(OTHER)
    line.hear(GOOD, at_s=100.07)
    line.run_to(100.1)
    assert line.heard == []
    assert len(line.written) == 2


def test_a_line_that_never_falls_silent_is_not_spoken_to() -> None:
    line = bench()
    line.ask(READ)
    line.run_to(100.15)
    line.ask(OTHER)
    for step in range(400):
        line.hear(b"\xaa", at_s=100.15 + step * 0.003)
    assert len(line.written) == 1
    assert line.heard[-1] == unanswered(UNIT, OTHER, was_sent=False)


def test_bytes_from_before_a_request_are_no_answer_to_it() -> None:
    line = bench()
    line.hear(GOOD)
    line.ask(READ)
    line.run_to(100.05)
    assert len(line.written) == 1
    assert line.heard == []
    assert (line.troubles, line.frames) == (["L103"], [GOOD])


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (rtu(18, b"\x03\x04\x00\x01\x00\x02"), "unit 18"),
        (rtu(UNIT, b"\x04\x04\x00\x01\x00\x02"), "function 4"),
        (rtu(UNIT, b"\x03\x02\x00\x01"), "byte count 2"),
        (GOOD[:-1] + bytes((GOOD[-1] ^ 1,)), "crc"),
        (GOOD[:5], "short frame"),
    ],
)
def test_a_wrong_answer_is_trouble_and_then_a_time_out(data: bytes, why: str) -> None:
    line = bench()
    line.ask(READ)
    line.hear(data, at_s=100.05)
    line.run_to(100.12)
    assert next((each.code, each.message) for each in line.said if isinstance(each, Trouble)) == ("L103", why)
    assert line.troubles == ["L103", "L102"]
    assert line.heard == [unanswered(UNIT, READ, was_sent=True)]
    assert b"".join(line.frames) == data


def test_a_refusal_is_an_answer() -> None:
    line = bench()
    line.ask(READ)
    line.hear(rtu(UNIT, b"\x83\x63"), at_s=100.02)
    assert line.said == [Answered(UNIT, READ, Refusal(0x63))]


def test_our_own_echo_is_taken_out() -> None:
    line = bench(has_echo=True)
    request = WriteRegister(1, 7)  # its answer is the same bytes as its echo
    line.ask(request)
    line.hear(line.written[0][1][:3], at_s=100.01)
    line.hear(line.written[0][1][3:], at_s=100.02)
    assert line.said == []
    line.hear(line.written[0][1], at_s=100.04)
    assert line.said == [Answered(UNIT, request, Written())]


def test_a_spoilt_echo_is_trouble_and_no_answer() -> None:
    line = bench(has_echo=True)
    line.ask(READ)
    line.hear(b"\xff" + line.written[0][1][1:] + GOOD, at_s=100.04)
    assert line.said == [Trouble("L103", "another echo than what was sent"), Answered(UNIT, READ, Registers((1, 2)))]


def test_without_the_echo_that_was_configured_answers_are_found_all_the_same() -> None:
    line = bench(has_echo=True)
    line.ask(READ)
    line.hear(GOOD[:2], at_s=100.02)
    line.hear(GOOD[2:], at_s=100.03)
    assert line.heard == [Answered(UNIT, READ, Registers((1, 2)))]


def test_a_broadcast_leaves_devices_time_and_is_not_answered() -> None:
    line = bench()
    line.ask(WriteRegister(1, 7), unit=0)
    line.ask(READ)
    line.run_to(100.5)
    left_s = 8 * 11 / 9600
    assert line.written[1][0] == pytest.approx(100.0 + left_s + 0.15 + silence_s(9600), abs=0.001)
    assert line.heard[0] == Answered(0, WriteRegister(1, 7), Written())


# --- any line --------------------------------------------------------------------------------------------------------------


def cut_up(data: bytes, cuts: list[int]) -> list[bytes]:
    places = [0, *sorted({cut % (len(data) + 1) for cut in cuts}), len(data)]
    return [data[first:last] for first, last in itertools.pairwise(places) if last > first]


CUTS = st.lists(st.integers(0, 400), max_size=8)


@settings(max_examples=150, deadline=None)
@given(request=REQUESTS, seed=st.integers(0, 2**31), noise=st.binary(max_size=80), cuts=CUTS, has_echo=st.booleans())
def test_one_good_answer_behind_any_noise_in_any_pieces_is_found(
    request: Request, seed: int, noise: bytes, cuts: list[int], has_echo: bool
) -> None:
    line = bench(has_echo=has_echo)
    line.ask(request)
    pdu = answer_to(request, seed)
    for piece in cut_up((line.written[0][1] if has_echo else b"") + noise + rtu(UNIT, pdu), cuts):
        line.hear(piece)
    line.run_to(110.0)
    assert line.heard == [Answered(UNIT, request, parse_reply(request, pdu))]


@settings(max_examples=150, deadline=None)
@given(request=REQUESTS, noise=st.binary(max_size=400), cuts=CUTS, has_echo=st.booleans())
def test_noise_is_never_an_answer_and_the_line_works_after_it(
    request: Request, noise: bytes, cuts: list[int], has_echo: bool
) -> None:
    line = bench(has_echo=has_echo)
    line.ask(request)
    for piece in cut_up(noise, cuts):
        line.hear(piece, at_s=line.now_s + 0.001)
    line.run_to(110.0)
    assert line.heard == [unanswered(UNIT, request, was_sent=True)]
    line.ask(READ)
    line.run_to(110.01)
    echo = line.written[1][1] if has_echo else b""
    line.hear(echo + GOOD)
    assert line.heard[1:] == [Answered(UNIT, READ, Registers((1, 2)))]


@settings(max_examples=150, deadline=None)
@given(delays_ms=st.lists(st.integers(1, 190), min_size=1, max_size=12))
def test_no_answer_within_both_waits_is_ever_given_to_another_request(delays_ms: list[int]) -> None:
    """Every request asks for the same place; the device counts, so that each answer says which question it belongs to."""
    line = bench()
    for number, delay_ms in enumerate(delays_ms):
        line.ask(READ)
        line.run_to(line.now_s + 0.02)
        asked_s = line.written[number][0]
        line.hear(rtu(UNIT, bytes((3, 4, 0, number, 0, 0))), at_s=max(line.now_s, asked_s + delay_ms / 1000))
        line.run_to(max(line.now_s, asked_s + 0.35))
        last = line.heard[-1]
        assert last in (Answered(UNIT, READ, Registers((number, 0))), unanswered(UNIT, READ, was_sent=True))
    assert len(line.heard) == len(delays_ms)
