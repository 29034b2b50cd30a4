"""Bytes of an input device to its events, without I/O: `struct input_event` of linux/input.h, in this computer's own sizes."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final

_EVENT: Final = struct.Struct("@LLHHi")  # seconds, microseconds, type, code, value
EV_SYN, EV_KEY = 0, 1
SYN_DROPPED = 3
RELEASED, PRESSED, REPEATED = 0, 1, 2


@dataclass(frozen=True, slots=True)
class InputEvent:
    """One event. `value` of a key is RELEASED, PRESSED or REPEATED; `at_s` is the kernel's own time of it."""

    kind: int
    code: int
    value: int
    at_s: float = 0.0


class EventReader:
    """Keeps the half event at the end of a piece."""

    def __init__(self) -> None:
        self._rest = b""

    def reset(self) -> None:
        self._rest = b""

    def feed(self, data: bytes) -> tuple[InputEvent, ...]:
        data = self._rest + data
        whole = len(data) - len(data) % _EVENT.size
        self._rest = data[whole:]
        return tuple(
            InputEvent(kind, code, value, seconds + microseconds / 1e6)
            for seconds, microseconds, kind, code, value in _EVENT.iter_unpack(data[:whole])
        )


def pack(event: InputEvent) -> bytes:
    """The event as the kernel writes it; for recorded events."""
    seconds = int(event.at_s)
    return _EVENT.pack(seconds, round((event.at_s - seconds) * 1e6) % 1_000_000, event.kind, event.code, event.value)
