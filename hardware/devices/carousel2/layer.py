"""Two bytes and no mark between answers: what comes without a pause is one burst, and only a burst of two bytes is an answer.

What the line does to us, and what happens then:
- an answer split in two reads within GAP_S: one answer
- split by more than that, or with a byte too few or too many: noise, reported; the next burst is good again
- two answers in one read: noise. We never have two requests open, so one of them is nobody's
There is no checksum: a wrong bit passes here. The dialect reads every status twice for that.
"""

from __future__ import annotations

from hardware.devices.carousel2.messages import ANSWER_BYTES, Answer, parse_answer
from hardware.errors import LINE_GARBAGE
from hardware.line_layer import Step, Trouble

GAP_S = 0.05  # longer than a network parts two bytes of one write, shorter than two of our requests follow one another
KEPT_BYTES = 64


class Carousel2Layer:
    """`hardware.line_layer.LineLayer` of answers; a burst ends by silence."""

    def __init__(self) -> None:
        self._burst = bytearray()
        self._ends_s: float | None = None

    @property
    def due_s(self) -> float | None:
        return self._ends_s

    def opened(self, now_s: float) -> Step[Answer]:
        self._burst.clear()
        self._ends_s = None
        return Step()

    def feed(self, data: bytes, now_s: float) -> Step[Answer]:
        ended = self.wake(now_s)
        if data:
            self._burst += data[: KEPT_BYTES - len(self._burst)]
            self._ends_s = now_s + GAP_S
        return ended

    def wake(self, now_s: float) -> Step[Answer]:
        if self._ends_s is None or now_s < self._ends_s:
            return Step()
        return self._end()

    def send(self, data: bytes, now_s: float) -> Step[Answer]:
        """What came before this request cannot be its answer."""
        ended: Step[Answer] = self._end() if self._burst else Step()
        return Step(write=data, messages=ended.messages, frames=ended.frames)

    def _end(self) -> Step[Answer]:
        burst = bytes(self._burst)
        self._burst.clear()
        self._ends_s = None
        answer = parse_answer(burst)
        message = answer or Trouble(LINE_GARBAGE, f"{len(burst)} bytes where {ANSWER_BYTES} are an answer")
        return Step(messages=(message,), frames=(burst,))
