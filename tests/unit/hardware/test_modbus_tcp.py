"""Modbus on a network: numbers, late answers, noise and wrong lengths. Times come from a fake clock."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.line_layer import Step, Trouble
from hardware.modbus.content import Answered, Unanswered, content, unanswered
from hardware.modbus.replies import Registers, Written, parse_reply
from hardware.modbus.requests import Function, ReadRegisters, Request, WriteRegister
from hardware.modbus.tcp_layer import TcpLayer
from hardware.modbus.timing import ModbusTiming
from tests.helpers.modbus import REQUESTS, answer_to, mbap
from tests.unit.hardware.test_modbus_rtu import CUTS, cut_up

UNIT = 17
READ = ReadRegisters(Function.READ_HOLDING_REGISTERS, 107, 2)
OTHER = ReadRegisters(Function.READ_HOLDING_REGISTERS, 500, 2)
TIMING = ModbusTiming(response_s=0.1, late_s=0.1, patience_s=0.5)


def answer(number: int, value: int = 1) -> bytes:
    return mbap(number, UNIT, pdu=bytes((3, 4, 0, value, 0, value)))


def heard(*steps: Step[Answered]) -> list[Answered | Unanswered]:
    return [message for step in steps for message in step.messages if isinstance(message, Answered | Unanswered)]


def troubles(*steps: Step[Answered]) -> list[str]:
    return [message.message for step in steps for message in step.messages if isinstance(message, Trouble)]


def asked(layer: TcpLayer, request: Request = READ, *, now_s: float = 100.0) -> Step[Answered]:
    return layer.send(content(UNIT, request), now_s)


def test_a_request_has_a_header_with_a_number_of_its_own() -> None:
    layer = TcpLayer(TIMING)
    assert asked(layer).write == bytes.fromhex("0001 0000 0006 11 03 006B 0002")
    step = layer.feed(answer(1, 7), 100.01)
    assert heard(step) == [Answered(UNIT, READ, Registers((7, 7)))]
    assert asked(layer, OTHER, now_s=100.02).write == bytes.fromhex("0002 0000 0006 11 03 01F4 0002")


def test_the_next_request_leaves_with_the_answer_of_the_one_before() -> None:
    layer = TcpLayer(TIMING)
    asked(layer)
    assert asked(layer, OTHER).write == b""
    assert layer.feed(answer(1), 100.02).write[:2] == b"\x00\x02"


def test_a_late_answer_is_known_by_its_number_and_dropped() -> None:
    layer = TcpLayer(TIMING)
    asked(layer)
    assert heard(layer.wake(100.11)) == [unanswered(UNIT, READ, was_sent=True)]
    asked(layer, OTHER, now_s=100.12)
    late = layer.feed(answer(1, 5), 100.14)
    assert (heard(late), troubles(late), late.frames) == ([], ["late answer"], (answer(1, 5),))
    assert heard(layer.feed(answer(2, 6), 100.15)) == [Answered(UNIT, OTHER, Registers((6, 6)))]


def test_a_request_never_leaves_after_its_senders_patience() -> None:
    layer = TcpLayer(ModbusTiming(response_s=1.0, patience_s=0.5))
    asked(layer)
    asked(layer, WriteRegister(1, 1))
    assert layer.due_s == pytest.approx(100.5)
    step = layer.wake(100.5)
    assert (step.write, heard(step)) == (b"", [unanswered(UNIT, WriteRegister(1, 1), was_sent=False)])


@pytest.mark.parametrize(
    "wrong",
    [
        mbap(1, UNIT + 1, pdu=b"\x03\x04\x00\x01\x00\x02"),
        mbap(1, UNIT, pdu=b"\x04\x04\x00\x01\x00\x02"),
        mbap(1, UNIT, pdu=b"\x03\x02\x00\x01"),
        mbap(9, UNIT, pdu=b"\x03\x04\x00\x01\x00\x02"),
        bytes.fromhex("0001 0007 0007 11 03 04 0001 0002"),
        bytes.fromhex("0001 0000 0003 11 03 04 0001 0002"),
        bytes.fromhex("0001 0000 FFFF 11 03 04 0001 0002"),
        bytes.fromhex("0001 0000 0000"),
    ],
)
def test_a_wrong_answer_is_trouble_and_then_a_time_out_and_a_good_one_after_it_is_found(wrong: bytes) -> None:
    layer = TcpLayer(TIMING)
    asked(layer)
    first = layer.feed(wrong, 100.01)
    last = layer.wake(100.11)
    assert heard(first, last) == [unanswered(UNIT, READ, was_sent=True)]
    assert troubles(first, last) == ["not an answer to what was asked", "unit 17 did not answer"]
    assert first.frames + last.frames == (wrong,)
    layer.opened(101.0)
    asked(layer, now_s=101.0)
    assert heard(layer.feed(wrong + answer(2), 101.01), layer.wake(101.2)) == [Answered(UNIT, READ, Registers((1, 1)))]


def test_a_broadcast_is_not_answered() -> None:
    layer = TcpLayer(TIMING)
    layer.send(content(0, WriteRegister(1, 1)), 100.0)
    assert heard(layer.wake(100.15)) == [Answered(0, WriteRegister(1, 1), Written())]


def test_numbers_begin_anew_after_the_last_one() -> None:
    layer = TcpLayer(TIMING)
    layer._number = 0xFFFF
    assert asked(layer).write[:2] == b"\x00\x00"
    assert heard(layer.feed(answer(0), 100.01)) != []


@settings(max_examples=150, deadline=None)
@given(request=REQUESTS, seed=st.integers(0, 2**31), noise=st.binary(max_size=80), cuts=CUTS)
def test_one_good_answer_behind_any_noise_in_any_pieces_is_found(
    request: Request, seed: int, noise: bytes, cuts: list[int]
) -> None:
    layer, pdu = TcpLayer(TIMING), answer_to(request, seed)
    asked(layer, request)
    steps = [layer.feed(piece, 100.01) for piece in cut_up(noise + mbap(1, UNIT, pdu=pdu), cuts)]
    assert heard(*steps, layer.wake(100.2)) == [Answered(UNIT, request, parse_reply(request, pdu))]


@settings(max_examples=150, deadline=None)
@given(request=REQUESTS, noise=st.binary(max_size=600), cuts=CUTS)
def test_noise_is_never_an_answer_and_the_line_works_after_it(request: Request, noise: bytes, cuts: list[int]) -> None:
    layer = TcpLayer(TIMING)
    asked(layer, request)
    steps = [layer.feed(piece, 100.01) for piece in cut_up(noise, cuts)]
    assert heard(*steps, layer.wake(100.2)) == [unanswered(UNIT, request, was_sent=True)]
    asked(layer, now_s=100.3)
    assert heard(layer.feed(answer(2), 100.31)) == [Answered(UNIT, READ, Registers((1, 1)))]


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_no_answer_is_ever_given_to_another_request(data: st.DataObject) -> None:
    """Answers come in any order, any number of times and at any time; each says which question it belongs to."""
    layer, now_s = TcpLayer(TIMING), 100.0
    asked_so_far = 0
    for _ in range(data.draw(st.integers(1, 25))):
        now_s += data.draw(st.sampled_from((0.001, 0.03, 0.11)))
        if layer._open is None:
            asked_so_far += 1
            step = asked(layer, now_s=now_s)
        elif data.draw(st.booleans()):
            number = data.draw(st.integers(1, asked_so_far))
            step = layer.feed(mbap(number, UNIT, pdu=bytes((3, 4, 0, number, 0, number))), now_s)
        else:
            step = layer.wake(now_s)
        for message in heard(step):
            assert isinstance(message, Unanswered) or message.reply == Registers((asked_so_far, asked_so_far))
