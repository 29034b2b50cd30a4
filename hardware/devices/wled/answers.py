"""What WLED says on its serial line: the answer to `{"v":true}`, among whatever else it prints there. Pure.

The published text does not say how an answer ends, so an answer is what parses: from each place where one may begin, as soon as a
whole JSON object stands there.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from hardware.devices.wled.json_walk import JsonWalk, Opened

MARK = b'{"state":'  # how the answer begins: the state object first, then info
MOST_BYTES = 16384


@dataclass(frozen=True, slots=True)
class Answer:
    """Who answered and what it shows. Empty or zero where the answer does not say."""

    version: str
    leds: int
    is_on: bool


@dataclass(frozen=True, slots=True)
class Found:
    """One answer and its bytes."""

    answer: Answer
    raw: bytes


class AnswerReader:
    """Cuts a serial line into answers. Nothing is read again but two bytes where a text breaks off: the work grows with the
    length of what is printed there, whatever it is."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        self._buffer = bytearray()
        self._base = 0  # how many bytes were dropped before the buffer: positions count from the beginning of the line
        self._at = 0
        self._began = 0
        self._walk = JsonWalk()

    def feed(self, data: bytes) -> tuple[Found, ...]:
        self._buffer += data
        found = []
        while self._walk.is_open or self._seek():
            one = self._read_on()
            if one is None and self._walk.is_open:
                break
            if one is not None:
                found.append(one)
        self._keep_short()
        return tuple(found)

    def _seek(self) -> bool:
        """Begin where an answer may begin; what is before it is dropped."""
        start = self._buffer.find(MARK, self._at - self._base)
        if start < 0:
            self._at = max(self._at, self._base + len(self._buffer) - len(MARK) + 1)
            self._drop(self._at)
            return False
        self._at = self._began = self._base + start
        self._drop(self._at)
        self._walk = JsonWalk()
        self._walk.step(self._buffer[0], self._at)
        self._at += 1
        return True

    def _read_on(self) -> Found | None:
        """Up to the end of an answer, to the byte at which none goes on, or to the end of what came."""
        walk = self._walk
        while walk.is_open and self._at < self._base + len(self._buffer):
            if not walk.step(self._buffer[self._at - self._base], self._at):
                self._break_off()
                return None
            self._at += 1
            if walk.closed is not None and self._is_answer(walk.closed):
                return self._take(walk.closed.start)
        return None

    def _break_off(self) -> None:
        """A MARK inside of what was read began an object of it, which is broken with it, or a text, which the second byte of it
        has just ended."""
        self._at = max(self._began + 1, self._at - 2)
        self._walk = JsonWalk()

    def _is_answer(self, closed: Opened) -> bool:
        return closed.objects >= {b"state", b"info"} and self._buffer.startswith(MARK, closed.start - self._base)

    def _take(self, start: int) -> Found | None:
        """The object that ends here. One that cannot be decoded spoils what it stands in, too."""
        raw = bytes(self._buffer[start - self._base : self._at - self._base])
        self._drop(self._at)
        self._walk = JsonWalk()
        value = _decoded(raw)
        return None if value is None else Found(_answer(value), raw)

    def _keep_short(self) -> None:
        self._drop(self._base + len(self._buffer) - MOST_BYTES)
        self._walk.forget_before(self._base)

    def _drop(self, before: int) -> None:
        count = max(0, before - self._base)
        del self._buffer[:count]
        self._base += count


def _decoded(raw: bytes) -> dict[str, Any] | None:
    """ISO-8859-1 keeps lengths."""
    try:
        value = json.loads(raw.decode("iso-8859-1"))
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value["state"], dict) and isinstance(value["info"], dict) else None


def _answer(value: dict[str, Any]) -> Answer:
    info, leds = value["info"], value["info"].get("leds")
    count = leds.get("count") if isinstance(leds, dict) else None
    return Answer(
        version=str(info.get("ver", "")),
        leds=count if isinstance(count, int) else 0,
        is_on=value["state"].get("on") is True,
    )
