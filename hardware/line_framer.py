"""Bytes to lines, without I/O and without a clock, for protocols of text lines that have no checksum.

Where a line ends and what may stand in it a `LineRule` says; the protocol's own `framing` holds its rule and where it is from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRule:
    """How a protocol writes its lines. `most_bytes` counts a line with its end.

    `ends`: each of these bytes ends a line; a CR in front of the end is not part of the line. `noise`: what no line holds.
    `padding`: bytes that mean nothing, wherever they stand.
    """

    ends: bytes
    most_bytes: int
    noise: re.Pattern[bytes]
    padding: bytes = b""


@dataclass(frozen=True, slots=True)
class Line:
    """One line without padding and end. `raw` is what was on the wire, padding left out."""

    data: bytes
    raw: bytes


@dataclass(frozen=True, slots=True)
class Noise:
    """Bytes that are no line. At most `most_bytes` of them are kept."""

    raw: bytes


class LineFramer:
    """Feed it what was read; it says what is complete. Lines come out whole and each once, however they were cut; empty ones are
    nothing. What is too long is noise up to the next end, reported once. Raises nothing."""

    def __init__(self, rule: LineRule) -> None:
        self._rule = rule
        self._cut = re.compile(b"(?<=[" + re.escape(rule.ends) + b"])")
        self._rest = bytearray()
        self._is_skipping = False

    def reset(self) -> None:
        """A new connection: the half line of the old one is gone."""
        self._rest.clear()
        self._is_skipping = False

    def feed(self, data: bytes) -> tuple[Line | Noise, ...]:
        """The lines that ended in these bytes, in order."""
        found: list[Line | Noise] = []
        for piece in self._cut.split(data):
            self._rest += piece.translate(None, self._rule.padding)
            if piece and piece[-1] in self._rule.ends:
                found += self._end_line()
            elif len(self._rest) > self._rule.most_bytes:
                found += self._overflow()
        return tuple(found)

    def _end_line(self) -> list[Line | Noise]:
        raw = bytes(self._rest)
        self._rest.clear()
        was_skipping, self._is_skipping = self._is_skipping, False
        data = raw[:-1].removesuffix(b"\r")
        if was_skipping or not data:
            return []
        if len(raw) > self._rule.most_bytes:
            return [Noise(raw[: self._rule.most_bytes])]
        return [Noise(raw)] if self._rule.noise.search(data) else [Line(data, raw)]

    def _overflow(self) -> list[Line | Noise]:
        was_skipping, self._is_skipping = self._is_skipping, True
        noise = bytes(self._rest[: self._rule.most_bytes])
        self._rest.clear()
        return [] if was_skipping else [Noise(noise)]
