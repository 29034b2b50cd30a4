"""What a client may ask, typed and checked, and the bytes of it (PDU: function code and data, without unit and check).

Functions and limits: reference 1.7 (Modbus Application Protocol V1.1b3). Addresses are those of the wire, from 0.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import IntEnum

MOST_PDU = 253
LAST_ADDRESS = 0xFFFF
MOST_BITS_READ = 2000
MOST_REGISTERS_READ = 125
MOST_BITS_WRITTEN = 1968
MOST_REGISTERS_WRITTEN = 123
MOST_REGISTERS_READ_WRITE = 125
MOST_REGISTERS_WRITE_READ = 121
ON, OFF = 0xFF00, 0x0000


class Function(IntEnum):
    """Function codes."""

    READ_COILS = 1
    READ_DISCRETE_INPUTS = 2
    READ_HOLDING_REGISTERS = 3
    READ_INPUT_REGISTERS = 4
    WRITE_COIL = 5
    WRITE_REGISTER = 6
    WRITE_COILS = 15
    WRITE_REGISTERS = 16
    MASK_REGISTER = 22
    READ_WRITE_REGISTERS = 23
    ENCAPSULATED = 43


class RequestError(ValueError):
    """A request that the protocol cannot carry."""


@dataclass(frozen=True, slots=True)
class ReadBits:
    """Coils (1) or discrete inputs (2)."""

    function: Function
    address: int
    count: int

    def __post_init__(self) -> None:
        _check_function(self.function, (Function.READ_COILS, Function.READ_DISCRETE_INPUTS))
        _check_range(self.address, self.count, most=MOST_BITS_READ)


@dataclass(frozen=True, slots=True)
class ReadRegisters:
    """Holding (3) or input registers (4)."""

    function: Function
    address: int
    count: int

    def __post_init__(self) -> None:
        _check_function(self.function, (Function.READ_HOLDING_REGISTERS, Function.READ_INPUT_REGISTERS))
        _check_range(self.address, self.count, most=MOST_REGISTERS_READ)


@dataclass(frozen=True, slots=True)
class WriteCoil:
    """One coil (5)."""

    address: int
    is_on: bool

    def __post_init__(self) -> None:
        _check_range(self.address, 1, most=1)


@dataclass(frozen=True, slots=True)
class WriteRegister:
    """One holding register (6)."""

    address: int
    value: int

    def __post_init__(self) -> None:
        _check_range(self.address, 1, most=1)
        _check_words((self.value,))


@dataclass(frozen=True, slots=True)
class WriteCoils:
    """Coils in a row (15)."""

    address: int
    bits: tuple[bool, ...]

    def __post_init__(self) -> None:
        _check_range(self.address, len(self.bits), most=MOST_BITS_WRITTEN)


@dataclass(frozen=True, slots=True)
class WriteRegisters:
    """Holding registers in a row (16)."""

    address: int
    values: tuple[int, ...]

    def __post_init__(self) -> None:
        _check_range(self.address, len(self.values), most=MOST_REGISTERS_WRITTEN)
        _check_words(self.values)


@dataclass(frozen=True, slots=True)
class MaskRegister:
    """Bits of one holding register (22): (old AND `and_mask`) OR (`or_mask` AND NOT `and_mask`)."""

    address: int
    and_mask: int
    or_mask: int

    def __post_init__(self) -> None:
        _check_range(self.address, 1, most=1)
        _check_words((self.and_mask, self.or_mask))


@dataclass(frozen=True, slots=True)
class ReadWriteRegisters:
    """Write holding registers, then read some, in one exchange (23)."""

    read_address: int
    read_count: int
    write_address: int
    values: tuple[int, ...]

    def __post_init__(self) -> None:
        _check_range(self.read_address, self.read_count, most=MOST_REGISTERS_READ_WRITE)
        _check_range(self.write_address, len(self.values), most=MOST_REGISTERS_WRITE_READ)
        _check_words(self.values)


IDENTITY_TYPE = 0x0E  # the MEI type of 43/14


@dataclass(frozen=True, slots=True)
class ReadIdentity:
    """What the device says of itself (43/14). `level` 1 basic, 2 regular, 3 extended, 4 one object; from `first_object` on."""

    level: int = 1
    first_object: int = 0

    def __post_init__(self) -> None:
        if not 1 <= self.level <= 4 or not 0 <= self.first_object <= 0xFF:
            raise RequestError(f"identity level {self.level}, object {self.first_object}")


Request = (
    ReadBits
    | ReadRegisters
    | WriteCoil
    | WriteRegister
    | WriteCoils
    | WriteRegisters
    | MaskRegister
    | ReadWriteRegisters
    | ReadIdentity
)
READS = (ReadBits, ReadRegisters, ReadIdentity)  # change nothing: may be asked again


def function_of(request: Request) -> Function:
    """The function code a request goes out with."""
    match request:
        case ReadBits(function=function) | ReadRegisters(function=function):
            return function
        case WriteCoil():
            return Function.WRITE_COIL
        case WriteRegister():
            return Function.WRITE_REGISTER
        case WriteCoils():
            return Function.WRITE_COILS
        case WriteRegisters():
            return Function.WRITE_REGISTERS
        case MaskRegister():
            return Function.MASK_REGISTER
        case ReadWriteRegisters():
            return Function.READ_WRITE_REGISTERS
        case ReadIdentity():
            return Function.ENCAPSULATED


def encode(request: Request) -> bytes:
    """The PDU of a request."""
    return bytes((function_of(request),)) + _data_of(request)


def _data_of(request: Request) -> bytes:
    match request:
        case ReadBits(_, address, count) | ReadRegisters(_, address, count):
            return struct.pack(">HH", address, count)
        case WriteCoil(address, is_on):
            return struct.pack(">HH", address, ON if is_on else OFF)
        case WriteRegister(address, value):
            return struct.pack(">HH", address, value)
        case WriteCoils(address, bits):
            packed = pack_bits(bits)
            return struct.pack(">HHB", address, len(bits), len(packed)) + packed
        case WriteRegisters(address, values):
            return struct.pack(">HHB", address, len(values), 2 * len(values)) + pack_words(values)
        case MaskRegister(address, and_mask, or_mask):
            return struct.pack(">HHH", address, and_mask, or_mask)
        case ReadWriteRegisters(read_address, read_count, write_address, values):
            head = struct.pack(">HHHHB", read_address, read_count, write_address, len(values), 2 * len(values))
            return head + pack_words(values)
        case ReadIdentity(level, first_object):
            return bytes((IDENTITY_TYPE, level, first_object))


def pack_bits(bits: tuple[bool, ...]) -> bytes:
    """Eight to a byte, the first one lowest; the rest of the last byte is 0."""
    packed = bytearray((len(bits) + 7) // 8)
    for place, bit in enumerate(bits):
        packed[place // 8] |= bit << (place % 8)
    return bytes(packed)


def pack_words(values: tuple[int, ...]) -> bytes:
    """High byte first."""
    return struct.pack(f">{len(values)}H", *values)


def _check_function(function: Function, allowed: tuple[Function, ...]) -> None:
    if function not in allowed:
        raise RequestError(f"function {function}: allowed is {' or '.join(str(int(each)) for each in allowed)}")


def _check_range(address: int, count: int, *, most: int) -> None:
    if not 1 <= count <= most:
        raise RequestError(f"count {count}: allowed is 1 to {most}")
    if not 0 <= address <= LAST_ADDRESS or address + count - 1 > LAST_ADDRESS:
        raise RequestError(f"address {address}, count {count}: addresses end at {LAST_ADDRESS}")


def _check_words(values: tuple[int, ...]) -> None:
    if any(not 0 <= value <= 0xFFFF for value in values):
        raise RequestError(f"registers hold 0 to 65535, not {values}")
