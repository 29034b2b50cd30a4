"""Teaching the pointer."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OpenCalibration:
    """Teach the pointer a height of trays; from the machine panel, and once more where one was taught."""


@dataclass(frozen=True, slots=True)
class TurnLight:
    """An arrow: -1, 0 or 1 steps of pan and of tilt."""

    token: int
    pan: int
    tilt: int


@dataclass(frozen=True, slots=True)
class ChooseTurn:
    """How far an arrow turns, from fine to coarse."""

    token: int
    index: int


@dataclass(frozen=True, slots=True)
class LightOnMark:
    """The light stands on the mark of the place that is taught."""

    token: int


CalibrationCommand = OpenCalibration | TurnLight | ChooseTurn | LightOnMark
