"""An input device as a line whose messages are codes."""

from __future__ import annotations

from dataclasses import dataclass, field

from hardware.devices.evdev_scanner.collector import KeyCollector
from hardware.devices.evdev_scanner.events import EV_KEY, EventReader, InputEvent
from hardware.line_layer import Step


@dataclass(frozen=True, slots=True)
class TypedCode:
    """One code."""

    text: str = field(repr=False)  # may be a badge


class KeyLayer:
    """`hardware.line_layer.LineLayer` of codes. Silence is timed here, in the device's own thread; between keys that were read
    together, or too late, by the kernel's own times of them."""

    def __init__(self, *, idle_end_s: float) -> None:
        self._idle_end_s = idle_end_s
        self._reader = EventReader()
        self._keys = KeyCollector()
        self._last_s = 0.0
        self._last_key_s = 0.0

    @property
    def due_s(self) -> float | None:
        return self._last_s + self._idle_end_s if self._keys.is_typing else None

    def opened(self, now_s: float) -> Step[TypedCode]:
        self._reader.reset()
        self._keys.reset()
        return Step()

    def feed(self, data: bytes, now_s: float) -> Step[TypedCode]:
        self._last_s = now_s
        return _step(*(code for event in self._reader.feed(data) for code in self._event(event)))

    def _event(self, event: InputEvent) -> tuple[str, ...]:
        """The codes that it ends: the one before a silence that nobody was awake for, and its own."""
        if event.kind != EV_KEY:
            return (self._keys.event(event),)
        is_silent = self._keys.is_typing and not self._keys.is_held  # a key that hangs is no silence
        is_after_silence = is_silent and event.at_s - self._last_key_s >= self._idle_end_s
        self._last_key_s = event.at_s
        return (self._keys.silence() if is_after_silence else "", self._keys.event(event))

    def wake(self, now_s: float) -> Step[TypedCode]:
        due_s = self.due_s
        return _step(self._keys.silence()) if due_s is not None and now_s >= due_s else Step()

    def send(self, data: bytes, now_s: float) -> Step[TypedCode]:
        """Nothing is said to an input device."""
        return Step()


def _step(*texts: str) -> Step[TypedCode]:
    codes = tuple(text for text in texts if text)
    return Step(messages=tuple(map(TypedCode, codes)), frames=tuple(code.encode("utf-8") for code in codes))
