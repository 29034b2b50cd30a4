"""HOST-COM on a plain line: bytes are cut into telegrams and read in the port's thread; silence ends what nothing else ends."""

from __future__ import annotations

from hardware.devices.hostcom.framing import Found, Noise, TelegramFramer
from hardware.devices.hostcom.messages import Answer, NotAnAnswer, parse
from hardware.errors import LINE_GARBAGE
from hardware.line_layer import Step, Trouble

END_SILENCE_S = 0.05  # our choice: three times the 16 ms that a USB adapter may keep bytes back


class HostComLayer:
    """`hardware.line_layer.LineLayer` of answers; what is sent are encoded requests."""

    def __init__(self) -> None:
        self._framer = TelegramFramer()
        self._due_s: float | None = None

    @property
    def due_s(self) -> float | None:
        return self._due_s

    def opened(self, now_s: float) -> Step[Answer]:
        self._framer.reset()
        self._due_s = None
        return Step()

    def feed(self, data: bytes, now_s: float) -> Step[Answer]:
        return self._found(self._framer.feed(data), now_s)

    def wake(self, now_s: float) -> Step[Answer]:
        if self._due_s is None or now_s < self._due_s:
            return Step()
        return self._found(self._framer.silence(), now_s)

    def send(self, data: bytes, now_s: float) -> Step[Answer]:
        return Step(write=data)

    def _found(self, found: tuple[Found, ...], now_s: float) -> Step[Answer]:
        self._due_s = now_s + END_SILENCE_S if self._framer.waits_for_silence else None
        return Step(messages=tuple(map(_read, found)), frames=tuple(map(_raw, found)))


def _read(found: Found) -> Answer | Trouble:
    answer = NotAnAnswer(found.raw) if isinstance(found, Noise) else parse(found.data)
    return Trouble(LINE_GARBAGE, f"{len(answer.raw)} bytes are no answer") if isinstance(answer, NotAnAnswer) else answer


def _raw(found: Found) -> bytes:
    return found.raw if isinstance(found, Noise) else found.data
