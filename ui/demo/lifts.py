"""Several simulated lifts before one person: the sample site's 40 trays, shared between them from left to right."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from station.settings import LiftSettings
from ui.demo.machine import Device, StartingDevice, start_device

SAMPLE_TRAYS = 40
MOST = 3


def bay_of(number: int) -> str:
    """The name of the bay of the lift of this number; the first one has the station's own opening."""
    return f"BAY{number}"


def first_trays(machines: int) -> tuple[int, ...]:
    """The first tray of each lift: 1, and of two 21."""
    return tuple(1 + SAMPLE_TRAYS * number // machines for number in range(machines))


def start_lifts(directory: Path, protocol: str, machines: int, *, speed: float, seed: int) -> list[StartingDevice]:
    """Begin the lifts beside the first one; each has a folder of its own and counts its own trays from 1."""
    return [
        start_device(directory / f"lift-{number}", protocol, speed=speed, seed=seed + number) for number in range(2, machines + 1)
    ]


def lift_settings(devices: Sequence[Device], *, opening: str) -> tuple[LiftSettings, ...]:
    """The settings of these lifts beside the first one, to its right."""
    firsts = (*first_trays(len(devices) + 1), SAMPLE_TRAYS + 1)
    return tuple(
        LiftSettings(bay=bay_of(number), url=each.url, opening=opening, trays=f"{firsts[number - 1]}-{firsts[number] - 1}")
        for number, each in enumerate(devices, start=2)
    )
