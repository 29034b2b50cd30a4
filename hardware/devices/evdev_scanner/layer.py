"""An input device as a line whose messages are codes."""

from __future__ import annotations

from hardware.devices.evdev_scanner.collector import KeyCollector
from hardware.devices.evdev_scanner.events import EventReader
from hardware.line_layer import Step


class KeyLayer:
    """`hardware.line_layer.LineLayer` of codes. Silence is timed here, in the device's own thread."""

    def __init__(self, *, idle_end_s: float) -> None:
        self._idle_end_s = idle_end_s
        self._reader = EventReader()
        self._keys = KeyCollector()
        self._last_s = 0.0

    @property
    def due_s(self) -> float | None:
        return self._last_s + self._idle_end_s if self._keys.is_typing else None

    def opened(self, now_s: float) -> Step[str]:
        self._reader.reset()
        self._keys.reset()
        return Step()

    def feed(self, data: bytes, now_s: float) -> Step[str]:
        self._last_s = now_s
        return _step(*(self._keys.event(event) for event in self._reader.feed(data)))

    def wake(self, now_s: float) -> Step[str]:
        due_s = self.due_s
        return _step(self._keys.silence()) if due_s is not None and now_s >= due_s else Step()

    def send(self, data: bytes, now_s: float) -> Step[str]:
        """Nothing is said to an input device."""
        return Step()


def _step(*texts: str) -> Step[str]:
    codes = tuple(text for text in texts if text)
    return Step(messages=codes, frames=tuple(code.encode("utf-8") for code in codes))
