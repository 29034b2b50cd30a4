"""What WLED says on its serial line: the answer to `{"v":true}`, among whatever else it prints there. Pure.

The published text does not say how an answer ends, so an answer is what parses: from each place where one may begin, as soon as a
whole JSON object stands there.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

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
    """Cuts a serial line into answers."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def reset(self) -> None:
        self._buffer.clear()

    def feed(self, data: bytes) -> tuple[Found, ...]:
        self._buffer += data
        found = []
        while (one := self._take()) is not None:
            found.append(one)
        del self._buffer[: max(0, len(self._buffer) - MOST_BYTES)]
        return tuple(found)

    def _take(self) -> Found | None:
        """The first whole answer; everything before its end is dropped."""
        at = self._buffer.find(MARK)
        while at >= 0:
            whole = _object_at(bytes(self._buffer[at:]))
            if whole is not None:
                raw = bytes(self._buffer[at : at + whole[1]])
                del self._buffer[: at + whole[1]]
                return Found(_answer(whole[0]), raw)
            at = self._buffer.find(MARK, at + 1)
        return None


def _object_at(data: bytes) -> tuple[dict[str, Any], int] | None:
    """The JSON object at the beginning and its length, None while there is none. ISO-8859-1 keeps lengths."""
    end = data.rfind(b"}") + 1
    if not end:
        return None
    try:
        value, length = json.JSONDecoder().raw_decode(data[:end].decode("iso-8859-1"))
    except (ValueError, RecursionError):
        return None
    info = value.get("info")
    return (value, length) if isinstance(value["state"], dict) and isinstance(info, dict) else None


def _answer(value: dict[str, Any]) -> Answer:
    info, leds = value["info"], value["info"].get("leds")
    count = leds.get("count") if isinstance(leds, dict) else None
    return Answer(
        version=str(info.get("ver", "")),
        leds=count if isinstance(count, int) else 0,
        is_on=value["state"].get("on") is True,
    )
