"""CRC-16 of Modbus RTU: polynomial A001h (reflected), start FFFFh, low byte first on the line (reference 1.7)."""

from __future__ import annotations

POLYNOMIAL = 0xA001
START = 0xFFFF
SIZE = 2


def _entry(byte: int) -> int:
    for _ in range(8):
        byte = (byte >> 1) ^ POLYNOMIAL if byte & 1 else byte >> 1
    return byte


_TABLE = tuple(_entry(byte) for byte in range(256))


def crc16(data: bytes) -> int:
    """The check of these bytes as a number."""
    crc = START
    for byte in data:
        crc = (crc >> 8) ^ _TABLE[(crc ^ byte) & 0xFF]
    return crc


def with_crc(data: bytes) -> bytes:
    """The bytes with their check behind them."""
    return data + crc16(data).to_bytes(SIZE, "little")


def has_good_crc(frame: bytes) -> bool:
    """Whether the last two bytes check those before them."""
    return len(frame) > SIZE and crc16(frame[:-SIZE]).to_bytes(SIZE, "little") == frame[-SIZE:]
