"""What a driver gives to a Modbus layer, and what comes back: the same for serial lines and networks."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from hardware.errors import LINE_NO_ANSWER
from hardware.line_layer import NoAnswer
from hardware.modbus.replies import Reply
from hardware.modbus.requests import (
    ON,
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

BROADCAST = 0  # every device hears it, none answers
LAST_UNIT = 247


@dataclass(frozen=True, slots=True)
class Answered:
    """A request and its answer. A broadcast is answered by the end of the time that devices need to carry it out."""

    unit: int
    request: Request
    reply: Reply


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswered(NoAnswer):
    """A request without an answer, and the unit that was asked."""

    unit: int
    request: Request


def unanswered(unit: int, request: Request, *, was_sent: bool) -> Unanswered:
    """With the code of a line that does not answer."""
    message = f"unit {unit} did not answer" if was_sent else f"unit {unit} was not asked: the line was not free in time"
    return Unanswered(LINE_NO_ANSWER, message, unit=unit, request=request, was_sent=was_sent)


def content(unit: int, request: Request) -> bytes:
    """The frame's content, as `LineLayer.send` takes it: the unit, then the PDU. Raises RequestError."""
    if not BROADCAST <= unit <= LAST_UNIT:
        raise RequestError(f"unit {unit}: allowed is {BROADCAST} to {LAST_UNIT}")
    if unit == BROADCAST and not isinstance(request, WriteCoil | WriteRegister | WriteCoils | WriteRegisters | MaskRegister):
        raise RequestError("a broadcast can only write")
    return bytes((unit,)) + encode(request)


def read_content(data: bytes) -> tuple[int, Request]:
    """What `content` wrote. Raises RequestError for anything else."""
    try:
        request = _request_of(data[1:])
        good = content(data[0], request)
    except (struct.error, IndexError, ValueError) as error:
        raise RequestError(f"not a request: {error}") from error
    if good != data:
        raise RequestError("not a request: bytes left over")
    return data[0], request


def _request_of(pdu: bytes) -> Request:
    function = Function(pdu[0])
    match function:
        case Function.READ_COILS | Function.READ_DISCRETE_INPUTS:
            return ReadBits(function, *struct.unpack_from(">HH", pdu, 1))
        case Function.READ_HOLDING_REGISTERS | Function.READ_INPUT_REGISTERS:
            return ReadRegisters(function, *struct.unpack_from(">HH", pdu, 1))
        case Function.WRITE_COIL:
            address, value = struct.unpack_from(">HH", pdu, 1)
            return WriteCoil(address, value == ON)
        case Function.WRITE_REGISTER:
            return WriteRegister(*struct.unpack_from(">HH", pdu, 1))
        case Function.WRITE_COILS:
            address, count = struct.unpack_from(">HH", pdu, 1)
            return WriteCoils(address, tuple(bool(pdu[6 + place // 8] >> place % 8 & 1) for place in range(count)))
        case Function.WRITE_REGISTERS:
            address, count = struct.unpack_from(">HH", pdu, 1)
            return WriteRegisters(address, struct.unpack_from(f">{count}H", pdu, 6))
        case Function.MASK_REGISTER:
            return MaskRegister(*struct.unpack_from(">HHH", pdu, 1))
        case Function.READ_WRITE_REGISTERS:
            read_address, read_count, write_address, count = struct.unpack_from(">HHHH", pdu, 1)
            return ReadWriteRegisters(read_address, read_count, write_address, struct.unpack_from(f">{count}H", pdu, 10))
        case Function.ENCAPSULATED:
            return ReadIdentity(pdu[2], pdu[3])
