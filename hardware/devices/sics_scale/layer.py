"""A scale's line: asked at a steady pace in the port's thread, so that the weight is fresh however busy the window is."""

from __future__ import annotations

from hardware.devices.sics_scale.messages import ASK, MOST_BYTES, NotUnderstood, ScaleMessage, parse_line
from hardware.errors import LINE_GARBAGE, LINE_NO_ANSWER
from hardware.line_layer import Step, Trouble

ASK_EVERY_S = 0.25
ANSWER_WITHIN_S = 1.0


class ScaleLayer:
    """`hardware.line_layer.LineLayer` of readings. One question is open at a time; an answer that does not come is a Trouble L102
    and the next question follows."""

    def __init__(self) -> None:
        self._line = bytearray()
        self._is_skipping = False
        self._next_s: float | None = None
        self._is_asked = False

    @property
    def due_s(self) -> float | None:
        return self._next_s

    def opened(self, now_s: float) -> Step[ScaleMessage]:
        self._line.clear()
        self._is_skipping, self._is_asked, self._next_s = False, False, now_s
        return Step()

    def wake(self, now_s: float) -> Step[ScaleMessage]:
        if self._next_s is None or now_s < self._next_s:
            return Step()
        silence = (Trouble(LINE_NO_ANSWER, "no answer to SI"),) if self._is_asked else ()
        self._is_asked, self._next_s = True, now_s + ANSWER_WITHIN_S
        return Step(write=ASK, messages=silence)

    def feed(self, data: bytes, now_s: float) -> Step[ScaleMessage]:
        messages: list[ScaleMessage | Trouble] = []
        frames: list[bytes] = []
        for byte in data:
            self._line.append(byte)
            if byte == 0x0A:
                frames.append(bytes(self._line))
                messages += self._end_line(now_s)
            elif len(self._line) > MOST_BYTES:
                self._line.clear()
                self._is_skipping = True
        return Step(messages=tuple(messages), frames=tuple(frames))

    def send(self, data: bytes, now_s: float) -> Step[ScaleMessage]:
        return Step(write=data)

    def _end_line(self, now_s: float) -> list[ScaleMessage | Trouble]:
        line = bytes(self._line)
        self._line.clear()
        if self._is_skipping:
            self._is_skipping = False
            return [Trouble(LINE_GARBAGE, "a line without an end")]
        message = parse_line(line)
        if isinstance(message, NotUnderstood):
            return [Trouble(LINE_GARBAGE, message.text)]
        self._is_asked, self._next_s = False, now_s + ASK_EVERY_S
        return [message]
