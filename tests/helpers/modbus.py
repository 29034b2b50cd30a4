"""Modbus requests by hypothesis, right answers to them, and the published vectors."""

from __future__ import annotations

import json
import random
import struct
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from hardware.modbus import requests
from hardware.modbus.requests import (
    Function,
    MaskRegister,
    ReadBits,
    ReadIdentity,
    ReadRegisters,
    ReadWriteRegisters,
    Request,
    WriteCoil,
    WriteCoils,
    WriteRegister,
    WriteRegisters,
)

VECTORS: dict[str, Any] = json.loads((Path(__file__).parents[1] / "vectors" / "modbus.json").read_text(encoding="utf-8"))
WORD = st.integers(0, 0xFFFF)
ADDRESS = st.integers(0, 60_000)

REQUESTS: st.SearchStrategy[Request] = st.one_of(
    st.builds(ReadBits, st.sampled_from((Function.READ_COILS, Function.READ_DISCRETE_INPUTS)), ADDRESS, st.integers(1, 2000)),
    st.builds(
        ReadRegisters,
        st.sampled_from((Function.READ_HOLDING_REGISTERS, Function.READ_INPUT_REGISTERS)),
        ADDRESS,
        st.integers(1, 125),
    ),
    st.builds(WriteCoil, ADDRESS, st.booleans()),
    st.builds(WriteRegister, ADDRESS, WORD),
    st.builds(WriteCoils, ADDRESS, st.lists(st.booleans(), min_size=1, max_size=40).map(tuple)),
    st.builds(WriteRegisters, ADDRESS, st.lists(WORD, min_size=1, max_size=123).map(tuple)),
    st.builds(MaskRegister, ADDRESS, WORD, WORD),
    st.builds(ReadWriteRegisters, ADDRESS, st.integers(1, 125), ADDRESS, st.lists(WORD, min_size=1, max_size=121).map(tuple)),
    st.builds(ReadIdentity, st.integers(1, 4), st.integers(0, 255)),
)


def request_of(ask: list[Any]) -> Request:
    """A vector's request: class name and arguments."""
    name, *arguments = ask
    values = [tuple(each) if isinstance(each, list) else each for each in arguments]
    if name in ("ReadBits", "ReadRegisters"):
        values[0] = Function(values[0])
    request: Request = getattr(requests, name)(*values)
    return request


def answer_to(request: Request, seed: int) -> bytes:
    """A right answer's PDU with drawn contents, written apart from the client; every fifth one is a refusal."""
    draw = random.Random(seed)
    function = requests.function_of(request)
    if seed % 5 == 4:
        return bytes((function | 0x80, draw.randrange(256)))
    match request:
        case ReadBits(count=count):
            return bytes((function, (count + 7) // 8)) + draw.randbytes((count + 7) // 8)
        case ReadRegisters(count=count) | ReadWriteRegisters(read_count=count):
            return bytes((function, count * 2)) + draw.randbytes(count * 2)
        case WriteCoil(address, is_on):
            return struct.pack(">BHH", 5, address, 0xFF00 if is_on else 0)
        case WriteRegister(address, value):
            return struct.pack(">BHH", 6, address, value)
        case WriteCoils(address, bits):
            return struct.pack(">BHH", 15, address, len(bits))
        case WriteRegisters(address, values):
            return struct.pack(">BHH", 16, address, len(values))
        case MaskRegister(address, and_mask, or_mask):
            return struct.pack(">BHHH", 22, address, and_mask, or_mask)
        case ReadIdentity(level, _):
            texts = [draw.randbytes(draw.randrange(20)) for _ in range(draw.randrange(5))]
            objects = b"".join(bytes((number, len(text))) + text for number, text in enumerate(texts))
            return bytes((43, 14, level, 0x81, 0, 0, len(texts))) + objects


def slow_crc(data: bytes) -> bytes:
    """The CRC bit by bit, as the public text describes it: a second opinion beside the client's table."""
    crc = 0xFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return struct.pack("<H", crc)


def rtu(unit: int, pdu: bytes) -> bytes:
    """A frame on a serial line."""
    body = bytes((unit,)) + pdu
    return body + slow_crc(body)


def mbap(number: int, unit: int, *, pdu: bytes) -> bytes:
    """A frame on a network."""
    return struct.pack(">HHHB", number, 0, len(pdu) + 1, unit) + pdu
