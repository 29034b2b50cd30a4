"""Modbus messages and their bytes: the published examples, the limits, and answers that do not belong to what was asked."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.modbus.content import content, read_content
from hardware.modbus.crc import crc16, has_good_crc, with_crc
from hardware.modbus.replies import (
    Bits,
    ExceptionCode,
    Identity,
    NotAReply,
    Refusal,
    Registers,
    Written,
    parse_reply,
    reply_size,
)
from hardware.modbus.requests import (
    Function,
    MaskRegister,
    ReadBits,
    ReadIdentity,
    ReadRegisters,
    ReadWriteRegisters,
    Request,
    RequestError,
    WriteCoil,
    WriteCoils,
    WriteRegister,
    WriteRegisters,
    encode,
)
from tests.helpers.modbus import REQUESTS, VECTORS, answer_to, request_of, slow_crc


def expected_of(vector: dict[str, Any]) -> object:
    if "bits" in vector:
        return Bits(tuple(bit == "1" for bit in vector["bits"]))
    if "words" in vector:
        return Registers(tuple(vector["words"]))
    if "objects" in vector:
        return Identity(tuple((number, text.encode()) for number, text in vector["objects"]), conformity=1)
    return Written()


@pytest.mark.parametrize("vector", VECTORS["messages"], ids=lambda vector: vector["ask"][0])
def test_published_messages_are_written_and_read(vector: dict[str, Any]) -> None:
    request = request_of(vector["ask"])
    assert encode(request) == bytes.fromhex(vector["request"])
    assert parse_reply(request, bytes.fromhex(vector["reply"])) == expected_of(vector)


@pytest.mark.parametrize(("data", "check"), VECTORS["checks"])
def test_published_checks_are_right(data: str, check: str) -> None:
    assert crc16(bytes.fromhex(data)).to_bytes(2, "little") == bytes.fromhex(check)


@pytest.mark.parametrize("vector", [*VECTORS["frames"], VECTORS["refusal"]], ids=lambda vector: vector["request"])
def test_published_frames_are_written_and_read(vector: dict[str, Any]) -> None:
    request, frame = request_of(vector["ask"]), bytes.fromhex(vector["reply"])
    assert with_crc(content(frame[0], request)) == bytes.fromhex(vector["request"])
    assert has_good_crc(frame)
    reply = parse_reply(request, frame[1:-2])
    assert reply == Refusal(vector["code"]) if "code" in vector else not isinstance(reply, NotAReply | Refusal)


@given(data=st.binary(max_size=300))
def test_the_table_and_the_bits_say_the_same_check(data: bytes) -> None:
    assert with_crc(data)[-2:] == slow_crc(data)


@given(request=REQUESTS, unit=st.integers(1, 247))
def test_what_was_written_is_read_back(request: Request, unit: int) -> None:
    assert read_content(content(unit, request)) == (unit, request)
    assert len(encode(request)) <= 253


@given(data=st.binary(max_size=40))
def test_no_content_is_read_from_other_bytes(data: bytes) -> None:
    try:
        unit, request = read_content(data)
    except RequestError:
        return
    assert content(unit, request) == data


@pytest.mark.parametrize(
    "make",
    [
        lambda: ReadBits(Function.READ_COILS, 0, 2001),
        lambda: ReadBits(Function.READ_HOLDING_REGISTERS, 0, 1),
        lambda: ReadRegisters(Function.READ_HOLDING_REGISTERS, 0, 126),
        lambda: ReadRegisters(Function.READ_HOLDING_REGISTERS, 0, 0),
        lambda: ReadRegisters(Function.READ_COILS, 0, 1),
        lambda: ReadRegisters(Function.READ_INPUT_REGISTERS, 65_535, 2),
        lambda: WriteCoil(65_536, True),
        lambda: WriteRegister(0, 65_536),
        lambda: WriteRegister(-1, 0),
        lambda: WriteCoils(0, (True,) * 1969),
        lambda: WriteCoils(0, ()),
        lambda: WriteRegisters(0, (0,) * 124),
        lambda: WriteRegisters(0, (-1,)),
        lambda: MaskRegister(0, 0, 65_536),
        lambda: ReadWriteRegisters(0, 126, 0, (0,)),
        lambda: ReadWriteRegisters(0, 1, 0, (0,) * 122),
        lambda: ReadIdentity(5, 0),
        lambda: content(248, WriteCoil(0, True)),
        lambda: content(0, ReadRegisters(Function.READ_HOLDING_REGISTERS, 0, 1)),
    ],
)
def test_what_the_protocol_cannot_carry_is_refused(make: Any) -> None:
    with pytest.raises(RequestError):
        make()


def test_the_largest_requests_fit() -> None:
    largest = (
        WriteCoils(0, (True,) * 1968),
        WriteRegisters(0, (1,) * 123),
        ReadWriteRegisters(0, 125, 0, (1,) * 121),
        ReadBits(Function.READ_COILS, 63_536, 2000),
    )
    assert [len(encode(request)) for request in largest] == [252, 252, 252, 5]


def test_an_exception_code_nobody_knows_is_kept() -> None:
    request = ReadBits(Function.READ_COILS, 0, 1)
    known, unknown = parse_reply(request, b"\x81\x06"), parse_reply(request, b"\x81\x63")
    assert isinstance(known, Refusal)
    assert known.known is ExceptionCode.BUSY
    assert isinstance(unknown, Refusal)
    assert (unknown.code, unknown.known) == (0x63, None)


@pytest.mark.parametrize(
    ("ask", "pdu"),
    [
        (ReadBits(Function.READ_COILS, 0, 9), "01 01 00"),
        (ReadRegisters(Function.READ_HOLDING_REGISTERS, 0, 2), "03 02 00 01"),
        (ReadRegisters(Function.READ_HOLDING_REGISTERS, 0, 2), "04 04 00 01 00 02"),
        (ReadRegisters(Function.READ_HOLDING_REGISTERS, 0, 2), "84 02"),
        (ReadRegisters(Function.READ_HOLDING_REGISTERS, 0, 2), "03 04 00 01 00"),
        (WriteCoil(1, True), "05 00 02 FF 00"),
        (WriteCoil(1, True), "05 00 01 00 00"),
        (WriteRegister(1, 7), "06 00 01 00 08"),
        (WriteRegisters(1, (7, 8)), "10 00 01 00 03"),
        (ReadIdentity(), "2B 0D 01 01 00 00 00"),
    ],
)
def test_an_answer_to_something_else_is_none(ask: Request, pdu: str) -> None:
    assert isinstance(parse_reply(ask, bytes.fromhex(pdu)), NotAReply)


def test_an_identity_that_goes_on_says_where() -> None:
    reply = parse_reply(ReadIdentity(), bytes.fromhex("2B 0E 01 81 FF 02 01 00 01 41"))
    assert reply == Identity(((0, b"A"),), conformity=0x81, next_object=2)


@settings(max_examples=200)
@given(request=REQUESTS, seed=st.integers(0, 2**31), cut=st.integers(0, 260))
def test_the_size_of_an_answer_is_known_from_its_start_and_never_wrong(request: Request, seed: int, cut: int) -> None:
    pdu = answer_to(request, seed)
    assert reply_size(request, pdu) == len(pdu)
    assert reply_size(request, pdu[:cut]) in (None, len(pdu))
    assert not isinstance(parse_reply(request, pdu), NotAReply)


@given(request=REQUESTS, pdu=st.binary(max_size=260))
def test_no_bytes_raise(request: Request, pdu: bytes) -> None:
    parse_reply(request, pdu)
    reply_size(request, pdu)
