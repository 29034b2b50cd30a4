"""Cuts nested packets where the sign needs 100 ms, in the port's thread. Pure."""

from __future__ import annotations

from collections import deque

from hardware.devices.alpha.frames import parts_of
from hardware.line_layer import Step

PAUSE_S = 0.1


class AlphaLayer:
    """`hardware.line_layer.LineLayer` of a sign that answers nothing: what is sent goes out in its order, with its pauses."""

    def __init__(self) -> None:
        self._parts: deque[bytes] = deque()
        self._next_s = 0.0

    @property
    def due_s(self) -> float | None:
        return self._next_s if self._parts else None

    def opened(self, now_s: float) -> Step[bytes]:
        self._parts.clear()
        return Step()

    def feed(self, data: bytes, now_s: float) -> Step[bytes]:
        return Step(frames=(data,))

    def wake(self, now_s: float) -> Step[bytes]:
        if not self._parts or now_s < self._next_s:
            return Step()
        part = self._parts.popleft()
        self._next_s = now_s + PAUSE_S
        return Step(write=part)

    def send(self, data: bytes, now_s: float) -> Step[bytes]:
        is_free = not self._parts
        self._parts.extend(parts_of(data))
        if is_free:
            self._next_s = now_s
        return self.wake(now_s)
