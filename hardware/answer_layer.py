"""A line on which the device says one answer a line of text: cut and read in the port's thread. There is no line timing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic

from hardware.errors import LINE_GARBAGE
from hardware.line_framer import Line, LineFramer, LineRule, Noise
from hardware.line_layer import M, Step, Trouble


@dataclass(frozen=True, slots=True)
class NotAnAnswer:
    """A line that is no answer: noise on the line, or something newer than our knowledge."""

    raw: bytes


class AnswerLayer(Generic[M]):
    """`hardware.line_layer.LineLayer` of answers; what is sent are encoded requests.

    `parse` reads one line without its end and raises nothing. A line that is no answer, like noise, becomes a Trouble L103.
    """

    due_s: float | None = None

    def __init__(self, rule: LineRule, parse: Callable[[bytes], M | NotAnAnswer]) -> None:
        self._framer = LineFramer(rule)
        self._parse = parse

    def opened(self, now_s: float) -> Step[M]:
        self._framer.reset()
        return Step()

    def feed(self, data: bytes, now_s: float) -> Step[M]:
        lines = self._framer.feed(data)
        return Step(messages=tuple(map(self._understood, lines)), frames=tuple(line.raw for line in lines))

    def wake(self, now_s: float) -> Step[M]:
        return Step()

    def send(self, data: bytes, now_s: float) -> Step[M]:
        return Step(write=data)

    def _understood(self, line: Line | Noise) -> M | Trouble:
        message = NotAnAnswer(line.raw) if isinstance(line, Noise) else self._parse(line.data)
        return Trouble(LINE_GARBAGE, f"{len(message.raw)} bytes are no answer") if isinstance(message, NotAnAnswer) else message
