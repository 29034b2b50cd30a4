"""The fixed side of a simulated machine, from a JSON file or the default. The file is described in docs/wire/simulator.md."""

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
# A carousel's figures are ours: none are public in what we have.
BIN_PITCH_MM = 600
CAROUSEL_KINEMATICS = Kinematics(empty_speed=0.4, loaded_speed=0.4, acceleration=0.3, settle_s=1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What the check of a store lets pass: a tray of the 490 kg class, the highest goods and the payload of reference 6."""

    tray_g: int = 490_000
    height_mm: int = 695
    machine_g: int = 70_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Carousel:
    """One of a pod: its bins in their order round the loop, and the opening they come to."""

    name: str
    bins: tuple[int, ...]
    opening: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pod:
    """Two or three carousels (one is allowed) that one controller turns."""

    carousels: tuple[Carousel, ...]
    pitch_mm: int = BIN_PITCH_MM
    kinematics: Kinematics = CAROUSEL_KINEMATICS


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Levels in mm above the floor: of each tray's place and of each opening; for carousels the pod instead of both.

    With `has_second_place` a tray can wait behind the one at an opening. With `is_one_tray_out` no tray is fetched while
    another is at any opening (two-bay machines of Modula, reference 1.4).
    """

    trays: dict[int, int] = field(default_factory=dict)
    openings: dict[str, int] = field(default_factory=dict)
    kinematics: Kinematics = field(default_factory=Kinematics)
    limits: Limits = field(default_factory=Limits)
    has_second_place: bool = False
    is_one_tray_out: bool = False
    pod: Pod | None = None

    @property
    def start_level_mm(self) -> int:
        return next(iter(self.openings.values()))


def default_layout() -> Layout:
    """A machine of 8.5 m: 40 trays in front and rear, two openings, the second one floor up."""
    levels = {number: FIRST_LEVEL_MM + PITCH_MM * ((number - 1) // 2) for number in range(1, DEFAULT_TRAYS + 1)}
    return Layout(trays=levels, openings={"SH1-1": 900, "SH1-2": 4500})


def default_carousel() -> Layout:
    """One carousel of ten bins, as many as the public two-byte client names."""
    return Layout(pod=Pod(carousels=(Carousel(name="C1", bins=tuple(range(1, 11)), opening="SH1-1"),)))


def read_layout(path: Path) -> Layout:
    """Raises OptionError."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return _MAKERS[data.get("kind", "lift")](data)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise OptionError("--machine", str(path), f"not a machine file: {_said(error)}") from error


def _said(error: Exception) -> str:
    return f"{error} is missing" if isinstance(error, KeyError) else str(error)


def _lift(data: dict[str, Any]) -> Layout:
    plain = default_layout()
    trays = {int(number): int(level) for number, level in data["trays"].items()} if "trays" in data else plain.trays
    openings = {str(name): int(level) for name, level in data["openings"].items()} if "openings" in data else plain.openings
    if not trays or not openings:
        raise ValueError("no trays or no openings")
    return Layout(
        trays=trays,
        openings=openings,
        kinematics=Kinematics(**data.get("kinematics", {})),
        limits=Limits(**data.get("limits", {})),
        has_second_place=bool(data.get("second_place", False)),
        is_one_tray_out=bool(data.get("one_tray_out", False)),
    )


def _carousel(data: dict[str, Any]) -> Layout:
    carousels = tuple(
        Carousel(name=str(name), bins=tuple(int(number) for number in each["bins"]), opening=str(each["opening"]))
        for name, each in data["carousels"].items()
    )
    bins = [number for carousel in carousels for number in carousel.bins]
    if not 1 <= len(carousels) <= 3 or not all(carousel.bins for carousel in carousels):
        raise ValueError("one to three carousels, each with bins")
    if len(set(bins)) != len(bins):
        raise ValueError("a bin is named twice")
    pitch_mm = int(data.get("pitch_mm", BIN_PITCH_MM))
    if pitch_mm <= 0:
        raise ValueError("pitch_mm is more than 0")
    given = data.get("kinematics", {})
    speed = float(given.get("speed", CAROUSEL_KINEMATICS.loaded_speed))
    kinematics = Kinematics(
        empty_speed=speed,
        loaded_speed=speed,
        acceleration=float(given.get("acceleration", CAROUSEL_KINEMATICS.acceleration)),
        settle_s=float(given.get("settle_s", CAROUSEL_KINEMATICS.settle_s)),
        reference_s=float(given.get("reference_s", CAROUSEL_KINEMATICS.reference_s)),
    )
    return Layout(pod=Pod(carousels=carousels, pitch_mm=pitch_mm, kinematics=kinematics))


_MAKERS = {"lift": _lift, "carousel": _carousel}
