"""Blocks to bytes and back, without I/O and without a clock. Source of the bytes: docs/wire/3964r.md.

A block on the line is STX, then what `encode_block` makes of its content: every DLE doubled, DLE ETX, and the check character.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from functools import reduce
from operator import xor

STX, ETX, DLE, NAK = 0x02, 0x03, 0x10, 0x15


def encode_block(content: bytes, *, has_bcc: bool = True) -> bytes:
    """What follows STX: the check character is over all of it, and is itself never doubled."""
    body = content.replace(bytes((DLE,)), bytes((DLE, DLE))) + bytes((DLE, ETX))
    return body + bytes((reduce(xor, body),)) if has_bcc else body


@dataclass(frozen=True, slots=True)
class BlockEnd:
    """A block came to its end. `error` empty: `content` is what was sent. `raw` is what was on the line, STX not included."""

    content: bytes
    raw: bytes
    error: str = ""


class _Part(Enum):
    DATA = auto()
    AFTER_DLE = auto()
    CHECK = auto()


class BlockReader:
    """Takes the characters after STX one by one. An error is kept in mind and the block read to its end all the same."""

    def __init__(self, *, has_bcc: bool, most_bytes: int) -> None:
        self._has_bcc = has_bcc
        self._most_bytes = most_bytes
        self.start()

    def start(self) -> None:
        self._part = _Part.DATA
        self._content = bytearray()
        self._raw = bytearray()
        self._check = 0
        self._error = ""

    @property
    def raw(self) -> bytes:
        """What has come since STX, the end of it cut off where it is longer than a block can be."""
        return bytes(self._raw)

    def take(self, char: int) -> BlockEnd | None:
        """One character; the block's end, when this was it."""
        if len(self._raw) <= 2 * self._most_bytes + 3:
            self._raw.append(char)
        if self._part is _Part.CHECK:
            return self._end("" if char == self._check else "the check character is wrong")
        self._check ^= char
        if self._part is _Part.DATA:
            self._take_data(char)
            return None
        self._part = _Part.DATA
        if char == ETX:
            self._part = _Part.CHECK
            return None if self._has_bcc else self._end("")
        self._take_second(char)
        return None

    def _take_data(self, char: int) -> None:
        if char == STX and not self._content:
            self._error = "it begins with STX: its start came twice"  # no text does; XOR does not see two of them
        if char == DLE:
            self._part = _Part.AFTER_DLE
        else:
            self._keep(char)

    def _take_second(self, char: int) -> None:
        if char == DLE:
            self._keep(DLE)
        else:
            self._error = self._error or "a DLE is followed by neither DLE nor ETX"

    def _keep(self, char: int) -> None:
        if len(self._content) < self._most_bytes:
            self._content.append(char)
        else:
            self._error = self._error or "the block is too long"

    def _end(self, error: str) -> BlockEnd:
        error = self._error or error
        return BlockEnd(b"" if error else bytes(self._content), self.raw, error)
