"""Modula Link on a plain line."""

from __future__ import annotations

from hardware.answer_layer import AnswerLayer
from hardware.devices.modula_link.framing import MODULA_LINES
from hardware.devices.modula_link.messages import Answer, parse_answer


class ModulaLayer(AnswerLayer[Answer]):
    """`hardware.line_layer.LineLayer` of answers; what is sent are encoded requests."""

    def __init__(self) -> None:
        super().__init__(MODULA_LINES, parse_answer)
