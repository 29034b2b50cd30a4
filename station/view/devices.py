"""The machine panel: the devices, their lines and frames, and commands by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hardware.values import LineHealth as LineHealth
from station.view.action import Offer
from station.view.ask import Ask
from station.view.wait import Wait


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceRow:
    """A device of the machine panel and how its line does."""

    name: str
    kind: str  # machine | scanner | display | ...
    health: LineHealth


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameRow:
    """One frame on a line."""

    at: datetime
    is_sent: bool
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class ByHandRow:
    """How the last command by hand ended. `names_tray`: the machine itself says which tray is at the opening (None: none)."""

    verb: str  # status | fetch | store
    outcome: str  # done | not_done | unknown
    tray: int | None = None
    code: str = ""
    names_tray: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DevicesFace:
    """The machine panel. `device` is the one looked at with its `frames`, newest first; "" shows the list."""

    devices: tuple[DeviceRow, ...] | None  # None until they have been read
    offers: tuple[Offer, ...]
    device: str = ""
    frames: tuple[FrameRow, ...] = ()
    result: ByHandRow | None = None
    wait: Wait | None = None
    ask: Ask | None = None
