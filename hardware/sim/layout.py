"""The fixed side of a simulated machine: where its trays and openings are. Read from a JSON file or the default."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hardware.sim.kinematics import Kinematics
from hardware.sim.options import OptionError

DEFAULT_TRAYS = 40
FIRST_LEVEL_MM = 2600
PITCH_MM = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Levels in mm above the floor: of each tray's place and of each opening."""

    trays: dict[int, int]
    openings: dict[str, int]
    kinematics: Kinematics = field(default_factory=Kinematics)

    @property
    def start_level_mm(self) -> int:
        return next(iter(self.openings.values()))


def default_layout() -> Layout:
    """A machine of 8.5 m: 40 trays in front and rear, two openings, the second one floor up."""
    levels = {number: FIRST_LEVEL_MM + PITCH_MM * ((number - 1) // 2) for number in range(1, DEFAULT_TRAYS + 1)}
    return Layout(trays=levels, openings={"SH1-1": 900, "SH1-2": 4500})


def read_layout(path: Path) -> Layout:
    """`{"trays": {"1": 2600, ...}, "openings": {"SH1-1": 900}, "kinematics": {...}}`. Raises OptionError."""
    try:
        return _layout_of(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise OptionError("--machine", str(path), f"not a machine file: {error}") from error


def _layout_of(data: dict[str, Any]) -> Layout:
    trays = {int(number): int(level) for number, level in data["trays"].items()}
    openings = {str(name): int(level) for name, level in data["openings"].items()}
    if not trays or not openings:
        raise ValueError("no trays or no openings")
    return Layout(trays=trays, openings=openings, kinematics=Kinematics(**data.get("kinematics", {})))
