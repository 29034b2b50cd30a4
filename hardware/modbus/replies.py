"""What a device may answer, typed; every answer is checked against the request it belongs to."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import IntEnum

from hardware.modbus.requests import (
    IDENTITY_TYPE,
    MOST_PDU,
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
    encode,
    function_of,
)

EXCEPTION = 0x80  # added to the function code of a refused request
_IDENTITY_HEAD = 7  # function, type, level, conformity, more follows, next object, number of objects
_MORE = 0xFF


class ExceptionCode(IntEnum):
    """Exception codes of reference 1.7."""

    ILLEGAL_FUNCTION = 1
    ILLEGAL_ADDRESS = 2
    ILLEGAL_VALUE = 3
    DEVICE_FAILURE = 4
    ACKNOWLEDGE = 5
    BUSY = 6
    PARITY = 8
    GATEWAY_NO_PATH = 0x0A
    GATEWAY_NO_ANSWER = 0x0B


_KNOWN = {int(code): code for code in ExceptionCode}


@dataclass(frozen=True, slots=True)
class Bits:
    """The bits that were asked for, in order."""

    values: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Registers:
    """The registers that were asked for, in order."""

    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """The device says it wrote what was sent (after a broadcast: nobody says so)."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Objects of the device's identity: 0 maker, 1 product, 2 revision, ... `next_object` None when these are all."""

    objects: tuple[tuple[int, bytes], ...]
    conformity: int
    next_object: int | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """The device refused. `code` is kept as it came; `known` is None for one that the reference does not name."""

    code: int

    @property
    def known(self) -> ExceptionCode | None:
        return _KNOWN.get(self.code)


Reply = Bits | Registers | Written | Identity | Refusal


@dataclass(frozen=True, slots=True)
class NotAReply:
    """Not an answer to this request; `why` is a short word for the recorder."""

    why: str


def reply_size(request: Request, start: bytes) -> int | NotAReply | None:
    """How long the reply PDU that begins with `start` must be for this request; None: too little was read to say."""
    if not start:
        return None
    function = function_of(request)
    if start[0] == function | EXCEPTION:
        return 2
    if start[0] != function:
        return NotAReply(f"function {start[0]}")
    match request:
        case WriteCoil() | WriteRegister() | WriteCoils() | WriteRegisters():
            return 5
        case MaskRegister():
            return 7
        case ReadIdentity():
            return _identity_size(start)
        case _:
            count = _bytes_read(request)
            return 2 + count if len(start) < 2 or start[1] == count else NotAReply(f"byte count {start[1]}")


def parse_reply(request: Request, pdu: bytes) -> Reply | NotAReply:
    """What a whole PDU answers to this request."""
    size = reply_size(request, pdu)
    if isinstance(size, NotAReply):
        return size
    if size != len(pdu):
        return NotAReply("length")
    if pdu[0] & EXCEPTION:
        return Refusal(pdu[1])
    match request:
        case ReadBits(count=count):
            return Bits(tuple(bool(pdu[2 + place // 8] >> place % 8 & 1) for place in range(count)))
        case ReadRegisters(count=count) | ReadWriteRegisters(read_count=count):
            return Registers(struct.unpack(f">{count}H", pdu[2:]))
        case ReadIdentity():
            return _identity(pdu)
        case _:
            return Written() if pdu == encode(request)[: len(pdu)] else NotAReply("another write")


def _bytes_read(request: Request) -> int:
    match request:
        case ReadBits(count=count):
            return (count + 7) // 8
        case ReadRegisters(count=count) | ReadWriteRegisters(read_count=count):
            return 2 * count
        case _:
            raise TypeError(f"{request} reads nothing")


def _identity_size(start: bytes) -> int | NotAReply | None:
    """Objects are number, length, text; only reading them says where the answer ends."""
    if len(start) > 1 and start[1] != IDENTITY_TYPE:
        return NotAReply(f"type {start[1]}")
    if len(start) < _IDENTITY_HEAD:
        return None
    size = _IDENTITY_HEAD
    for _ in range(start[6]):
        if len(start) < size + 2:
            return None
        size += 2 + start[size + 1]
    return size if size <= MOST_PDU else NotAReply("length")


def _identity(pdu: bytes) -> Identity:
    objects, at = [], _IDENTITY_HEAD
    for _ in range(pdu[6]):
        end = at + 2 + pdu[at + 1]
        objects.append((pdu[at], pdu[at + 2 : end]))
        at = end
    return Identity(tuple(objects), conformity=pdu[3], next_object=pdu[5] if pdu[4] == _MORE else None)
