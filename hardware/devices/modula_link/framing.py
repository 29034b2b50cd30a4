"""Bytes to lines and back, without I/O and without a clock. The public texts end a line with LF CR, or with CR alone.

What the line does to us, and what happens then:
- split anywhere, or several in one read: lines come out whole, each once
- CR or LF ends a line, in any order and number; empty lines are nothing
- a byte that is no printable ASCII: the whole line is noise and is reported as such, the next line is good again
- more than MOST_BYTES without an end: everything up to the next end is noise, reported once
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MOST_BYTES = 256  # the longest answer of the public texts has nine short fields
END = b"\n\r"
_PRINTABLE = re.compile(rb"[\x20-\x7e]+")
_CUT = re.compile(rb"(?<=[\r\n])")


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its end. `raw` is what was on the wire."""

    data: bytes
    raw: bytes


@dataclass(frozen=True, slots=True)
class Noise:
    """Bytes that are no line. At most MOST_BYTES of them are kept."""

    raw: bytes


class LineFramer:
    """Feed it what was read; it says what is complete."""

    def __init__(self) -> None:
        self._rest = bytearray()
        self._is_skipping = False

    def reset(self) -> None:
        """A new connection: the half line of the old one is gone."""
        self._rest.clear()
        self._is_skipping = False

    def feed(self, data: bytes) -> tuple[Line | Noise, ...]:
        """The lines that ended in these bytes, in order."""
        found: list[Line | Noise] = []
        for piece in _CUT.split(data):
            self._rest += piece
            if piece.endswith((b"\r", b"\n")):
                found += self._end_line()
            elif len(self._rest) > MOST_BYTES:
                found += self._overflow()
        return tuple(found)

    def _end_line(self) -> list[Line | Noise]:
        raw = bytes(self._rest)
        self._rest.clear()
        was_skipping, self._is_skipping = self._is_skipping, False
        data = raw[:-1]
        if was_skipping or not data:
            return []
        if len(raw) > MOST_BYTES:
            return [Noise(raw[:MOST_BYTES])]
        return [Line(data, raw)] if _PRINTABLE.fullmatch(data) else [Noise(raw)]

    def _overflow(self) -> list[Line | Noise]:
        was_skipping, self._is_skipping = self._is_skipping, True
        noise = bytes(self._rest[:MOST_BYTES])
        self._rest.clear()
        return [] if was_skipping else [Noise(noise)]
