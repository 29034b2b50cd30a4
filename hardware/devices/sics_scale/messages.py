"""Lines of a scale to typed readings, pure. Format: docs/wire/mt-sics.md."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

ASK = b"SI\r\n"
MOST_BYTES = 128
_WEIGHT = re.compile(r"S +(?P<stable>[SD]) +(?P<value>[-+]? ?\d{1,9}(?:\.\d{0,6})?) +(?P<unit>\S{1,4})")
_STATE = re.compile(r"S +(?P<state>[I+-])")
_MG = {"mg": 1, "g": 1000, "kg": 1_000_000}


class Pan(Enum):
    """How the pan is where it has no weight to tell."""

    BUSY = "busy"  # a command is being executed: taring, or no stable value in time
    OVERLOAD = "overload"
    UNDERLOAD = "underload"


_PANS = {"I": Pan.BUSY, "+": Pan.OVERLOAD, "-": Pan.UNDERLOAD}


@dataclass(frozen=True, slots=True)
class Weighed:
    """A net weight in milligrams, and the step of the scale's last shown digit."""

    weight_mg: int
    step_mg: int
    is_stable: bool


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """A line that is no reading: an error of the protocol (ES, ET, EL), a unit that is no metric mass, or noise."""

    text: str


ScaleMessage = Weighed | Pan | NotUnderstood


def parse_line(line: bytes) -> ScaleMessage:
    """The reading in one line without its end."""
    text = line.decode("ascii", errors="replace").strip()
    state = _STATE.fullmatch(text)
    if state is not None:
        return _PANS[state["state"]]
    weight = _WEIGHT.fullmatch(text)
    if weight is None or weight["unit"] not in _MG:
        return NotUnderstood(text)
    digits = weight["value"].replace(" ", "")
    factor = _MG[weight["unit"]]
    value = Decimal(digits) * factor
    step = Decimal(1).scaleb(-len(digits.partition(".")[2])) * factor
    if value != value.to_integral_value() or step < 1:
        return NotUnderstood(text)  # finer than a milligram: not a counting scale's
    return Weighed(int(value), int(step), weight["stable"] == "S")
