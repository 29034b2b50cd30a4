"""The speed of a serial line: bytes leave one after another, not all at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from hardware.config import SerialSettings

TICK_S = 0.002  # the loop's timers are no finer; whole characters due since the last tick leave together


def character_s(serial: SerialSettings) -> float:
    """One character with its start bit: 11 bits at 8E1, 10 at 8N1."""
    bits = 1 + serial.bits + (serial.parity != "N") + serial.stop
    return bits / serial.baud


class Pacer:
    """One direction of a line. `byte_s` is the time of a character. Needs a running loop."""

    def __init__(self, emit: Callable[[bytes], None], byte_s: float) -> None:
        self._emit = emit
        self._byte_s = byte_s
        self._waiting = bytearray()
        self._last_s = 0.0  # when the line was done with what has left
        self._timer: asyncio.TimerHandle | None = None

    def feed(self, data: bytes) -> None:
        loop = asyncio.get_running_loop()
        if not self._waiting:
            self._last_s = max(self._last_s, loop.time())
        self._waiting += data
        if self._timer is None:
            self._timer = loop.call_later(TICK_S, self._tick)

    def close(self) -> None:
        self._waiting.clear()
        if self._timer is not None:
            self._timer.cancel()

    def _tick(self) -> None:
        loop = asyncio.get_running_loop()
        due = min(int((loop.time() - self._last_s) / self._byte_s), len(self._waiting))
        self._last_s += due * self._byte_s
        data = bytes(self._waiting[:due])
        del self._waiting[:due]
        self._timer = loop.call_later(max(TICK_S, self._byte_s), self._tick) if self._waiting else None
        if data:
            self._emit(data)
