"""Bytes to lines and back, without I/O and without a clock. A telegram is one line ended by CR LF; there is no checksum.

What the line does to us, and what happens then:
- split anywhere, or two in one read: lines come out whole, each once
- NUL padding after a telegram (the server pads its writes): dropped wherever it stands
- a lone LF ends a line too; a lone CR does not
- other control characters: the whole line is noise and is reported as such, the next line is good again
- more than MOST_BYTES without an end: everything up to the next LF is noise, reported once
- noise without a line end in front of a telegram: that line is lost, the next one is good
"""

from __future__ import annotations

from dataclasses import dataclass

MOST_BYTES = 1024  # the longest telegram: 12 fields; the public server writes blocks of this size
END = b"\r\n"
_CONTROL = frozenset(range(0x20)) | frozenset(range(0x7F, 0xA0))  # not a character in ISO-8859-1


@dataclass(frozen=True, slots=True)
class Line:
    """One line without padding and end. `raw` is what was on the wire."""

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
        for piece in _cut_after_lf(data):
            self._rest += piece.replace(b"\x00", b"")
            if piece.endswith(b"\n"):
                found += self._end_line()
            elif len(self._rest) > MOST_BYTES:
                found += self._overflow()
        return tuple(found)

    def _end_line(self) -> list[Line | Noise]:
        raw = bytes(self._rest)
        self._rest.clear()
        if self._is_skipping:
            self._is_skipping = False
            return []
        if len(raw) > MOST_BYTES:
            return [Noise(raw[:MOST_BYTES])]
        data = raw[:-1].removesuffix(b"\r")
        if not data:
            return []
        return [Noise(raw)] if _CONTROL.intersection(data) else [Line(data, raw)]

    def _overflow(self) -> list[Line | Noise]:
        was_skipping, self._is_skipping = self._is_skipping, True
        noise = bytes(self._rest[:MOST_BYTES])
        self._rest.clear()
        return [] if was_skipping else [Noise(noise)]


def _cut_after_lf(data: bytes) -> list[bytes]:
    """The bytes in pieces that end with LF; the last one may not."""
    pieces = data.split(b"\n")
    return [piece + b"\n" for piece in pieces[:-1]] + ([pieces[-1]] if pieces[-1] else [])
