"""JMIF on a plain line."""

from __future__ import annotations

from hardware.answer_layer import AnswerLayer
from hardware.devices.jmif.framing import JMIF_LINES
from hardware.devices.jmif.messages import Answer, parse_answer


class JmifLayer(AnswerLayer[Answer]):
    """`hardware.line_layer.LineLayer` of answers; what is sent are encoded telegrams."""

    def __init__(self) -> None:
        super().__init__(JMIF_LINES, parse_answer)
