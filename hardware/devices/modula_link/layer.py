"""Modula Link on a plain line: bytes are cut into lines and read as answers in the port's thread. There is no line timing."""

from __future__ import annotations

from hardware.devices.modula_link.framing import LineFramer, Noise
from hardware.devices.modula_link.messages import Answer, NotAnAnswer, parse_answer
from hardware.errors import LINE_GARBAGE
from hardware.line_layer import Step, Trouble


class ModulaLayer:
    """`hardware.line_layer.LineLayer` of answers; what is sent are encoded requests."""

    due_s: float | None = None

    def __init__(self) -> None:
        self._framer = LineFramer()

    def opened(self, now_s: float) -> Step[Answer]:
        self._framer.reset()
        return Step()

    def feed(self, data: bytes, now_s: float) -> Step[Answer]:
        lines = self._framer.feed(data)
        messages = tuple(NotAnAnswer(line.raw) if isinstance(line, Noise) else parse_answer(line.data) for line in lines)
        return Step(messages=tuple(map(_understood, messages)), frames=tuple(line.raw for line in lines))

    def wake(self, now_s: float) -> Step[Answer]:
        return Step()

    def send(self, data: bytes, now_s: float) -> Step[Answer]:
        return Step(write=data)


def _understood(message: Answer | NotAnAnswer) -> Answer | Trouble:
    return Trouble(LINE_GARBAGE, f"{len(message.raw)} bytes are no answer") if isinstance(message, NotAnAnswer) else message
