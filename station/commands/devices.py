"""The machine panel: its figures and frames, and commands by hand."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OpenDevices:
    """Open the machine panel."""


@dataclass(frozen=True, slots=True)
class ShowDevice:
    """Look at one device of the machine panel: its figures and its last frames."""

    token: int
    device: str


@dataclass(frozen=True, slots=True)
class ExportRecorder:
    """Write the flight recorder of the device that is looked at to a file."""

    token: int


@dataclass(frozen=True, slots=True)
class MarkLamp:
    """Say which tote lamp is dead, or works again; which is asked next."""

    token: int


@dataclass(frozen=True, slots=True)
class StatusByHand:
    """Maintenance asks the machine how it is."""

    token: int


@dataclass(frozen=True, slots=True)
class FetchByHand:
    """Maintenance wants a tray; its number and whether the opening is clear are asked next."""

    token: int


@dataclass(frozen=True, slots=True)
class StoreByHand:
    """Maintenance wants the tray at the bay sent back; whether the opening is clear is asked next."""

    token: int


@dataclass(frozen=True, slots=True)
class TryLamps:
    """Let all tote lamps shine for a moment, so that a dark one is seen."""

    token: int


DevicesCommand = OpenDevices | ShowDevice | ExportRecorder | StatusByHand | FetchByHand | StoreByHand | TryLamps | MarkLamp
