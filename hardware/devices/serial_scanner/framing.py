"""Scanner bytes to codes, without I/O; times are given.

A code ends with CR, LF or ETX, or after a short silence (a scanner without a suffix). STX begins one anew. CR LF ends one code,
not two. The AIM id stays in front of the text. Other bytes, GS among them, belong to the code. More than MOST_BYTES without an
end is noise and is dropped up to the next end or silence.
"""

from __future__ import annotations

MOST_BYTES = 4096
STX = 0x02
_ENDS = frozenset((0x0D, 0x0A, 0x03))


class CodeFramer:
    """Cuts a scanner's bytes into codes."""

    def __init__(self, *, idle_end_s: float = 0.05) -> None:
        self._idle_end_s = idle_end_s
        self._code = bytearray()
        self._is_oversize = False
        self._last_byte_s = 0.0

    @property
    def due_s(self) -> float | None:
        """When silence ends the code that has begun."""
        return self._last_byte_s + self._idle_end_s if self._code else None

    def reset(self) -> None:
        """The line is new: a half code of the old one is gone."""
        self._code.clear()
        self._is_oversize = False

    def feed(self, data: bytes, now_s: float) -> tuple[bytes, ...]:
        """The codes that ended in these bytes."""
        found = [*self.wake(now_s)]
        self._last_byte_s = now_s
        for byte in data:
            if byte in _ENDS:
                found += self._end()
            elif byte == STX:
                self.reset()
            elif not self._is_oversize:
                self._code.append(byte)
                self._is_oversize = len(self._code) > MOST_BYTES
        return tuple(found)

    def wake(self, now_s: float) -> tuple[bytes, ...]:
        """The code that silence has ended, if there is one."""
        if not self._code or now_s < self._last_byte_s + self._idle_end_s:
            return ()
        return tuple(self._end())

    def _end(self) -> list[bytes]:
        code, is_oversize = bytes(self._code), self._is_oversize
        self.reset()
        return [code] if code and not is_oversize else []
