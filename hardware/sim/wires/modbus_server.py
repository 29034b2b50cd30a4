"""The device's side of Modbus: frames in, answers out, over any cells. Written from the published text apart from the client.

RTU: unit, function, data, CRC low, CRC high. TCP: number, 0, length, unit, function, data.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

ILLEGAL_FUNCTION, ILLEGAL_ADDRESS, ILLEGAL_VALUE, BUSY = 1, 2, 3, 6
COIL, DISCRETE, HOLDING, INPUT = "coil", "discrete", "holding", "input"
IDENTITY = ((0, b"Baylight"), (1, b"simulated PLC"), (2, b"1"))
FRAME_GAP_S = 0.05  # half a frame older than this is forgotten: no line here is slower
MOST_HELD = 600


class Cells(Protocol):
    """What the device keeps. None: there is no such cell."""

    def read(self, table: str, address: int) -> int | None: ...

    def write(self, table: str, address: int, *, value: int) -> bool:
        """Whether there is such a cell to write."""

    def written(self) -> int:
        """A whole request was written; the exception that answers it, 0 for none."""


class Refused(Exception):  # noqa: N818 - not an error: the protocol's word for it is an exception
    """The request is answered by an exception code."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def answer(pdu: bytes, cells: Cells) -> bytes:
    """The PDU that answers a PDU."""
    handler = _HANDLERS.get(pdu[0])
    try:
        if handler is None:
            raise Refused(ILLEGAL_FUNCTION)
        return bytes((pdu[0],)) + handler(pdu[0], pdu[1:], cells)
    except Refused as refused:
        return bytes((pdu[0] | 0x80, refused.code))
    except struct.error:
        return bytes((pdu[0] | 0x80, ILLEGAL_VALUE))


def _read_bits(function: int, data: bytes, cells: Cells) -> bytes:
    first, count = struct.unpack(">HH", data)
    if not 1 <= count <= 2000:
        raise Refused(ILLEGAL_VALUE)
    bits = [_cell(cells, COIL if function == 1 else DISCRETE, first + place) for place in range(count)]
    packed = [sum(bit << place for place, bit in enumerate(bits[at : at + 8])) for at in range(0, count, 8)]
    return bytes((len(packed), *packed))


def _read_registers(function: int, data: bytes, cells: Cells) -> bytes:
    first, count = struct.unpack(">HH", data)
    if not 1 <= count <= 125:
        raise Refused(ILLEGAL_VALUE)
    return _registers(cells, HOLDING if function == 3 else INPUT, first, count=count)


def _registers(cells: Cells, table: str, first: int, *, count: int) -> bytes:
    words = [_cell(cells, table, first + place) for place in range(count)]
    return bytes((2 * count,)) + struct.pack(f">{count}H", *words)


def _write_coil(function: int, data: bytes, cells: Cells) -> bytes:
    address, value = struct.unpack(">HH", data)
    if value not in (0x0000, 0xFF00):
        raise Refused(ILLEGAL_VALUE)
    return _written(cells, COIL, [(address, int(value == 0xFF00))], says=data)


def _write_register(function: int, data: bytes, cells: Cells) -> bytes:
    address, value = struct.unpack(">HH", data)
    return _written(cells, HOLDING, [(address, value)], says=data)


def _write_coils(function: int, data: bytes, cells: Cells) -> bytes:
    first, count, size = struct.unpack_from(">HHB", data)
    if not 1 <= count <= 1968 or size != (count + 7) // 8 or len(data) != 5 + size:
        raise Refused(ILLEGAL_VALUE)
    bits = [(first + place, data[5 + place // 8] >> place % 8 & 1) for place in range(count)]
    return _written(cells, COIL, bits, says=data[:4])


def _write_registers(function: int, data: bytes, cells: Cells) -> bytes:
    first, count, size = struct.unpack_from(">HHB", data)
    if not 1 <= count <= 123 or size != 2 * count or len(data) != 5 + size:
        raise Refused(ILLEGAL_VALUE)
    words = struct.unpack_from(f">{count}H", data, 5)
    return _written(cells, HOLDING, [(first + place, word) for place, word in enumerate(words)], says=data[:4])


def _mask_register(function: int, data: bytes, cells: Cells) -> bytes:
    address, and_mask, or_mask = struct.unpack(">HHH", data)
    old = _cell(cells, HOLDING, address)
    return _written(cells, HOLDING, [(address, old & and_mask | or_mask & ~and_mask & 0xFFFF)], says=data)


def _read_write_registers(function: int, data: bytes, cells: Cells) -> bytes:
    read_first, read_count, first, count, size = struct.unpack_from(">HHHHB", data)
    if not 1 <= read_count <= 125 or not 1 <= count <= 121 or size != 2 * count or len(data) != 9 + size:
        raise Refused(ILLEGAL_VALUE)
    words = struct.unpack_from(f">{count}H", data, 9)
    _written(cells, HOLDING, [(first + place, word) for place, word in enumerate(words)], says=b"")
    return _registers(cells, HOLDING, read_first, count=read_count)


def _identity(function: int, data: bytes, cells: Cells) -> bytes:
    if len(data) != 3 or data[0] != 0x0E or not 1 <= data[1] <= 4:
        raise Refused(ILLEGAL_VALUE)
    objects = (
        [each for each in IDENTITY if each[0] >= data[2]] if data[1] != 4 else [each for each in IDENTITY if each[0] == data[2]]
    )
    if not objects:
        raise Refused(ILLEGAL_ADDRESS)
    texts = b"".join(bytes((number, len(text))) + text for number, text in objects)
    return bytes((0x0E, data[1], 0x81, 0, 0, len(objects))) + texts


def _cell(cells: Cells, table: str, address: int) -> int:
    value = cells.read(table, address) if address <= 0xFFFF else None
    if value is None:
        raise Refused(ILLEGAL_ADDRESS)
    return value


def _written(cells: Cells, table: str, values: list[tuple[int, int]], *, says: bytes) -> bytes:
    """Write all of them or none."""
    if any(cells.read(table, address) is None for address, _ in values):
        raise Refused(ILLEGAL_ADDRESS)
    for address, value in values:
        if not cells.write(table, address, value=value):
            raise Refused(ILLEGAL_ADDRESS)
    if code := cells.written():
        raise Refused(code)
    return says


_HANDLERS: dict[int, Callable[[int, bytes, Cells], bytes]] = {
    1: _read_bits,
    2: _read_bits,
    3: _read_registers,
    4: _read_registers,
    5: _write_coil,
    6: _write_register,
    15: _write_coils,
    16: _write_registers,
    22: _mask_register,
    23: _read_write_registers,
    43: _identity,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: `number` is that of a network's header, 0 on a serial line."""

    unit: int
    pdu: bytes
    number: int = 0


def check_of(data: bytes) -> bytes:
    """The CRC, bit by bit."""
    crc = 0xFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ 0xA001 if crc & 1 else crc >> 1
    return struct.pack("<H", crc)


class SerialEar:
    """Requests out of what a serial line brought. A frame's length follows from its function."""

    def __init__(self) -> None:
        self._held = bytearray()
        self._last_s = 0.0

    def hear(self, data: bytes, now_s: float) -> list[Asked]:
        if now_s - self._last_s > FRAME_GAP_S:
            self._held.clear()
        self._last_s = now_s
        self._held += data
        found: list[Asked] = []
        while (size := _request_size(self._held)) is not None and len(self._held) >= size:
            frame = bytes(self._held[:size])
            if size > 4 and check_of(frame[:-2]) == frame[-2:]:
                found.append(Asked(frame[0], frame[1:-2]))
                del self._held[:size]
            else:
                del self._held[:1]
        del self._held[:-MOST_HELD]
        return found

    @staticmethod
    def frame(unit: int, pdu: bytes, *, number: int) -> bytes:
        body = bytes((unit,)) + pdu
        return body + check_of(body)


def _request_size(held: bytearray) -> int | None:
    """How long the request that begins here is with unit and check; 1 where none can begin; None where too little is here."""
    if len(held) < 2:
        return None
    function = held[1]
    if function in (1, 2, 3, 4, 5, 6):
        return 8
    if function == 22:
        return 10
    if function == 43:
        return 7
    counted_at = {15: 6, 16: 6, 23: 10}.get(function)
    if counted_at is None:
        return 1
    return None if len(held) <= counted_at else counted_at + 1 + held[counted_at] + 2


class NetworkEar:
    """Requests out of what a network connection brought. After a wrong header the rest is thrown away."""

    def __init__(self) -> None:
        self._held = bytearray()

    def hear(self, data: bytes, now_s: float) -> list[Asked]:
        self._held += data
        found: list[Asked] = []
        while len(self._held) >= 8:
            number, protocol, length, unit = struct.unpack_from(">HHHB", self._held)
            if protocol != 0 or not 2 <= length <= 254:
                self._held.clear()
                break
            if len(self._held) < 6 + length:
                break
            found.append(Asked(unit, bytes(self._held[7 : 6 + length]), number))
            del self._held[: 6 + length]
        return found

    @staticmethod
    def frame(unit: int, pdu: bytes, *, number: int) -> bytes:
        return struct.pack(">HHHB", number, 0, len(pdu) + 1, unit) + pdu
